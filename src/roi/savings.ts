import { LATE_ABOVE_MINUTES } from '../booking/outcome.js';
import { rateEstimate } from '../statistics/binomial.js';
import { UNKNOWN_CLUSTER } from '../statistics/cluster.js';
import { meanUnits } from '../statistics/ratio.js';
import { type Dimension, estimateRatio, type WidestEstimate } from '../statistics/widest.js';

/** What both arms said about a settled booking, in minutes late, and what it shares with others. */
export interface SettledAnswers {
  readonly modelMinutes: number;
  readonly heuristicMinutes: number;
  readonly actualMinutes: number;
  /** Local day; `null` in a table without time. */
  readonly dayNumber: number | null;
  readonly driverId: string | null;
}

/** What the model spares, booking by booking: 32 bytes each. */
export interface SavingSums {
  /** |heuristic error| − |model error|, minutes. */
  readonly savedMinutes: number[];
  /** 1 for a late ride that the model alone foresaw, else 0. */
  readonly foreseen: number[];
  /** Late rides that the heuristic alone foresaw. */
  foreseenByHeuristic: number;
  readonly days: number[];
  readonly drivers: number[];
  readonly driverNumbers: Map<string, number>;
}

/** The measured part of a return on investment. */
export interface Savings {
  readonly n: number;
  readonly minutesSaved: WidestEstimate;
  /** Share of all bookings that came late, as the model said and the heuristic did not. */
  readonly anticipatedShare: WidestEstimate;
  /** The other way round: late rides that switching to the model would miss; a point, `null` without bookings. */
  readonly lostShare: number | null;
}

export function emptySavings(): SavingSums {
  const sums = { savedMinutes: [], foreseen: [], foreseenByHeuristic: 0, days: [], drivers: [] };
  return { ...sums, driverNumbers: new Map() };
}

/** Adds one booking to `sums`, in place. */
export function addSaving(sums: SavingSums, answers: SettledAnswers): void {
  const { modelMinutes, heuristicMinutes, actualMinutes, dayNumber, driverId } = answers;
  const late = actualMinutes > LATE_ABOVE_MINUTES;
  const byModel = late && modelMinutes > LATE_ABOVE_MINUTES;
  const byHeuristic = late && heuristicMinutes > LATE_ABOVE_MINUTES;
  sums.savedMinutes.push(Math.abs(heuristicMinutes - actualMinutes) - Math.abs(modelMinutes - actualMinutes));
  sums.foreseen.push(byModel && !byHeuristic ? 1 : 0);
  sums.foreseenByHeuristic += byHeuristic && !byModel ? 1 : 0;
  sums.days.push(dayNumber ?? UNKNOWN_CLUSTER);
  sums.drivers.push(driverId === null ? UNKNOWN_CLUSTER : numberOf(sums.driverNumbers, driverId));
}

/** The means with their intervals, the widest of those by booking, by day and by driver. */
export function estimateSavings(sums: SavingSums, seed: number): Savings {
  const dimensions: Dimension[] = [
    { name: 'day', ids: Int32Array.from(sums.days) },
    { name: 'driver', ids: Int32Array.from(sums.drivers) },
  ];
  const n = sums.savedMinutes.length;
  const mean = (values: readonly number[]): WidestEstimate =>
    estimateRatio(meanUnits(Float64Array.from(values)), dimensions, { seed });
  return {
    n,
    minutesSaved: mean(sums.savedMinutes),
    anticipatedShare: orRate(mean(sums.foreseen), sums.foreseen),
    lostShare: n === 0 ? null : sums.foreseenByHeuristic / n,
  };
}

/** Where all bookings say the same there is nothing to resample, but their number still bounds the share. */
function orRate(share: WidestEstimate, foreseen: readonly number[]): WidestEstimate {
  const n = foreseen.length;
  const hits = foreseen.reduce((total, one) => total + one, 0);
  if (share.kind === 'estimated' || n < FEWEST_FOR_A_RATE || (hits > 0 && hits < n)) return share;
  const rate = rateEstimate(hits, n);
  if (rate.kind === 'insufficient') return share;
  return { ...rate, decidedBy: 'booking', indicative: false, dimensions: [] };
}

const FEWEST_FOR_A_RATE = 8;

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}
