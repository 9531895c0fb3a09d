import { describe, expect, it } from 'vitest';
import { hodgesLehmann } from '../../src/statistics/hodges-lehmann.js';
import { expectNear, readVectors } from './vectors.js';

const vectors = readVectors<
  object,
  { hodges_lehmann: { name: string; d: number[]; expected: { hodges_lehmann_median_walsh: number } }[] }
>('wilcoxon');

describe('the Hodges–Lehmann location', () => {
  it.each(vectors.hodges_lehmann)('$name', ({ d, expected }) => {
    const location = hodgesLehmann(Float64Array.from(d), 1);
    if (location.kind === 'insufficient') throw new Error(location.reason);
    expectNear(location.value, expected.hodges_lehmann_median_walsh, vectors.tolerance);
  });

  it('rests on 5000 of more differences', () => {
    const location = hodgesLehmann(
      Float64Array.from({ length: 20_001 }, (_, i) => i - 10_000),
      1,
    );
    if (location.kind === 'insufficient') throw new Error(location.reason);
    expect(location.count).toBe(5000);
    expect(Math.abs(location.value)).toBeLessThan(400);
    expect(location.value).not.toBe(0);
  });

  it('is nowhere without differences', () => {
    expect(hodgesLehmann(new Float64Array(0), 1).kind).toBe('insufficient');
  });
});
