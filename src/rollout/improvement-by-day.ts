import type { Estimated } from '../statistics/estimate.js';
import type { DayFigures } from './day-figures.js';
import { improvementOf } from './gates.js';

/** What was known of the improvement after a local day, all days before it included. */
export interface ImprovementDay {
  /** Local days since 1970-01-01. */
  readonly dayNumber: number;
  /** Bookings of this day alone that both arms are scored on, and the mean absolute error of each, minutes; `null` without any. */
  readonly settled: number;
  readonly modelMae: number | null;
  readonly heuristicMae: number | null;
  /** MAE(model)/MAE(heuristic) − 1 of all days so far, a fraction, with ends that may be looked at every day. */
  readonly improvement: Estimated;
}

/**
 * One entry a day, oldest first: what the gate of a single step over all these days would have seen after each. A rollout's own gate
 * begins anew with each step.
 */
export function improvementByDay(days: readonly DayFigures[]): ImprovementDay[] {
  return days.map((day, i) => ({
    dayNumber: day.dayNumber,
    settled: day.settled,
    modelMae: meanOf(day.e, day.settled),
    heuristicMae: meanOf(day.h, day.settled),
    improvement: improvementOf(days.slice(0, i + 1)),
  }));
}

function meanOf(sum: number, count: number): number | null {
  return count === 0 ? null : sum / count;
}
