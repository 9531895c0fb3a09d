import { BINS_PER_FEATURE, MISSING_BIN } from './binning.js';
import { gradientIn, type Histogram, rowsIn, type Sums, sumsOf } from './histogram.js';

/** Rows of a node that may not be smaller, and how strongly leaves are drawn to 0. */
export interface SplitLimits {
  readonly minLeafRows: number;
  /** Added to the number of rows when a leaf's mean is taken. */
  readonly l2: number;
}

/** Where a node is cut: bins up to `bin` go to the true side, missing values where `missingTrue` says. */
export interface Split {
  /** Place of the feature among those of the tree. */
  readonly slot: number;
  readonly bin: number;
  readonly missingTrue: boolean;
  /** By how much it lowers half the sum of squares, regularised. */
  readonly gain: number;
  /** What goes to the true side. */
  readonly whenTrue: Sums;
}

/** Less than this is no gain but rounding, the gradients being whole numbers. */
const LEAST_GAIN = 1e-3;

/** The best cut of a node; `null` when none gains anything within the limits. */
export function findSplit(histogram: Histogram, node: Sums, limits: SplitLimits): Split | null {
  let best: Split | null = null;
  for (let slot = 0; slot * BINS_PER_FEATURE < histogram.length; slot += 1) {
    const atLeast: number = best?.gain ?? LEAST_GAIN;
    const found = findInFeature(histogram, slot, node, limits, atLeast);
    if (found !== null) best = found;
  }
  return best;
}

/** Tries every edge, with missing values on either side; `null` unless one gains more than `atLeast`. */
function findInFeature(
  histogram: Histogram,
  slot: number,
  { rows, gradient }: Sums,
  { minLeafRows, l2 }: SplitLimits,
  atLeast: number,
): Split | null {
  const start = slot * BINS_PER_FEATURE;
  const missingRows = rowsIn(histogram[start + MISSING_BIN]!);
  const missingSum = gradientIn(histogram[start + MISSING_BIN]!, missingRows);
  const parent = (gradient * gradient) / (rows + l2);
  let gain = atLeast;
  let bin = -1;
  let missingTrue = false;
  let found = 0;
  // What the bins so far hold, packed.
  let sum = 0;
  for (let b = 0; b < MISSING_BIN; b += 1) {
    const inBin = histogram[start + b]!;
    if (inBin === 0) continue;
    sum += inBin;
    const count = rowsIn(sum);
    if (count + missingRows < minLeafRows) continue;
    if (rows - count < minLeafRows) break;
    for (let side = missingRows === 0 ? 1 : 0; side < 2; side += 1) {
      const trueRows = side === 0 ? count + missingRows : count;
      const falseRows = rows - trueRows;
      if (trueRows < minLeafRows || falseRows < minLeafRows) continue;
      const known = gradientIn(sum, count);
      const trueSum = side === 0 ? known + missingSum : known;
      const falseSum = gradient - trueSum;
      const gained =
        (trueSum * trueSum) / (trueRows + l2) + (falseSum * falseSum) / (falseRows + l2) - parent;
      if (gained <= gain) continue;
      gain = gained;
      bin = b;
      // Where training saw nothing missing, a missing value goes with the majority.
      missingTrue = missingRows === 0 ? trueRows >= falseRows : side === 0;
      found = side === 0 ? sum + histogram[start + MISSING_BIN]! : sum;
    }
  }
  return bin < 0 ? null : { slot, bin, missingTrue, gain, whenTrue: sumsOf(found) };
}
