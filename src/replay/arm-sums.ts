import { ACCURATE_BELOW_MINUTES, LATE_ABOVE_MINUTES, MISSED_ABOVE_MINUTES } from '../booking/outcome.js';
import {
  addError,
  type ErrorScores,
  type ErrorSums,
  emptyErrorSums,
  errorScores,
} from '../statistics/error-sums.js';

/** Streaming sums over the answers of one arm; constant memory, any number of bookings. */
export interface ArmSums extends ErrorSums {
  accurate: number;
  missed: number;
  /** Bookings that came late, and of those, the ones the arm had predicted late. */
  late: number;
  predictedLate: number;
  lateAndPredicted: number;
}

/** How well an arm did; `null` where the bookings do not say. Minutes, shares as fractions. */
export interface ArmScores extends ErrorScores {
  /** Share with |error| < 3 min. */
  readonly accuracy: number;
  /** Share with |error| > 5 min. */
  readonly missRate: number;
  /** Share of the late rides (> 5 min) that were predicted late. */
  readonly lateRecall: number | null;
  /** Share of the rides predicted late that came late. */
  readonly latePrecision: number | null;
}

export function emptyArmSums(): ArmSums {
  return { ...emptyErrorSums(), accurate: 0, missed: 0, late: 0, predictedLate: 0, lateAndPredicted: 0 };
}

/** Adds one settled answer to `sums`, in minutes. Changes `sums`: this is a hot path. */
export function addAnswer(sums: ArmSums, predictedMinutes: number, actualMinutes: number): void {
  const distance = Math.abs(predictedMinutes - actualMinutes);
  const late = actualMinutes > LATE_ABOVE_MINUTES ? 1 : 0;
  const predictedLate = predictedMinutes > LATE_ABOVE_MINUTES ? 1 : 0;
  addError(sums, predictedMinutes, actualMinutes);
  sums.accurate += distance < ACCURATE_BELOW_MINUTES ? 1 : 0;
  sums.missed += distance > MISSED_ABOVE_MINUTES ? 1 : 0;
  sums.late += late;
  sums.predictedLate += predictedLate;
  sums.lateAndPredicted += late * predictedLate;
}

/** The scores behind the sums; `null` for no bookings at all. */
export function armScores(sums: ArmSums): ArmScores | null {
  if (sums.n === 0) return null;
  return {
    ...errorScores(sums),
    accuracy: sums.accurate / sums.n,
    missRate: sums.missed / sums.n,
    lateRecall: share(sums.lateAndPredicted, sums.late),
    latePrecision: share(sums.lateAndPredicted, sums.predictedLate),
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
