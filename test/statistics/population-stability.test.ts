import { describe, expect, it } from 'vitest';
import {
  driftThreshold,
  indexOfCounts,
  populationStability,
  stabilityIndex,
} from '../../src/statistics/population-stability.js';
import { seededUniforms } from '../../src/statistics/random.js';
import { expectNear, readVectors } from './vectors.js';

interface TwoSamples<Expected> {
  readonly name: string;
  readonly reference: number[];
  readonly current: number[];
  readonly expected: Expected;
}

type Deciles = TwoSamples<{ deciles: { psi: number; ref_counts: number[] } }>;

interface Counts {
  readonly name: string;
  readonly ref_counts: number[];
  readonly cur_counts: number[];
  readonly expected: { psi: number };
}

const psi = readVectors<Deciles | Counts>('psi_js');
const nullQuantiles = readVectors<{ n_ref: number; m: number; bins: number; q95: number; q99: number }>(
  'psi_null_quantiles',
);

describe('the population stability index', () => {
  it.each(psi.cases.filter((one) => 'reference' in one))('$name', ({ reference, current, expected }) => {
    const { index, bins } = stabilityIndex(ascending(reference), ascending(current));
    expectNear(index, expected.deciles.psi, psi.tolerance);
    expect(bins).toBe(expected.deciles.ref_counts.length);
  });

  it.each(psi.cases.filter((one) => 'ref_counts' in one))('$name', ({ ref_counts, cur_counts, expected }) => {
    expectNear(indexOfCounts(ref_counts, cur_counts), expected.psi, psi.tolerance);
  });

  it.each(nullQuantiles.cases.filter(({ m }) => m >= 100))(
    'has a threshold that chance passes in about 1 % of comparisons of $n_ref and $m',
    ({ n_ref, m, bins, q95, q99 }) => {
      const threshold = driftThreshold(n_ref, m, bins);
      expect(threshold).toBeGreaterThan(q95);
      // The chi-square approximation is 5 % short of the simulated quantile at 200.
      if (q99 > 0.1) expect(Math.abs(threshold / q99 - 1)).toBeLessThan(0.06);
      else expect(threshold).toBe(0.1);
    },
  );

  it('is refused below 100 bookings and for a constant', () => {
    const hundred = Float64Array.from({ length: 100 }, (_, i) => i);
    expect(populationStability(hundred, hundred)).toMatchObject({ kind: 'compared', index: 0, bins: 10 });
    expect(populationStability(hundred, hundred.subarray(1)).kind).toBe('insufficient');
    expect(populationStability(new Float64Array(100), hundred)).toMatchObject({ kind: 'compared', bins: 2 });
  });

  it('finds what has moved and seldom what has not', () => {
    const uniform = seededUniforms(6);
    const draw = (size: number, from: number): Float64Array =>
      Float64Array.from({ length: size }, () => from + uniform()).toSorted();
    const alarmed = (from: number): boolean => {
      const compared = populationStability(draw(2000, 0), draw(200, from));
      return compared.kind === 'compared' && compared.index > compared.threshold;
    };
    expect(Array.from({ length: 200 }, () => alarmed(0)).filter(Boolean).length).toBeLessThanOrEqual(8);
    expect(alarmed(0.3)).toBe(true);
  });
});

function ascending(values: readonly number[]): Float64Array {
  return Float64Array.from(values).toSorted();
}
