/** A table for training: every feature cut into at most 255 bins, so that a split is found by counting. */
export interface BinnedTable {
  readonly width: number;
  /** Row after row, the bin of each feature; {@link MISSING_BIN} for NaN. */
  readonly bins: Uint8Array;
  /** Per feature, ascending: bin b holds the values up to `edges[b]`; the last bin has no edge. */
  readonly edges: readonly Float32Array[];
}

export const MISSING_BIN = 255;
export const BINS_PER_FEATURE = 256;

/** Ranks among so many rows are as good as among all; sorting every column is most of the work on a large table. */
const MOST_RANKED = 20_000;

/**
 * Cuts a row-major table of `width` features. Values are compared as 32-bit floats, as the finished model will. The
 * edges come from the rows of `learnFrom` only, at evenly spaced ranks, `maxBins` (at most 255) bins a feature.
 */
export function binTable(
  table: Float32Array,
  width: number,
  learnFrom: Int32Array,
  maxBins: number,
): BinnedTable {
  const bins = new Uint8Array(table.length);
  const edges: Float32Array[] = [];
  const ranked = evenlySpaced(learnFrom, MOST_RANKED);
  for (let feature = 0; feature < width; feature += 1) {
    const values = new Float32Array(ranked.length);
    for (let i = 0; i < ranked.length; i += 1) values[i] = table[ranked[i]! * width + feature]!;
    const cuts = findEdges(values, maxBins);
    edges.push(cuts);
    binColumn(bins, table, width, feature, cuts);
  }
  return { width, bins, edges };
}

function evenlySpaced(rows: Int32Array, most: number): Int32Array {
  if (rows.length <= most) return rows;
  return Int32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)]!);
}

/** Midpoints between distinct values: all of them when they are few, else those at evenly spaced ranks. */
function findEdges(values: Float32Array, maxBins: number): Float32Array {
  // Sorting puts NaN last.
  const sorted = values.sort();
  let known = sorted.length;
  while (known > 0 && Number.isNaN(sorted[known - 1])) known -= 1;
  let distinct = known > 0 ? 1 : 0;
  for (let i = 1; i < known; i += 1) if (sorted[i] !== sorted[i - 1]) distinct += 1;
  const edges: number[] = [];
  let nextRank = distinct <= maxBins ? 0 : known / maxBins;
  for (let i = 1; i < known; i += 1) {
    if (sorted[i] === sorted[i - 1] || i < nextRank) continue;
    edges.push(midpoint(sorted[i - 1]!, sorted[i]!));
    while (nextRank > 0 && nextRank <= i) nextRank += known / maxBins;
  }
  return Float32Array.from(edges);
}

/** A 32-bit float from `low` up to, but not including, `high`. */
function midpoint(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle < high ? middle : low;
}

function binColumn(
  bins: Uint8Array,
  table: Float32Array,
  width: number,
  feature: number,
  edges: Float32Array,
): void {
  for (let i = feature; i < table.length; i += width) bins[i] = binOf(table[i]!, edges);
}

/** How many edges lie below the value. */
function binOf(value: number, edges: Float32Array): number {
  if (Number.isNaN(value)) return MISSING_BIN;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
