import { describe, expect, it } from 'vitest';
import {
  adaptedAlpha,
  conformalInterval,
  conformalQuantile,
  normalisedScores,
} from '../../src/statistics/conformal.js';
import { seededUniforms } from '../../src/statistics/random.js';
import { expectNear, readVectors } from './vectors.js';

interface Case {
  readonly kind: 'split' | 'cqr' | 'normalized';
  readonly alpha: number;
  readonly scores: number[];
  readonly pred: number[];
  readonly sigma: number[];
  readonly y: number[];
  readonly expected: { q: number; scores: number[] };
}

const vectors = readVectors<Case>('conformal');

describe('split conformal prediction', () => {
  it.each(vectors.cases.filter(({ kind }) => kind === 'split'))(
    'at $alpha',
    ({ scores, alpha, expected }) => {
      const quantile = conformalQuantile(Float64Array.from(scores).toSorted(), alpha);
      expectNear(quantile, expected.q, vectors.tolerance);
    },
  );

  it.each(vectors.cases.filter(({ kind }) => kind === 'normalized'))('normalised', (one) => {
    const columns = [one.pred, one.y, one.sigma].map((values) => Float64Array.from(values));
    const scores = normalisedScores(columns[0]!, columns[1]!, columns[2]!);
    expectNear([...scores], one.expected.scores, vectors.tolerance);
    expectNear(conformalQuantile(scores.toSorted(), one.alpha), one.expected.q, vectors.tolerance);
  });

  it('is unbounded with too few scores, and takes the n-th smallest of exactly enough', () => {
    const nine = Float64Array.from({ length: 9 }, (_, i) => i + 1);
    expect(conformalQuantile(nine, 0.1)).toBe(9);
    expect(conformalQuantile(nine.subarray(1), 0.1)).toBe(Number.POSITIVE_INFINITY);
    expect(conformalInterval(5, 2, 1.5)).toEqual({ lower: 2, upper: 8 });
  });
});

describe('adaptive conformal inference', () => {
  it('keeps coverage after the errors have doubled', () => {
    const uniform = seededUniforms(8);
    const scores = Float64Array.from({ length: 500 }, uniform).toSorted();
    let [alpha, covered] = [0.1, 0];
    for (let i = 0; i < 4000; i++) {
      const quantile = alpha <= 0 ? Number.POSITIVE_INFINITY : conformalQuantile(scores, Math.min(1, alpha));
      const hit = 2 * uniform() <= quantile;
      if (hit) covered++;
      alpha = adaptedAlpha(alpha, 0.1, hit, 0.01);
    }
    expect(covered / 4000).toBeGreaterThan(0.88);
    expect(covered / 4000).toBeLessThan(0.92);
  });
});
