import { quantileSorted } from 'd3-array';
import { t } from '../wording/t.js';
import { BOUNDS_ALPHA, type Estimated, INTERVAL_ALPHA, type Interval, insufficient } from './estimate.js';
import { incompleteBeta } from './special-functions.js';

/** Quantile of ascending values, interpolated as R's type 7; at least one value, 0 ≤ p ≤ 1. */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  // The library's types ask for an array, its code reads indices and a length.
  const quantile = quantileSorted(sorted as number[], p);
  return quantile ?? Number.NaN;
}

/**
 * Type-7 quantile with distribution-free bounds: the true p-quantile is below the r-th smallest value with
 * probability P(Binomial(n, p) < r), whatever the distribution. Where no value is extreme enough the bound is
 * infinite.
 * Source: Conover, Practical Nonparametric Statistics (1999), § 3.2.
 */
export function quantileEstimate(values: Float64Array, p: number): Estimated {
  if (values.length < 2) return insufficient(t`a quantile needs at least 2 values, not ${values.length}`);
  const sorted = values.toSorted();
  const ends = (alpha: number): Interval => ({
    lower: lowerBound(sorted, p, alpha / 2),
    upper: -lowerBound(negatedReverse(sorted), 1 - p, alpha / 2),
  });
  return {
    kind: 'estimated',
    value: quantileOfSorted(sorted, p),
    interval: ends(INTERVAL_ALPHA),
    bounds: ends(BOUNDS_ALPHA),
    method: 'order-statistics',
  };
}

/** The largest order statistic that exceeds the true quantile with probability at most `alpha`. */
function lowerBound(sorted: Float64Array, p: number, alpha: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const rank = Math.ceil((low + high) / 2);
    // P(Binomial(n, p) < r) = I_{1−p}(n − r + 1, r): fewer than r values are at or below the quantile.
    if (incompleteBeta(1 - p, sorted.length - rank + 1, rank) <= alpha) low = rank;
    else high = rank - 1;
  }
  return low === 0 ? Number.NEGATIVE_INFINITY : sorted[low - 1]!;
}

/** An upper bound of x is a lower bound of −x. */
function negatedReverse(sorted: Float64Array): Float64Array {
  return sorted.map((value) => -value).reverse();
}
