import { describe, expect, it } from 'vitest';
import { addError, emptyErrorSums, errorScores } from '../../src/statistics/error-sums.js';

const PAIRS: readonly (readonly [predicted: number, actual: number])[] = [
  [3, 1],
  [0, 4],
  [5, 5],
  [-1, 2],
];

function sumsOf(pairs: typeof PAIRS) {
  const sums = emptyErrorSums();
  for (const [predicted, actual] of pairs) addError(sums, predicted, actual);
  return sums;
}

describe('the sums of errors', () => {
  it('are nothing at first', () => {
    expect(emptyErrorSums()).toEqual({
      ...{ n: 0, error: 0, absoluteError: 0, squaredError: 0, actual: 0, squaredActual: 0 },
    });
  });

  it('add up what is predicted less what happened', () => {
    // Errors 2, −4, 0, −3 of outcomes 1, 4, 5, 2.
    expect(sumsOf(PAIRS)).toEqual({
      ...{ n: 4, error: -5, absoluteError: 9, squaredError: 29, actual: 12, squaredActual: 46 },
    });
  });

  it('are the same in any order, also of values that are not on the grid', () => {
    const pairs = Array.from({ length: 60 }, (_, i) => [Math.sin(i) * 9, Math.cos(i * 1.7) * 7] as const);
    expect(sumsOf(pairs.toReversed())).toEqual(sumsOf(pairs));
  });
});

describe('the scores of errors', () => {
  it('are means of them, and R² about the mean of what happened', () => {
    const { mae, rmse, r2, bias } = errorScores(sumsOf(PAIRS));
    expect([mae, bias]).toEqual([9 / 4, -5 / 4]);
    expect(rmse).toBeCloseTo(Math.sqrt(29 / 4), 12);
    // Outcomes are off their mean 3 by −2, 1, 2, −1: squares of 10 together.
    expect(r2).toBeCloseTo(1 - 29 / 10, 12);
  });

  it.each([
    [[5, 5, 5], null],
    // A tenth of a minute each: no sum of them is exact.
    [[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], null],
    // Just above and just below a variance of 2⁻¹⁸ minutes².
    [[0, 2 ** -7.9], expect.any(Number)],
    [[0, 2 ** -8.1], null],
  ])('have no R² where outcomes %j never varied', (outcomes, expected) => {
    const pairs = outcomes.map((actual) => [actual + 1, actual] as const);
    expect(errorScores(sumsOf(pairs)).r2).toEqual(expected);
  });
});
