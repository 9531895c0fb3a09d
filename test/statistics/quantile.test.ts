import { describe, expect, it } from 'vitest';
import { quantileEstimate, quantileOfSorted } from '../../src/statistics/quantile.js';
import { seededUniforms } from '../../src/statistics/random.js';
import { expectNear, readVectors } from './vectors.js';

const vectors = readVectors<{ name: string; x: number[]; q: number[]; expected: { linear: number[] } }>(
  'quantiles',
);

describe('type-7 quantiles', () => {
  it.each(vectors.cases)('$name', ({ x, q, expected }) => {
    const sorted = Float64Array.from(x).toSorted();
    expectNear(
      q.map((p) => quantileOfSorted(sorted, p)),
      expected.linear,
      vectors.tolerance,
    );
  });
});

describe('distribution-free bounds', () => {
  it('are the textbook ranks: of 100 values, the 90th and the 99th bound the 95 % quantile', () => {
    const estimate = quantileEstimate(Float64Array.from({ length: 100 }, (_, i) => i + 1).reverse(), 0.95);
    expect(estimate).toMatchObject({ value: expect.closeTo(95.05, 9), bounds: { lower: 91, upper: 99 } });
  });

  it('are infinite where no value is extreme enough', () => {
    const estimate = quantileEstimate(Float64Array.from([3, 1, 2]), 0.95);
    expect(estimate).toMatchObject({ bounds: { upper: Number.POSITIVE_INFINITY } });
    expect(quantileEstimate(Float64Array.from([3]), 0.95)).toMatchObject({ kind: 'insufficient' });
  });

  it('each exclude the true quantile in at most 5 % of samples', () => {
    const uniform = seededUniforms(2);
    let [below, above] = [0, 0];
    for (let sample = 0; sample < 1000; sample++) {
      const estimate = quantileEstimate(Float64Array.from({ length: 200 }, uniform), 0.95);
      if (estimate.kind === 'insufficient') throw new Error(estimate.reason);
      if (estimate.bounds.upper < 0.95) below++;
      if (estimate.bounds.lower > 0.95) above++;
    }
    expect(below / 1000).toBeLessThan(0.065);
    expect(above / 1000).toBeLessThan(0.065);
    expect(below + above).toBeGreaterThan(0);
  });
});
