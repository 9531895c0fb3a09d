import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoreSummary } from '../../src/training/score-summary.js';

test('scores by hand', () => {
  const summary = scoreSummary(Float64Array.of(1, 2, 6), Float64Array.of(2, 2, 5));
  expect(summary).toMatchObject({ n: 3, mae: 2 / 3, rmse: Math.sqrt(2 / 3) });
  expect(summary?.r2).toBeCloseTo(1 - 2 / 6, 12);
});

test('has no R² where every outcome was the same, whatever it was and however many', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.constantFrom(1, 2, 50, 1000),
      (minutes, n) => {
        const actual = new Float64Array(n).fill(minutes);
        const predicted = actual.map((value) => value + 1);
        expect(scoreSummary(predicted, actual)).toMatchObject({ n, r2: null });
      },
    ),
    { numRuns: 500 },
  );
});

test('is nothing for no predictions', () => {
  expect(scoreSummary(new Float64Array(), new Float64Array())).toBe(null);
});
