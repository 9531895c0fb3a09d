import { describe, expect, it } from 'vitest';
import { normalisedWasserstein } from '../../src/statistics/wasserstein.js';
import { expectNear, readVectors } from './vectors.js';

interface TwoSamples<Expected> {
  readonly name: string;
  readonly reference: number[];
  readonly current: number[];
  readonly expected: Expected;
}

const wasserstein = readVectors<TwoSamples<{ normed: number }>>('wasserstein');

describe('the normalised Wasserstein distance', () => {
  it.each(wasserstein.cases)('$name', ({ reference, current, expected }) => {
    const distance = normalisedWasserstein(ascending(reference), ascending(current));
    expectNear(distance ?? Number.NaN, expected.normed, wasserstein.tolerance);
  });

  it('is undefined against a constant', () => {
    expect(normalisedWasserstein(new Float64Array(3), Float64Array.from([1, 2]))).toBeNull();
  });
});

function ascending(values: readonly number[]): Float64Array {
  return Float64Array.from(values).toSorted();
}
