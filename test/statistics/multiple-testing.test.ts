import { describe, expect, it } from 'vitest';
import { benjaminiHochbergAdjusted, holmAdjusted } from '../../src/statistics/multiple-testing.js';
import { expectNear, readVectors } from './vectors.js';

const vectors = readVectors<{
  p: number[];
  expected: { holm: { adjusted: number[] }; fdr_bh: { adjusted: number[] } };
}>('multiple_testing');

describe('adjusted p-values', () => {
  it.each(vectors.cases)('of $p', ({ p, expected }) => {
    expectNear(holmAdjusted(p), expected.holm.adjusted, vectors.tolerance);
    expectNear(benjaminiHochbergAdjusted(p), expected.fdr_bh.adjusted, vectors.tolerance);
  });

  it('of none are none', () => {
    expect([holmAdjusted([]), benjaminiHochbergAdjusted([])]).toEqual([[], []]);
  });
});
