import { sum } from './ratio.js';

/**
 * Wasserstein distance of two ascending samples in standard deviations of the reference: how far its values
 * would have to move on average to become the current ones. `null` where the reference does not vary.
 * Source: Vallender, Theory of Probability and its Applications 18 (1974): ∫ |F − G|.
 */
export function normalisedWasserstein(reference: Float64Array, current: Float64Array): number | null {
  const mean = sum(reference) / reference.length;
  const deviation = Math.sqrt(sum(reference.map((value) => (value - mean) ** 2)) / reference.length);
  return deviation > 0 ? wasserstein(reference, current) / deviation : null;
}

function wasserstein(a: Float64Array, b: Float64Array): number {
  let [i, j, area] = [0, 0, 0];
  let from = Math.min(a[0]!, b[0]!);
  while (i < a.length || j < b.length) {
    const to = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    area += (to - from) * Math.abs(i / a.length - j / b.length);
    while (a[i] === to) i++;
    while (b[j] === to) j++;
    from = to;
  }
  return area;
}
