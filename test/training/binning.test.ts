import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binTable, MISSING_BIN } from '../../src/training/binning.js';

const values = fc.array(fc.float({ noDefaultInfinity: true }), { minLength: 1, maxLength: 200 });

test('every value lies on the same side of each edge as its bin', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 2, max: 255 }), (column, maxBins) => {
      const rows = Int32Array.from(column.keys());
      const { bins, edges } = binTable(Float32Array.from(column), 1, rows, maxBins);
      expect(edges[0]!.length).toBeLessThan(maxBins);
      column.forEach((value, row) => {
        const bin = bins[row]!;
        if (Number.isNaN(value)) expect(bin).toBe(MISSING_BIN);
        else
          edges[0]!.forEach((edge, i) => {
            expect(value <= edge).toBe(bin <= i);
          });
      });
    }),
  );
});

test('few distinct values get a bin each', () => {
  const { bins } = binTable(Float32Array.of(3, 1, 2, 1, 3), 1, Int32Array.of(0, 1, 2, 3, 4), 3);
  expect([...bins]).toEqual([2, 0, 1, 0, 2]);
});
