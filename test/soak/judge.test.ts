import { describe, expect, it } from 'vitest';
import { AFTERMATH_MS, growthOf, inexcusable, medianSlope, type Sample } from './judge.js';

const sample = (minutes: number, megabytes: number): Sample => ({
  ...{ minutes, rssBytes: megabytes * 2 ** 20, heapBytes: 2 ** 20, externalBytes: 0 },
  ...{ handles: 10, files: 30, loopP99Ms: 1, loopMaxMs: 2 },
});

describe('growth', () => {
  it('is the slope, whatever a few points do', () => {
    const points = Array.from({ length: 20 }, (_, x) => [x, 5 + 2 * x] as const);
    expect(medianSlope(points)).toBeCloseTo(2);
    expect(medianSlope(points.map(([x, y]) => [x, x % 7 === 3 ? 1000 : y]))).toBeCloseTo(2, 0);
    expect(medianSlope([[1, 5]])).toBe(0);
  });

  it('leaves out the first third, and shows a leak', () => {
    const warmingUp = Array.from({ length: 30 }, (_, i) => sample(i, i < 10 ? 100 + 20 * i : 300));
    expect(growthOf(warmingUp)).toEqual({ rssMegabytes: 0, heapMegabytes: 0, files: 0, handles: 0 });
    const leaking = warmingUp.map((one) => ({ ...one, rssBytes: one.rssBytes + one.minutes * 3 * 2 ** 20 }));
    expect(growthOf(leaking).rssMegabytes).toBeCloseTo(3);
  });
});

describe('an answer that is none', () => {
  const postgres = { name: 'Postgres killed', fromMs: 1000, untilMs: 5000, hurtsStores: true };
  const weather = { name: 'weather hangs', fromMs: 100_000, untilMs: 105_000, hurtsStores: false };
  const read = { atMs: 3000, route: '/api/history?limit=50', status: 503, text: '' };
  const judged = (changes: Partial<typeof read>) =>
    inexcusable([{ ...read, ...changes }], [postgres, weather]).length;

  it('is excused while a store is away and for a while after', () => {
    expect(judged({})).toBe(0);
    expect(judged({ status: 0 })).toBe(0);
    expect(judged({ atMs: 5000 + AFTERMATH_MS })).toBe(0);
    expect(judged({ atMs: 5001 + AFTERMATH_MS })).toBe(1);
    expect(judged({ atMs: 999 })).toBe(1);
  });

  it('is not excused by the weather, nor a bug or a booking by anything', () => {
    expect(judged({ atMs: 101_000 })).toBe(1);
    expect(judged({ status: 500 })).toBe(1);
    expect(judged({ status: 400 })).toBe(1);
    expect(judged({ route: '/api/predictions' })).toBe(1);
  });
});
