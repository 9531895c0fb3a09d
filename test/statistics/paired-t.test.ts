import { describe, expect, it } from 'vitest';
import { pairedTTest } from '../../src/statistics/paired-t.js';
import { expectNear, readVectors } from './vectors.js';

const tTest = readVectors<{
  name: string;
  x: number[];
  y: number[];
  alternative: string;
  expected: {
    t: number;
    df: number;
    p: number;
    ci90: number[];
    ci95: number[];
    cohen_dz: number;
    hedges_gz_approx: number;
  };
}>('paired_ttest');

/** The reference's t quantiles are bisected to about nine digits. */
const T_QUANTILE_TOLERANCE = 1e-8;

describe('the paired t-test', () => {
  it.each(tTest.cases)('$name, $alternative', ({ x, y, alternative, expected }) => {
    const test = pairedTTest(Float64Array.from(x, (value, i) => value - y[i]!));
    if (test.kind === 'insufficient') throw new Error(test.reason);
    const { interval, bounds } = test.meanDifference;
    expectNear([test.t, test.degrees], [expected.t, expected.df], tTest.tolerance);
    expectNear([interval.lower, interval.upper], expected.ci95, T_QUANTILE_TOLERANCE);
    expectNear([bounds.lower, bounds.upper], expected.ci90, T_QUANTILE_TOLERANCE);
    expectNear(test.effectSize, expected.cohen_dz, tTest.tolerance);
    expectNear(test.unbiasedEffectSize, expected.hedges_gz_approx, tTest.tolerance);
    if (alternative === 'two-sided') expectNear(test.p, expected.p, tTest.tolerance);
  });

  it.each([[[]], [[1]], [[2, 2, 2]]])('says nothing of %j', (values) => {
    expect(pairedTTest(Float64Array.from(values)).kind).toBe('insufficient');
  });
});
