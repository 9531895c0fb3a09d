import { t } from '../wording/t.js';
import { type Insufficient, insufficient } from './estimate.js';
import { quantileOfSorted } from './quantile.js';
import { chiSquareQuantileOfTail } from './special-functions.js';

export interface PopulationStability {
  readonly kind: 'compared';
  readonly index: number;
  /** What chance alone exceeds once in a hundred comparisons of these sizes, and 0.1 at least. */
  readonly threshold: number;
  readonly bins: number;
}

const LEAST_CURRENT = 100;
const LEAST_THRESHOLD = 0.1;
const DECILES = 10;
const FALSE_ALARMS = 0.01;
/** Stands in for a share of zero, which has no logarithm. */
const LEAST_SHARE = 1e-4;

/**
 * Population stability index of `current` on the deciles of `reference`, both ascending. Without drift the
 * index is about chi-square with bins − 1 degrees times 1/n + 1/m, which is why the threshold depends on the
 * sizes and too few are refused.
 * Source: Yurdakul, Statistical Properties of Population Stability Index (2018).
 */
export function populationStability(
  reference: Float64Array,
  current: Float64Array,
): PopulationStability | Insufficient {
  const smaller = Math.min(reference.length, current.length);
  if (smaller < LEAST_CURRENT) return insufficient(t`${smaller} of at least ${LEAST_CURRENT} bookings`);
  const { index, bins } = stabilityIndex(reference, current);
  return { kind: 'compared', index, bins, threshold: driftThreshold(reference.length, current.length, bins) };
}

/** The index alone: Σ (q − p) ln(q / p) over bins between the distinct deciles of the reference. */
export function stabilityIndex(
  reference: Float64Array,
  current: Float64Array,
): { index: number; bins: number } {
  const deciles = Array.from({ length: DECILES - 1 }, (_, i) =>
    quantileOfSorted(reference, (i + 1) / DECILES),
  );
  const edges = [...new Set(deciles)];
  const index = indexOfCounts(countsBetween(edges, reference), countsBetween(edges, current));
  return { index, bins: edges.length + 1 };
}

/** The index of counts in the same bins or categories; a share of zero counts as 0.0001. */
export function indexOfCounts(reference: readonly number[], current: readonly number[]): number {
  const [expected, actual] = [shares(reference), shares(current)];
  return expected.reduce((index, p, i) => index + (actual[i]! - p) * Math.log(actual[i]! / p), 0);
}

/** The index that chance exceeds in 1 % of comparisons, at least 0.1. */
export function driftThreshold(referenceSize: number, currentSize: number, bins: number): number {
  const chance = chiSquareQuantileOfTail(FALSE_ALARMS, bins - 1) * (1 / referenceSize + 1 / currentSize);
  return Math.max(LEAST_THRESHOLD, chance);
}

function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((a, b) => a + b, 0);
  return counts.map((count) => Math.max(LEAST_SHARE, count / total));
}

/** Counts of ascending values in the bins (…, e₁], (e₁, e₂], …, (eₖ, …). */
function countsBetween(edges: readonly number[], sorted: Float64Array): number[] {
  const upTo = [...edges, Number.POSITIVE_INFINITY].map((edge) => countUpTo(sorted, edge));
  return upTo.map((count, i) => count - (upTo[i - 1] ?? 0));
}

function countUpTo(sorted: Float64Array, edge: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= edge) low = middle + 1;
    else high = middle;
  }
  return low;
}
