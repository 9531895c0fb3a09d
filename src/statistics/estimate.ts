/**
 * What a statistic of a sample comes out as: a number that states how sure it is, or the reason there is
 * none.
 */
export type Estimated = Estimate | Insufficient;

export interface Estimate {
  readonly kind: 'estimated';
  readonly value: number;
  /** Two-sided 95 %. */
  readonly interval: Interval;
  /** Each end alone is a one-sided 95 % bound; gates are decided on these. */
  readonly bounds: Interval;
  readonly method: 'bca' | 'cluster-robust' | 'clopper-pearson' | 'order-statistics' | 'confidence-sequence';
}

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Not a number, and never to be shown or compared as one. */
export interface Insufficient {
  readonly kind: 'insufficient';
  /** A clause that can end a sentence: "all 12 differences are equal". */
  readonly reason: string;
}

/** Error probabilities of the two pairs of ends that an {@link Estimate} carries. */
export const INTERVAL_ALPHA = 0.05;
export const BOUNDS_ALPHA = 0.1;

export function insufficient(reason: string): Insufficient {
  return { kind: 'insufficient', reason };
}

/**
 * The same knowledge on another scale. `scale` must be monotone; where it falls, as `1 − x` does, the
 * ends change places.
 */
export function rescale<T extends Estimate>(estimate: T, scale: (value: number) => number): T {
  return {
    ...estimate,
    value: scale(estimate.value),
    interval: rescaleInterval(estimate.interval, scale),
    bounds: rescaleInterval(estimate.bounds, scale),
  };
}

function rescaleInterval({ lower, upper }: Interval, scale: (value: number) => number): Interval {
  const [a, b] = [scale(lower), scale(upper)];
  return a <= b ? { lower: a, upper: b } : { lower: b, upper: a };
}
