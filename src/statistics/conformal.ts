import type { Interval } from './estimate.js';

/** Absorbs 61 · 0.9 = 54.900000000000006 and the like before rounding up. */
const ROUNDING = 1e-9;

/**
 * The score that a new one exceeds with probability at most `alpha`: the ⌈(n + 1)(1 − alpha)⌉-th smallest,
 * infinite where there are too few. Source: Papadopoulos et al. (2002); Lei et al., JASA 113 (2018).
 */
export function conformalQuantile(sortedScores: Float64Array, alpha: number): number {
  const rank = Math.ceil((sortedScores.length + 1) * (1 - alpha) - ROUNDING);
  return rank > sortedScores.length ? Number.POSITIVE_INFINITY : sortedScores[Math.max(1, rank) - 1]!;
}

/**
 * |actual − predicted| in units of the error that was expected of each; all of one length, `expectedError` >
 * 0.
 */
export function normalisedScores(
  predicted: Float64Array,
  actual: Float64Array,
  expectedError: Float64Array,
): Float64Array {
  return predicted.map((value, i) => Math.abs(actual[i]! - value) / expectedError[i]!);
}

/** The interval of one prediction: wide where a large error is expected. */
export function conformalInterval(predicted: number, expectedError: number, quantile: number): Interval {
  return { lower: predicted - quantile * expectedError, upper: predicted + quantile * expectedError };
}

/**
 * Adaptive conformal inference: the error rate to ask for next, after an interval that did or did not cover
 * the outcome, so that coverage holds in the long run although the world drifts. Below 0 every outcome is to
 * be covered, above 1 none.
 * Source: Gibbs & Candès, NeurIPS (2021), eq. 2.
 */
export function adaptedAlpha(current: number, target: number, covered: boolean, rate: number): number {
  return current + rate * (target - (covered ? 0 : 1));
}
