import { expect, test } from 'vitest';
import { reservoir } from '../../src/statistics/reservoir.js';

function chosen(from: number, most: number, seed: number): number[] {
  const some = reservoir<number>(most, seed);
  for (let i = 0; i < from; i += 1) some.add(i);
  return some.items();
}

test('keeps everything while it fits', () => {
  expect(chosen(5, 5, 1)).toEqual([0, 1, 2, 3, 4]);
  expect(chosen(0, 5, 1)).toEqual([]);
});

test('keeps the order and the size, and the same by the same seed', () => {
  const some = chosen(1000, 100, 1);
  expect(new Set(some).size).toBe(100);
  expect(some).toEqual([...some].sort((a, b) => a - b));
  expect(chosen(1000, 100, 1)).toEqual(some);
  expect(chosen(1000, 100, 2)).not.toEqual(some);
});

test('prefers no stretch of what passes', () => {
  for (const seed of [1, 2, 3]) {
    const tenths = new Array<number>(10).fill(0);
    for (const i of chosen(20_000, 2000, seed)) tenths[Math.floor(i / 2000)]! += 1;
    // 200 expected of each, with a standard deviation of 13.
    expect(Math.min(...tenths)).toBeGreaterThan(150);
    expect(Math.max(...tenths)).toBeLessThan(250);
  }
});
