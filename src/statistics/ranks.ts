export interface Ranks {
  /** From 1; values that are equal share the mean of their ranks. In the order of the values. */
  readonly ranks: Float64Array;
  /** Σ (t³ − t) over groups of t equal values. */
  readonly tieCubes: number;
}

/** Ranks of `values`, smallest first. */
export function midRanks(values: Float64Array): Ranks {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  let tieCubes = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    const size = end - start;
    tieCubes += size ** 3 - size;
    for (const index of order.subarray(start, end)) ranks[index] = (start + 1 + end) / 2;
  }
  return { ranks, tieCubes };
}
