import { describe, expect, it } from 'vitest';
import { estimateRatio } from '../../src/statistics/widest.js';

describe('a ratio without a usable interval', () => {
  it('has fewer than 8 bookings', () => {
    const units = {
      numerator: Float64Array.of(1, 2, 3, 4, 3, 2, 1),
      denominator: Float64Array.of(2, 3, 4, 5, 4, 3, 2),
    };
    expect(estimateRatio(units, [], { seed: 1 })).toMatchObject({
      kind: 'insufficient',
      reason: 'an interval needs at least 8 bookings, not 7',
    });
  });

  it('along one dimension that counts is without any', () => {
    // One of ten days carries the whole denominator: many resamples of days miss it, few of bookings do.
    const ids = Int32Array.from({ length: 200 }, (_, i) => Math.floor(i / 20));
    const units = {
      numerator: Float64Array.from(ids, (_, i) => 1 + (i % 7)),
      denominator: Float64Array.from(ids, (id) => (id === 3 ? 1 : 0)),
    };
    const estimate = estimateRatio(units, [{ name: 'day', ids }], { seed: 1, replicates: 300 });
    expect(estimate.dimensions[0]?.estimate.kind).toBe('estimated');
    expect(estimate).toMatchObject({
      kind: 'insufficient',
      reason: 'by day: the denominator sums to zero in some resamples',
    });
  });
});
