import { expect, test } from 'vitest';
import { scoreSummary } from '../../src/training/score-summary.js';

test('scores by hand', () => {
  const summary = scoreSummary(Float64Array.of(1, 2, 6), Float64Array.of(2, 2, 5));
  expect(summary).toMatchObject({ n: 3, mae: 2 / 3, rmse: Math.sqrt(2 / 3) });
  expect(summary?.r2).toBeCloseTo(1 - 2 / 6, 12);
});

test('has no R² where every outcome was the same', () => {
  const actual = new Float64Array(1000).fill(5.1);
  expect(
    scoreSummary(
      actual.map((value) => value + 1),
      actual,
    ),
  ).toMatchObject({ n: 1000, r2: null });
});

test('is nothing for no predictions', () => {
  expect(scoreSummary(new Float64Array(), new Float64Array())).toBe(null);
});
