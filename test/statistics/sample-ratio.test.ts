import { describe, expect, it } from 'vitest';
import { logSampleRatioEvidence, sampleRatioP } from '../../src/statistics/sample-ratio.js';
import { expectNear, readVectors } from './vectors.js';

const srm = readVectors<{
  observed: number[];
  weights: number[];
  expected: {
    p: number;
    min_expected: number;
    log_e_dirichlet_conc100: number;
    log_e_dirichlet_conc10000: number;
  };
}>('srm');

describe('the sample ratio', () => {
  it.each(srm.cases)('$observed by $weights', ({ observed, weights, expected }) => {
    const assignment = { observed, shares: weights };
    expectNear(sampleRatioP(assignment), expected.p, srm.tolerance);
    expectNear(logSampleRatioEvidence(assignment, 100), expected.log_e_dirichlet_conc100, srm.tolerance);
    expectNear(logSampleRatioEvidence(assignment, 10_000), expected.log_e_dirichlet_conc10000, srm.tolerance);
  });

  it('is tested exactly when few are expected', () => {
    // Binomial(10, 0.1): 0, 1 and 2 are all likelier than 3, so p is P(≥ 3).
    expect(sampleRatioP({ observed: [3, 7], shares: [0.1, 0.9] })).toBeCloseTo(0.07019, 5);
    expect(sampleRatioP({ observed: [1, 9], shares: [0.1, 0.9] })).toBeCloseTo(1, 9);
  });
});
