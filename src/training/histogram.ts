import { BINS_PER_FEATURE } from './binning.js';

/**
 * Per feature of a tree and bin, how many rows there are and the sum of their gradients, both in one number:
 * rows × 2³² + sum, the gradients being whole numbers. One addition a row and feature instead of two, and exact.
 */
export type Histogram = Float64Array;

/** Gradients are whole numbers up to this: those of 2¹⁹ rows sum to less than 2³¹, and 2¹⁹ × 2³² is less than 2⁵³. */
export const GRADIENT_STEPS = 2048;

const AT_ONCE = 3;
const ONE_ROW = 2 ** 32;
/** Numbers of this size have no places after the point: adding it rounds. */
const ROUNDING = 1.5 * 2 ** 52;

/** A row with this gradient, as a histogram adds it. */
export function packed(gradient: number): number {
  return ONE_ROW + gradient + ROUNDING - ROUNDING;
}

/** Rows and the sum of their gradients. */
export interface Sums {
  readonly rows: number;
  readonly gradient: number;
}

export function sumsOf(sum: number): Sums {
  const rows = rowsIn(sum);
  return { rows, gradient: gradientIn(sum, rows) };
}

export function rowsIn(sum: number): number {
  return Math.round(sum / ONE_ROW);
}

export function gradientIn(sum: number, rows: number): number {
  return sum - rows * ONE_ROW;
}

/** What the rows that a histogram counts. */
export interface Counted {
  readonly width: number;
  /** Row after row. */
  readonly bins: Uint8Array;
  /** Of each row, packed. */
  readonly gradients: Float64Array;
}

/** Room for so many features, nothing counted. */
export function emptyHistogram(features: number): Histogram {
  return new Float64Array(Math.ceil(features / AT_ONCE) * AT_ONCE * BINS_PER_FEATURE);
}

/**
 * Counts some rows by features that there is room for. Three at a time, as their additions do not wait for each
 * other; if there is a third too few, the last is counted once more, where it can win nothing.
 */
export function countRows(
  into: Histogram,
  { width, bins, gradients }: Counted,
  rows: Int32Array,
  features: Int32Array,
): void {
  into.fill(0);
  const last = features.length - 1;
  for (let slot = 0; slot <= last; slot += AT_ONCE) {
    const [a, b, c] = [
      features[slot]!,
      features[Math.min(last, slot + 1)]!,
      features[Math.min(last, slot + 2)]!,
    ];
    const atA = slot * BINS_PER_FEATURE;
    const atB = atA + BINS_PER_FEATURE;
    const atC = atB + BINS_PER_FEATURE;
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i]!;
      const first = row * width;
      const gradient = gradients[row]!;
      into[atA + bins[first + a]!]! += gradient;
      into[atB + bins[first + b]!]! += gradient;
      into[atC + bins[first + c]!]! += gradient;
    }
  }
}

/** Of all rows that a histogram counts: those of its first feature. */
export function sumsIn(histogram: Histogram): Sums {
  return sumsOf(histogram.subarray(0, BINS_PER_FEATURE).reduce((a, b) => a + b, 0));
}

/** The rows of `all` that are not in `some`. */
export function subtract(into: Histogram, all: Histogram, some: Histogram): void {
  for (let i = 0; i < into.length; i += 1) into[i] = all[i]! - some[i]!;
}
