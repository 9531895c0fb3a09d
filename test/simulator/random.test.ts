import { describe, expect, it } from 'vitest';
import { type Random, randomStream, rounded } from '../../src/simulator/random.js';

const COUNT = 50_000;

function draws(draw: () => number): number[] {
  return Array.from({ length: COUNT }, draw);
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function correlation(a: Random, b: Random): number {
  return mean(draws(() => a.normal() * b.normal()));
}

describe('randomStream', () => {
  it('repeats itself for one seed and stream', () => {
    const first = randomStream(9, 'weather');
    const again = randomStream(9, 'weather');
    expect(draws(first.normal)).toEqual(draws(again.normal));
  });

  it('keeps its promise: these draws must never change', () => {
    const { uniform } = randomStream(1, 'bookings');
    expect([uniform(), uniform(), uniform()]).toMatchInlineSnapshot(`
      [
        0.0383994250833275,
        0.8718248658615496,
        0.1467402924726514,
      ]
    `);
  });

  it('gives neighbouring seeds, and the streams of one seed, nothing in common', () => {
    // 5 standard errors of a correlation of independent draws.
    const limit = 5 / Math.sqrt(COUNT);
    expect(Math.abs(correlation(randomStream(1, 'weather'), randomStream(2, 'weather')))).toBeLessThan(limit);
    expect(Math.abs(correlation(randomStream(1, 'weather'), randomStream(1, 'demand')))).toBeLessThan(limit);
    const firsts = Array.from({ length: 2000 }, (_, seed) => randomStream(seed, 'fleet').uniform());
    expect(mean(firsts)).toBeCloseTo(0.5, 1);
    expect(new Set(firsts).size).toBe(2000);
  });

  it('draws from the distributions it names', () => {
    const random = randomStream(5, 'outcomes');
    const normal = draws(random.normal);
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((x) => x * x))).toBeCloseTo(1, 1);
    expect(mean(normal.map((x) => (Math.abs(x) > 1.959964 ? 1 : 0)))).toBeCloseTo(0.05, 2);
    expect(mean(draws(random.exponential))).toBeCloseTo(1, 1);
    expect(mean(draws(() => (random.chance(0.3) ? 1 : 0)))).toBeCloseTo(0.3, 1);
    const below = draws(() => random.below(4));
    expect([...new Set(below)].sort()).toEqual([0, 1, 2, 3]);
  });
});

describe('rounded', () => {
  it('rounds to decimals and has no −0', () => {
    expect(rounded(1.2345, 2)).toBe(1.23);
    expect(Object.is(rounded(-0.001, 2), 0)).toBe(true);
  });
});
