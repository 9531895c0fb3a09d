import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, sketchCountAbove, sketchQuantile } from '../../src/ledger/latency-sketch.js';
import { expectedQuantile } from './oracle.js';

const times = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 });

function sketch(values: readonly number[], into = new Map<number, number>()): Map<number, number> {
  for (const value of values) into.set(bucketOf(value), (into.get(bucketOf(value)) ?? 0) + 1);
  return into;
}

describe('the sketch of latencies', () => {
  it('is within 2 % at every quantile, whatever was counted', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const exact = expectedQuantile(values, share);
        const estimate = sketchQuantile(sketch(values), share) ?? Number.NaN;
        expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(0.02 * exact * (1 + 1e-9));
      }),
      { seed: 20261122 },
    );
  });

  it('counts what is above a value, but for what is within 2 % of it', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0.001, max: 1e6, noNaN: true }), (values, value) => {
        const above = sketchCountAbove(sketch(values), value);
        const beyond = (factor: number) => values.filter((one) => one > factor * value).length;
        expect(above).toBeGreaterThanOrEqual(beyond(1.02 * (1 + 1e-9)));
        expect(above).toBeLessThanOrEqual(beyond(0.98 * (1 - 1e-9)));
      }),
      { seed: 20261122 },
    );
    expect(sketchCountAbove(new Map([[300, -1]]), 1)).toBe(0);
  });

  it('merges by adding counts', () => {
    fc.assert(
      fc.property(times, times, (some, others) => {
        expect(sketch(others, sketch(some))).toEqual(sketch([...some, ...others]));
      }),
      { seed: 20261122 },
    );
  });

  it('knows nothing of nothing, and holds what no clock measures', () => {
    expect(sketchQuantile(new Map(), 0.5)).toBeNull();
    expect(sketchQuantile(new Map([[3, 0]]), 0.5)).toBeNull();
    expect(sketchQuantile(sketch([0, -1]), 0.5)).toBeCloseTo(0.001, 4);
    expect(Number.isFinite(bucketOf(Number.MAX_VALUE))).toBe(true);
  });
});
