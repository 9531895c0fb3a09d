import { describe, expect, it } from 'vitest';
import { fiellerInterval } from '../../src/statistics/fieller.js';
import { studentQuantile } from '../../src/statistics/special-functions.js';
import { expectNear, readVectors } from './vectors.js';

const improvement = readVectors<{
  name: string;
  em: number[];
  eh: number[];
  expected: { fieller_ci95_t: number[] };
}>('relative_improvement');

describe("Fieller's interval", () => {
  it.each(improvement.cases)('$name', ({ em, eh, expected }) => {
    const units = { numerator: Float64Array.from(em), denominator: Float64Array.from(eh) };
    const interval = fiellerInterval(units, 0.05);
    expectNear(
      [(interval?.lower ?? 0) - 1, (interval?.upper ?? 0) - 1],
      expected.fieller_ci95_t,
      improvement.tolerance,
    );
  });

  it.each([
    [
      [1, 2],
      [10, 11],
    ],
    [
      [1, 2, 4],
      [10, 11, 13],
    ],
    [
      [-3, 2, 0.5, 1],
      [7, 8, 9, 6],
    ],
  ])('of %j over %j ends where the difference is just not proven', (numerator, denominator) => {
    const units = { numerator: Float64Array.from(numerator), denominator: Float64Array.from(denominator) };
    const { lower, upper } = fiellerInterval(units, 0.05)!;
    const t = studentQuantile(0.975, numerator.length - 1);
    for (const ratio of [lower, upper]) {
      const gaps = numerator.map((value, i) => value - ratio * denominator[i]!);
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / (gaps.length - 1);
      expect(Math.abs(mean) / Math.sqrt(variance / gaps.length)).toBeCloseTo(t, 6);
    }
    expect(lower).toBeLessThan(upper);
  });

  it.each([
    ['one pair', [1], [10]],
    ['nothing', [], []],
    ['a denominator that may be zero', [1, 2, 3], [-1, 2, 0.1]],
    ['that, and a numerator that is surely not', [10, 11, 12], [-1, 2, 0.1]],
    ['zero', [1, 2, 3], [0, 0, 0]],
  ])('does not exist for %s', (_what, numerator, denominator) => {
    const units = { numerator: Float64Array.from(numerator), denominator: Float64Array.from(denominator) };
    expect(fiellerInterval(units, 0.05)).toBeNull();
  });
});
