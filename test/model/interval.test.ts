import { describe, expect, test } from 'vitest';
import { confidenceOf, difficultyOf, intervalOf } from '../../src/model/interval.js';
import type { IntervalParameters } from '../../src/model/manifest.js';
import { fitInterval } from '../../src/training/fit-interval.js';
import { randomNumbers } from './columns.js';

const parameters: IntervalParameters = {
  level: 0.9,
  difficulty: {
    intercept: 1,
    perPredictedMinute: 0.1,
    perFeature: { distance_km: 0.2 },
    featureMeans: { distance_km: 5 },
    floor: 0.5,
  },
  scores: Array.from({ length: 11 }, (_, i) => i / 5),
  coverage: null,
};
const names = ['is_urgent', 'distance_km'] as const;

describe('an interval', () => {
  test('is as wide as the booking is difficult', () => {
    // Difficulty 1 + 0.1 · 4 + 0.2 · 10 = 3.4; the score at 90 % is 1.8.
    const { lower, upper, level } = intervalOf(parameters, 4, Float32Array.of(0, 10), names);
    expect([lower, upper]).toEqual([expect.closeTo(4 - 6.12, 9), expect.closeTo(4 + 6.12, 9)]);
    expect(level).toBe(0.9);
  });

  test('takes the training mean for a missing value, and never shrinks below the floor', () => {
    expect(difficultyOf(parameters.difficulty, 0, Float32Array.of(0, Number.NaN), names)).toBeCloseTo(2, 9);
    expect(difficultyOf(parameters.difficulty, -90, Float32Array.of(0, 0), names)).toBe(0.5);
  });
});

test('confidence is the share of scores within 3 minutes', () => {
  // Difficulty 3: scores up to 1, half of the way to 2.
  expect(confidenceOf(parameters, 0, Float32Array.of(0, 10), names)).toBeCloseTo(0.5, 6);
  // Difficulty 0.5: 6 exceeds every score.
  expect(confidenceOf(parameters, -90, Float32Array.of(0, 0), names)).toBe(1);
});

test('calibrated intervals cover far and near trips alike', () => {
  const rows = 4000;
  const random = randomNumbers(9);
  const table = Float32Array.from({ length: rows }, () => 1 + 20 * random());
  const predicted = Float64Array.from(table, (km) => 3 + 0.4 * km);
  const actual = predicted.map((minutes, row) => minutes + (random() - 0.5) * (1 + 0.5 * table[row]!));
  const half = rows / 2;
  const fitted = fitInterval({
    names: ['distance_km'],
    table: table.subarray(0, half),
    predicted: predicted.subarray(0, half),
    actual: actual.subarray(0, half),
  });
  const covered = (isFar: boolean) => {
    const asked = Array.from({ length: half }, (_, i) => half + i).filter(
      (row) => table[row]! > 15 === isFar,
    );
    const inside = asked.filter((row) => {
      const interval = intervalOf(fitted, predicted[row]!, table.subarray(row, row + 1), ['distance_km']);
      return actual[row]! >= interval.lower && actual[row]! <= interval.upper;
    });
    return inside.length / asked.length;
  };
  expect(covered(true)).toBeGreaterThan(0.86);
  expect(covered(false)).toBeGreaterThan(0.86);
  expect(covered(true)).toBeLessThan(0.95);
  expect(covered(false)).toBeLessThan(0.95);
});
