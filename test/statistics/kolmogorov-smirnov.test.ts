import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnov, kolmogorovTail } from '../../src/statistics/kolmogorov-smirnov.js';
import { expectNear, readVectors } from './vectors.js';

interface TwoSamples<Expected> {
  readonly name: string;
  readonly reference: number[];
  readonly current: number[];
  readonly expected: Expected;
}

const ks =
  readVectors<
    TwoSamples<{ exact: { D: number; p: number }; kolmogorov_series_p: number; stephens_p: number }>
  >('ks_2samp');

describe('the two-sample Kolmogorov–Smirnov test', () => {
  it.each(ks.cases)('$name', ({ reference, current, expected }) => {
    const { distance, p } = kolmogorovSmirnov(ascending(reference), ascending(current));
    expectNear([distance, p], [expected.exact.D, expected.stephens_p], ks.tolerance);
    const size = Math.sqrt((reference.length * current.length) / (reference.length + current.length));
    expectNear(kolmogorovTail(size * distance), expected.kolmogorov_series_p, ks.tolerance);
    expect(Math.abs(p - expected.exact.p)).toBeLessThan(0.01);
  });

  it('finds nothing between equal samples', () => {
    const sample = Float64Array.from([1, 2, 2, 3]);
    expect(kolmogorovSmirnov(sample, sample)).toEqual({ distance: 0, p: 1 });
  });
});

function ascending(values: readonly number[]): Float64Array {
  return Float64Array.from(values).toSorted();
}
