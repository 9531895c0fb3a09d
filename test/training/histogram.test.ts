import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BINS_PER_FEATURE } from '../../src/training/binning.js';
import {
  countRows,
  emptyHistogram,
  GRADIENT_STEPS,
  packed,
  sumsIn,
  sumsOf,
} from '../../src/training/histogram.js';

const WIDTH = 5;
const gradient = fc.double({ min: -GRADIENT_STEPS, max: GRADIENT_STEPS, noNaN: true });
const row = fc.tuple(gradient, fc.array(fc.nat(255), { minLength: WIDTH, maxLength: WIDTH }));
const subset = fc.subarray([0, 1, 2, 3, 4], { minLength: 1 });

test('a histogram says how many rows are in each bin, and the sum of their gradients', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 100 }), subset, (rows, features) => {
      const bins = Uint8Array.from(rows.flatMap(([, of]) => of));
      const gradients = Float64Array.from(rows, ([value]) => packed(value));
      const histogram = emptyHistogram(features.length);
      const all = Int32Array.from(rows.keys());
      countRows(histogram, { width: WIDTH, bins, gradients }, all, Int32Array.from(features));
      const sumOf = (some: typeof rows) => some.reduce((sum, [value]) => sum + rounded(value), 0);
      expect(sumsIn(histogram)).toEqual({ rows: rows.length, gradient: sumOf(rows) });
      features.forEach((feature, slot) => {
        for (let bin = 0; bin < BINS_PER_FEATURE; bin += 1) {
          const inBin = rows.filter(([, of]) => of[feature] === bin);
          const expected = { rows: inBin.length, gradient: sumOf(inBin) };
          expect(sumsOf(histogram[slot * BINS_PER_FEATURE + bin]!)).toEqual(expected);
        }
      });
    }),
    { numRuns: 50 },
  );
});

test('half a million rows of the greatest gradient are still counted exactly', () => {
  const rows = 2 ** 19 - 1;
  for (const value of [GRADIENT_STEPS, -GRADIENT_STEPS]) {
    expect(sumsOf(packed(value) * rows)).toEqual({ rows, gradient: value * rows });
  }
});

/** Halves go to the even number. */
function rounded(value: number): number {
  const floor = Math.floor(value);
  const isHalf = value - floor === 0.5;
  return (isHalf ? floor + Math.abs(floor % 2) : Math.round(value)) + 0;
}
