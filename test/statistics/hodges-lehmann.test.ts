import { describe, expect, it } from 'vitest';
import { hodgesLehmann } from '../../src/statistics/hodges-lehmann.js';
import { seededUniforms } from '../../src/statistics/random.js';
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
    const differences = Float64Array.from({ length: 20_001 }, (_, i) => i - 10_000);
    const location = hodgesLehmann(differences, 1);
    if (location.kind === 'insufficient') throw new Error(location.reason);
    expect(location.count).toBe(5000);
    expect(Math.abs(location.value)).toBeLessThan(400);
    expect(location.value).not.toBe(0);
    expect(differences.every((value, i) => value === i - 10_000)).toBe(true);
  });

  it('is nowhere without differences', () => {
    expect(hodgesLehmann(new Float64Array(0), 1)).toEqual({
      kind: 'insufficient',
      reason: 'there are no differences',
    });
  });

  it.each([
    [[3], 3],
    // The means of 1 and 4: 1, 2.5, 4.
    [[4, 1], 2.5],
    // Those of 0, 1 and 5: 0, 0.5, 1, 2.5, 3, 5; the middle two are 1 and 2.5.
    [[5, 0, 1], 1.75],
    // Of 10 means of 0, 0, 0 and 8, six are 0.
    [[0, 0, 8, 0], 0],
    // Those of 0, 0, 3 and 8 in order: 0, 0, 0, 1.5, 1.5, 3, 4, 4, 5.5, 8.
    [[8, 0, 3, 0], 2.25],
  ])('of %j is %d', (differences, value) => {
    const location = hodgesLehmann(Float64Array.from(differences), 1);
    expect(location).toEqual({ kind: 'located', value, count: differences.length });
  });

  it('is the middle of all means of pairs', () => {
    const uniform = seededUniforms(4);
    for (let count = 1; count <= 12; count += 1) {
      const differences = Float64Array.from({ length: count }, () => Math.round(40 * uniform()) - 20);
      const means = [...differences].flatMap((a, i) => [...differences.slice(i)].map((b) => (a + b) / 2));
      const ordered = means.sort((a, b) => a - b);
      const value = (ordered[Math.floor((ordered.length - 1) / 2)]! + ordered[ordered.length >> 1]!) / 2;
      expect(hodgesLehmann(differences, 1)).toEqual({ kind: 'located', value, count });
    }
  });
});
