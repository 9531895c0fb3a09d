import { describe, expect, test } from 'vitest';
import { driftThreshold, stabilityIndex } from '../../src/statistics/population-stability.js';
import { profileDistance, sampleOfDeciles } from '../../src/statistics/profile-distance.js';
import { quantileOfSorted } from '../../src/statistics/quantile.js';
import { seededUniforms } from '../../src/statistics/random.js';

const SIZES = { reference: 2000, current: 1000 };

function decilesOf(sorted: Float64Array): number[] {
  return Array.from({ length: 11 }, (_, i) => quantileOfSorted(sorted, i / 10));
}

describe('the distance from deciles', () => {
  test('of values without ties is that of the sample behind them', () => {
    const uniform = seededUniforms(4);
    const reference = Float64Array.from({ length: 2000 }, () => uniform() + uniform()).sort();
    const current = Float64Array.from({ length: 1000 }, () => 0.3 + uniform() + uniform()).sort();
    const { index, distance, p, threshold } = profileDistance(decilesOf(reference), current, SIZES);
    // The profile also knows the smallest value: values below it would be a bin of their own, and there are none.
    expect(index).toBeCloseTo(stabilityIndex(reference, current).index, 1);
    const below = current.filter((value) => value < quantileOfSorted(reference, 0.5)).length / 1000;
    expect(distance).toBeGreaterThanOrEqual(0.5 - below - 1e-12);
    expect(p).toBeLessThan(1e-6);
    expect(threshold).toBeGreaterThanOrEqual(0.1);
  });

  // Six deciles are 0 and five are 1: at least 50 % and at most 60 % are 0.
  const half = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
  const ofZeros = (count: number) => Float64Array.from({ length: 100 }, (_, i) => (i < count ? 0 : 1));

  test.each([50, 55, 60])('is nothing for a share that the deciles allow: %s %%', (zeros) => {
    const { distance, index, p } = profileDistance(half, ofZeros(zeros), SIZES);
    expect(distance).toBeCloseTo(0, 12);
    expect(index).toBeCloseTo(0, 12);
    expect(p).toBe(1);
  });

  test('counts what lies beyond that share', () => {
    const { distance, index } = profileDistance(half, ofZeros(30), SIZES);
    expect(distance).toBeCloseTo(0.2, 12);
    // The nearest admissible share of zeros is 50 %: (0.3 − 0.5) ln(0.3 / 0.5) + (0.7 − 0.5) ln(0.7 / 0.5).
    expect(index).toBeCloseTo(-0.2 * Math.log(0.6) + 0.2 * Math.log(1.4), 6);
  });

  test('sees values outside of the range', () => {
    const deciles = Array.from({ length: 11 }, (_, i) => i);
    const current = Float64Array.from({ length: 100 }, (_, i) => (i < 60 ? i / 6 : 100));
    expect(profileDistance(deciles, current, SIZES).distance).toBeCloseTo(0.4, 1);
  });

  test('has the threshold of the sizes it is told, not of the values it is given', () => {
    const deciles = Array.from({ length: 11 }, (_, i) => i);
    const current = Float64Array.from({ length: 1000 }, (_, i) => i / 100);
    const few = profileDistance(deciles, current, { reference: 80, current: 40 });
    expect(few.threshold).toBe(driftThreshold(80, 40, few.bins));
  });
});

test('a sample of deciles has these deciles', () => {
  const sample = sampleOfDeciles([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100]);
  expect(quantileOfSorted(sample, 0.5)).toBeCloseTo(5, 6);
  expect(quantileOfSorted(sample, 0.95)).toBeCloseTo(54.5, 0);
});
