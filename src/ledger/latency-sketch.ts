/**
 * Quantiles of positive numbers from counts in log-spaced buckets: within 2 % of the true value, and two sketches
 * are merged by adding their counts. Source: Masson, Rim & Lee, DDSketch, PVLDB 12 (2019).
 */
const RELATIVE_ERROR = 0.02;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);
/** Milliseconds beyond which nothing is told apart: so there are some 600 buckets at most. */
const SMALLEST = 1e-3;
const LARGEST = 1e7;

/** The bucket of a value: it holds (γ^(bucket−1), γ^bucket]. */
export function bucketOf(value: number): number {
  return Math.ceil(Math.log(Math.min(LARGEST, Math.max(SMALLEST, value))) / LOG_GAMMA);
}

/** The value that is at most 2 % off from anything in the bucket. */
function middleOf(bucket: number): number {
  return (2 * GAMMA ** bucket) / (GAMMA + 1);
}

/**
 * The value at rank ⌊share · (n − 1)⌋ of the n counted, in ascending order; `null` when nothing was counted. A count
 * that is not positive is none.
 */
export function sketchQuantile(counts: ReadonlyMap<number, number>, share: number): number | null {
  const buckets = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  const rank = Math.floor(share * (total - 1));
  let seen = 0;
  for (const [bucket, count] of buckets) {
    seen += count;
    if (seen > rank) return middleOf(bucket);
  }
  return null;
}

/** How many of the counted are above a value, each taken for the middle of its bucket. */
export function sketchCountAbove(counts: ReadonlyMap<number, number>, value: number): number {
  const above = [...counts].filter(([bucket, count]) => count > 0 && middleOf(bucket) > value);
  return above.reduce((sum, [, count]) => sum + count, 0);
}
