import { expect, test } from 'vitest';
import { seededDraws, seededResamples, seededUniforms } from '../../src/statistics/random.js';

test('draws are the same for the same seed, and lie between their bounds', () => {
  const taken = (seed: number) => {
    const draws = seededDraws(seed);
    return Array.from({ length: 200 }, () => [draws.uniform(), draws.integer(-1, 2)] as const);
  };
  expect(taken(5)).toEqual(taken(5));
  expect(taken(5)).not.toEqual(taken(6));
  expect(taken(5).every(([uniform]) => uniform >= 0 && uniform < 1)).toBe(true);
  expect(new Set(taken(5).map(([uniform]) => uniform)).size).toBe(200);
  // Both bounds are reached.
  expect(new Set(taken(5).map(([, integer]) => integer))).toEqual(new Set([-1, 0, 1, 2]));
});

test('uniform numbers are spread evenly below 1', () => {
  const uniform = seededUniforms(11);
  const tenths = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i += 1) tenths[Math.floor(10 * uniform())]! += 1;
  // Each holds 1000 on average, give or take 30.
  expect(tenths.every((count) => Math.abs(count - 1000) < 150)).toBe(true);
});

test.each([0, 1, 2, 3])('a resample of %d has as many entries, each an index', (size) => {
  const resample = seededResamples(3);
  const seen = new Set<number>();
  const into = new Uint32Array(size);
  for (let i = 0; i < 50; i += 1) {
    resample(into.fill(99));
    for (const index of into) seen.add(index);
  }
  expect([...seen].sort()).toEqual(Array.from({ length: size }, (_, i) => i));
});
