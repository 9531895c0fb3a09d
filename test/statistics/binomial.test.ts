import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialTail, rateEstimate } from '../../src/statistics/binomial.js';
import { expectNear, readVectors } from './vectors.js';

const vectors = readVectors<{
  k: number;
  n: number;
  expected: { beta: number[]; 'p_exact_greater_than_0.2': number };
}>('binomial_ci');

describe('the Clopper–Pearson interval', () => {
  it.each(vectors.cases)('of $k / $n', ({ k, n, expected }) => {
    const estimate = rateEstimate(k, n);
    if (estimate.kind !== 'estimated') throw new Error(estimate.reason);
    expectNear([estimate.interval.lower, estimate.interval.upper], expected.beta, vectors.tolerance);
    expectNear(binomialTail(k, n, 0.2), expected['p_exact_greater_than_0.2'], vectors.tolerance);
  });

  it('has one-sided bounds that a true rate at the bound reaches with probability 5 %', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const k = Math.round(share * n);
          const estimate = rateEstimate(k, n);
          if (estimate.kind === 'insufficient') throw new Error(estimate.reason);
          const { lower, upper } = estimate.bounds;
          if (k > 0) expect(binomialTail(k, n, lower)).toBeCloseTo(0.05, 8);
          if (k < n) expect(1 - binomialTail(k + 1, n, upper)).toBeCloseTo(0.05, 8);
          expect(lower).toBeLessThanOrEqual(estimate.value);
          expect(upper).toBeGreaterThanOrEqual(estimate.value);
        },
      ),
    );
  });

  it('needs a trial', () => {
    expect(rateEstimate(0, 0)).toMatchObject({ kind: 'insufficient' });
  });
});
