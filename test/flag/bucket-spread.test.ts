import { describe, expect, it } from 'vitest';
import { BUCKETS, bucketOf } from '../../src/flag/bucket.js';

describe('bucketOf', () => {
  it('spreads a million keys evenly (chi-square below its 99.99 % quantile)', () => {
    const counts = countBuckets('ml-delay-prediction', 1_000_000, 1000);
    expect(chiSquare(counts)).toBeLessThan(1175);
  });

  it('is independent of another salt', () => {
    const counts = new Array<number>(100).fill(0);
    for (let i = 0; i < 1_000_000; i++) {
      const first = Math.floor(bucketOf('first', `booking-${i}`) / 1000);
      const second = Math.floor(bucketOf('second', `booking-${i}`) / 1000);
      counts[first * 10 + second]!++;
    }
    expect(chiSquare(counts)).toBeLessThan(161);
  });
});

function countBuckets(salt: string, keys: number, cells: number): number[] {
  const counts = new Array<number>(cells).fill(0);
  for (let i = 0; i < keys; i++) counts[Math.floor((bucketOf(salt, `booking-${i}`) * cells) / BUCKETS)]!++;
  return counts;
}

function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
