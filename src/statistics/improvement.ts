import { meanUnits } from './ratio.js';
import {
  type Dimension,
  estimateRatio,
  type ResamplingOptions,
  rescaleWidest,
  type WidestEstimate,
} from './widest.js';

/** Absolute errors in minutes of the two arms on the same bookings, in the same order. */
export interface PairedErrors {
  readonly model: Float64Array;
  readonly heuristic: Float64Array;
}

export interface ErrorComparison {
  /** MAE(model) / MAE(heuristic) − 1: −0.32 is 32 % less error. */
  readonly improvement: WidestEstimate;
  /** Mean of |model error| − |heuristic error| in minutes; negative when the model is better. */
  readonly meanDifference: WidestEstimate;
  readonly verdict: Verdict;
}

export type Verdict = 'better' | 'worse' | 'undecided' | 'insufficient';

/** Differences are rounded to this many steps a minute, so that what is equal on paper is equal in binary. */
const STEPS_PER_MINUTE = 1e9;

/**
 * Is the model better on the same bookings? `dimensions` name the clusters (day, driver) whose intervals are
 * to be compared with the one by booking.
 */
export function compareErrors(
  errors: PairedErrors,
  dimensions: readonly Dimension[],
  options: ResamplingOptions,
): ErrorComparison {
  const improvement = relativeImprovement(errors, dimensions, options);
  const meanDifference = estimateRatio(meanUnits(differences(errors)), dimensions, options);
  return { improvement, meanDifference, verdict: verdictOf(improvement) };
}

/** d = |model error| − |heuristic error| of each booking, rounded to 1e-9 minutes. */
export function differences({ model, heuristic }: PairedErrors): Float64Array {
  return model.map((error, i) => Math.round((error - heuristic[i]!) * STEPS_PER_MINUTE) / STEPS_PER_MINUTE);
}

/**
 * `better` when the whole interval of the improvement is below `−minImprovement` (a fraction, 0 by default), `worse`
 * when it is above zero.
 */
export function verdictOf(improvement: WidestEstimate, minImprovement = 0): Verdict {
  if (improvement.kind === 'insufficient') return 'insufficient';
  if (improvement.interval.upper < -minImprovement) return 'better';
  return improvement.interval.lower > 0 ? 'worse' : 'undecided';
}

function relativeImprovement(
  { model, heuristic }: PairedErrors,
  dimensions: readonly Dimension[],
  options: ResamplingOptions,
): WidestEstimate {
  const ratio = estimateRatio({ numerator: model, denominator: heuristic }, dimensions, options);
  return rescaleWidest(ratio, (value) => value - 1);
}
