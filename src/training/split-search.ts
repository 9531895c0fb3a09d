import { BINS_PER_FEATURE, MISSING_BIN } from './binning.js';

/** Rows of a node that may not be smaller, and how strongly leaves are drawn to 0. */
export interface SplitLimits {
  readonly minLeafRows: number;
  /** Added to the number of rows when a leaf's mean is taken. */
  readonly l2: number;
}

/** Where a node is cut: bins up to `bin` go to the true side, missing values where `missingTrue` says. */
export interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly missingTrue: boolean;
  /** By how much it lowers half the sum of squares, regularised. */
  readonly gain: number;
}

/** Per feature and bin, the sum of the gradients and the number of rows, one after the other. */
export type Histogram = Float64Array;

/** The best cut of a node over `features`; `null` when none gains anything within the limits. */
export function findSplit(
  histogram: Histogram,
  features: Int32Array,
  gradientSum: number,
  rows: number,
  limits: SplitLimits,
): Split | null {
  let best: Split | null = null;
  for (const feature of features) {
    const found = findInFeature(histogram, feature, gradientSum, rows, limits, best?.gain ?? 1e-9);
    if (found !== null) best = found;
  }
  return best;
}

/** Tries every edge, with missing values on either side; `null` unless one gains more than `atLeast`. */
function findInFeature(
  histogram: Histogram,
  feature: number,
  gradientSum: number,
  rows: number,
  { minLeafRows, l2 }: SplitLimits,
  atLeast: number,
): Split | null {
  const start = feature * BINS_PER_FEATURE * 2;
  const missingSum = histogram[start + MISSING_BIN * 2]!;
  const missingRows = histogram[start + MISSING_BIN * 2 + 1]!;
  const parent = (gradientSum * gradientSum) / (rows + l2);
  let gain = atLeast;
  let bin = -1;
  let missingTrue = false;
  let sum = 0;
  let count = 0;
  for (let b = 0; b < MISSING_BIN && count + missingRows < rows; b += 1) {
    const inBin = histogram[start + b * 2 + 1]!;
    if (inBin === 0) continue;
    sum += histogram[start + b * 2]!;
    count += inBin;
    for (let side = missingRows === 0 ? 1 : 0; side < 2; side += 1) {
      const trueRows = side === 0 ? count + missingRows : count;
      const falseRows = rows - trueRows;
      if (trueRows < minLeafRows || falseRows < minLeafRows) continue;
      const trueSum = side === 0 ? sum + missingSum : sum;
      const falseSum = gradientSum - trueSum;
      const gained =
        (trueSum * trueSum) / (trueRows + l2) + (falseSum * falseSum) / (falseRows + l2) - parent;
      if (gained <= gain) continue;
      gain = gained;
      bin = b;
      // Where training saw nothing missing, a missing value goes with the majority.
      missingTrue = missingRows === 0 ? trueRows >= falseRows : side === 0;
    }
  }
  return bin < 0 ? null : { feature, bin, missingTrue, gain };
}
