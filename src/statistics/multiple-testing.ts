/**
 * Holm's adjusted p-values, in the order given: rejecting those at most α makes any false rejection at all as
 * rare as α. Source: Holm, Scandinavian Journal of Statistics 6 (1979).
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const count = pValues.length;
  return adjustedInOrder(pValues, ascending(pValues), (p, rank) => p * (count - rank), Math.max);
}

/**
 * Benjamini–Hochberg adjusted p-values, in the order given: of those at most α a share of α is false on
 * average.
 * Source: Benjamini & Hochberg, JRSS B 57 (1995).
 */
export function benjaminiHochbergAdjusted(pValues: readonly number[]): number[] {
  const count = pValues.length;
  const descending = ascending(pValues).reverse();
  return adjustedInOrder(pValues, descending, (p, rank) => (p * count) / (count - rank), Math.min);
}

function ascending(pValues: readonly number[]): number[] {
  return [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
}

/** Adjusts along `order`, never against it: `extreme` carries the last adjusted value on. */
function adjustedInOrder(
  pValues: readonly number[],
  order: readonly number[],
  adjust: (p: number, rank: number) => number,
  extreme: (a: number, b: number) => number,
): number[] {
  const adjusted = new Array<number>(pValues.length);
  let last: number | null = null;
  for (const [rank, index] of order.entries()) {
    const own = Math.min(1, adjust(pValues[index]!, rank));
    last = last === null ? own : extreme(last, own);
    adjusted[index] = last;
  }
  return adjusted;
}
