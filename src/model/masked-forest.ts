/**
 * A forest of small trees as bit masks (QuickScorer: Lucchese et al., SIGIR 2015; words of several trees: ours). A tree
 * has one bit a leaf; a comparison that does not hold clears the leaves of its true side; the lowest bit left is the
 * leaf. How far each feature's value is up the forest's thresholds decides which masks apply, so nothing branches.
 */
export interface MaskedForest {
  /** Features that some tree asks for, and their thresholds, ascending, from `starts[i]` up to `starts[i + 1]`. */
  readonly features: Int32Array;
  readonly thresholds: Float32Array;
  readonly starts: Int32Array;
  /** Features of few thresholds are looked up together: of each its group, and how far apart its places are in that. */
  readonly groupOf: Int32Array;
  readonly strides: Int32Array;
  /** By group, its first place among those of a word. */
  readonly groupStarts: Int32Array;
  /** Bits a tree has in a word, and trees a word has. */
  readonly bits: number;
  readonly treesPerWord: number;
  /** Masks of one word: a place for each number of thresholds below a value, and for a missing value, of all in a group. */
  readonly places: number;
  readonly masks: Int32Array;
  /** Word by word the groups whose masks matter to it, from `useStarts[w]` up to `useStarts[w + 1]`. */
  readonly uses: Int32Array;
  readonly useStarts: Int32Array;
  /** By tree and pattern of the leaves left, the leaf's value. */
  readonly values: Float64Array;
  readonly trees: number;
}

/** Rows that are scored word by word: what they need of one word stays in the nearest cache. */
const BLOCK_ROWS = 256;

/** A function that adds the leaves of `count` rows, `width` features each, to the front of `sums`. */
export function maskedSummer(masked: MaskedForest, width: number) {
  const reached = new Int32Array(BLOCK_ROWS * masked.groupStarts.length);
  return (rows: Float32Array, count: number, sums: Float64Array): void => {
    for (let start = 0; start < count; start += BLOCK_ROWS) {
      const block = Math.min(BLOCK_ROWS, count - start);
      findPlaces(masked, rows, start, block, width, reached);
      addWords(masked, reached, start, block, sums);
    }
  };
}

/** For each row of a block and each group, which of a word's masks applies. */
function findPlaces(
  { features, thresholds, starts, groupOf, strides, groupStarts }: MaskedForest,
  rows: Float32Array,
  start: number,
  block: number,
  width: number,
  reached: Int32Array,
): void {
  const groups = groupStarts.length;
  for (let row = 0; row < block; row += 1) reached.set(groupStarts, row * groups);
  for (let i = 0; i < features.length; i += 1) {
    const feature = features[i]!;
    const group = groupOf[i]!;
    const stride = strides[i]!;
    const from = starts[i]!;
    const count = starts[i + 1]! - from;
    for (let row = 0; row < block; row += 1) {
      const value = rows[(start + row) * width + feature]!;
      let below = 0;
      let length = count;
      // As many steps whatever the value: which way they go cannot be predicted.
      while (length > 0) {
        const half = (length + 1) >> 1;
        below += Number(value > thresholds[from + below + half - 1]!) * half;
        length -= half;
      }
      reached[row * groups + group]! += (Number.isNaN(value) ? count + 1 : below) * stride;
    }
  }
}

/** Adds the leaves of all trees, word by word: what a word needs stays in the nearest cache for all rows of the block. */
function addWords(
  masked: MaskedForest,
  reached: Int32Array,
  start: number,
  block: number,
  sums: Float64Array,
): void {
  const fours = block - (block % 4);
  if (fours > 0) {
    for (let word = 0; word < masked.useStarts.length - 1; word += 1) {
      addWordToFours(masked, word, reached, start, fours, sums);
    }
  }
  for (let row = fours; row < block; row += 1) sums[start + row]! += leavesOfRow(masked, reached, row);
}

/** Four rows side by side: what they share is looked up once, and while one waits for memory the others go on. */
function addWordToFours(
  { groupStarts, places, masks, uses, useStarts, bits, treesPerWord, values, trees }: MaskedForest,
  word: number,
  reached: Int32Array,
  start: number,
  rows: number,
  sums: Float64Array,
): void {
  const groups = groupStarts.length;
  const pattern = 2 ** bits - 1;
  const own = word * places;
  const firstUse = useStarts[word]!;
  const pastUse = useStarts[word + 1]!;
  const firstValue = (word * treesPerWord) << bits;
  const inWord = Math.min(treesPerWord, trees - word * treesPerWord);
  for (let row = 0; row < rows; row += 4) {
    const at = row * groups;
    let left0 = -1;
    let left1 = -1;
    let left2 = -1;
    let left3 = -1;
    for (let use = firstUse; use < pastUse; use += 1) {
      const place = at + uses[use]!;
      left0 &= masks[own + reached[place]!]!;
      left1 &= masks[own + reached[place + groups]!]!;
      left2 &= masks[own + reached[place + 2 * groups]!]!;
      left3 &= masks[own + reached[place + 3 * groups]!]!;
    }
    let sum0 = sums[start + row]!;
    let sum1 = sums[start + row + 1]!;
    let sum2 = sums[start + row + 2]!;
    let sum3 = sums[start + row + 3]!;
    let tree = firstValue;
    for (let i = 0; i < inWord; i += 1) {
      sum0 += values[tree + (left0 & pattern)]!;
      sum1 += values[tree + (left1 & pattern)]!;
      sum2 += values[tree + (left2 & pattern)]!;
      sum3 += values[tree + (left3 & pattern)]!;
      left0 >>>= bits;
      left1 >>>= bits;
      left2 >>>= bits;
      left3 >>>= bits;
      tree += 1 << bits;
    }
    sums[start + row] = sum0;
    sums[start + row + 1] = sum1;
    sums[start + row + 2] = sum2;
    sums[start + row + 3] = sum3;
  }
}

/** The same for a row that is left over, or alone: as one of four it would take twice the time. */
function leavesOfRow(
  { groupStarts, places, masks, uses, useStarts, bits, treesPerWord, values, trees }: MaskedForest,
  reached: Int32Array,
  row: number,
): number {
  const at = row * groupStarts.length;
  const pattern = 2 ** bits - 1;
  const pastLast = trees << bits;
  let sum = 0;
  let tree = 0;
  for (let word = 0; word < useStarts.length - 1; word += 1) {
    const own = word * places;
    const pastUse = useStarts[word + 1]!;
    let left = -1;
    for (let use = useStarts[word]!; use < pastUse; use += 1) left &= masks[own + reached[at + uses[use]!]!]!;
    const pastWord = Math.min(pastLast, tree + (treesPerWord << bits));
    for (; tree < pastWord; tree += 1 << bits) {
      sum += values[tree + (left & pattern)]!;
      left >>>= bits;
    }
  }
  return sum;
}
