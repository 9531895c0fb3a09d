/**
 * What one local day tells of both arms: the bookings scheduled on it, by their last prediction before the pickup.
 * Minutes; e is the model's absolute error and h the heuristic's. Plain sums, so that they come alike from a database, a
 * replay or a simulation.
 */
export interface DayFigures {
  /** Local days since 1970-01-01. */
  readonly dayNumber: number;
  /** Different bookings that the model answered: of the others no outcome could tell anything of it. */
  readonly asked: number;
  /** Of these, how many have an outcome that both arms are scored on. */
  readonly settled: number;
  readonly e: number;
  readonly h: number;
  readonly ee: number;
  readonly hh: number;
  readonly eh: number;
  /** Actual delays and their squares. */
  readonly actual: number;
  readonly actualSquares: number;
  /** Late rides that the model foresaw and the heuristic did not. */
  readonly foreseen: number;
  /** Simulated among the asked. */
  readonly simulated: number;
}

/** A day on which nothing was asked. */
export function emptyDay(dayNumber: number): DayFigures {
  const sums = { e: 0, h: 0, ee: 0, hh: 0, eh: 0, actual: 0, actualSquares: 0 };
  return { dayNumber, asked: 0, settled: 0, ...sums, foreseen: 0, simulated: 0 };
}
