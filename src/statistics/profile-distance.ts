import { kolmogorovTail } from './kolmogorov-smirnov.js';
import { driftThreshold } from './population-stability.js';

/** How far a sample is from a distribution of which only deciles were kept. */
export interface ProfileDistance {
  /** Kolmogorov–Smirnov distance at the deciles: at least this. */
  readonly distance: number;
  readonly p: number;
  /** Population stability index over the bins between distinct deciles: at least this. */
  readonly index: number;
  readonly threshold: number;
  readonly bins: number;
}

export interface ProfileSizes {
  /** Independent values behind the deciles. */
  readonly reference: number;
  /** Independent values of the sample; fewer than there are where they come in clusters. */
  readonly current: number;
}

/** Stands in for a share of zero, which has no logarithm. */
const LEAST_SHARE = 1e-4;

/**
 * Compares ascending values with the deciles 0 %, 10 % … 100 % of a reference. Where a value fills several deciles
 * (half of all rides are not medical) its exact share is unknown, so only what no such share explains counts: the
 * i-th decile q has P(X ≤ q) ≥ i/10 and P(X < q) ≤ i/10.
 */
export function profileDistance(
  deciles: readonly number[],
  current: Float64Array,
  sizes: ProfileSizes,
): ProfileDistance {
  const steps = deciles.length - 1;
  const edges = [...new Set(deciles.slice(0, -1))];
  let distance = deciles.at(-1) === undefined ? 0 : 1 - shareUpTo(current, deciles.at(-1)!);
  const cumulative: { expected: number; seen: number }[] = [];
  for (const edge of edges) {
    // The lowest decile is the smallest value: all it says is that nothing lies below it.
    const most = deciles.indexOf(edge) / steps;
    const least = deciles.lastIndexOf(edge) / steps;
    const [below, upTo] = [shareBelow(current, edge), shareUpTo(current, edge)];
    distance = Math.max(distance, least - upTo, below - most);
    if (deciles.lastIndexOf(edge) === 0) cumulative.push({ expected: 0, seen: below });
    else if (upTo < least) cumulative.push({ expected: least, seen: upTo });
    else if (below > most) cumulative.push({ expected: most, seen: below });
    else cumulative.push({ expected: upTo, seen: upTo });
  }
  cumulative.push({ expected: 1, seen: 1 });
  const index = indexOf(cumulative);
  const bins = cumulative.length;
  return {
    distance,
    p: probabilityOf(distance, sizes),
    index,
    bins,
    threshold: driftThreshold(sizes.reference, sizes.current, Math.max(2, bins)),
  };
}

/** Chance of a Kolmogorov–Smirnov distance this large between samples of these sizes. */
export function probabilityOf(distance: number, { reference, current }: ProfileSizes): number {
  const size = Math.sqrt((reference * current) / (reference + current));
  return kolmogorovTail((size + 0.12 + 0.11 / size) * distance);
}

/** A reference sample that has these deciles, spread evenly between them: for distances in units of the feature. */
export function sampleOfDeciles(deciles: readonly number[], size = 1000): Float64Array {
  const steps = deciles.length - 1;
  return Float64Array.from({ length: size }, (_, i) => {
    const position = ((i + 0.5) / size) * steps;
    const low = Math.floor(position);
    return deciles[low]! + (position - low) * (deciles[low + 1]! - deciles[low]!);
  });
}

function indexOf(cumulative: readonly { expected: number; seen: number }[]): number {
  let [index, lastExpected, lastSeen] = [0, 0, 0];
  for (const { expected, seen } of cumulative) {
    const p = Math.max(LEAST_SHARE, expected - lastExpected);
    const q = Math.max(LEAST_SHARE, seen - lastSeen);
    index += (q - p) * Math.log(q / p);
    [lastExpected, lastSeen] = [Math.max(lastExpected, expected), Math.max(lastSeen, seen)];
  }
  return index;
}

function shareUpTo(sorted: Float64Array, value: number): number {
  return rank(sorted, (other) => other <= value) / sorted.length;
}

function shareBelow(sorted: Float64Array, value: number): number {
  return rank(sorted, (other) => other < value) / sorted.length;
}

function rank(sorted: Float64Array, isBefore: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
