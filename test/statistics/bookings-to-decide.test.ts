import { describe, expect, it } from 'vitest';
import { rateEstimate } from '../../src/statistics/binomial.js';
import { bookingsToDecide, valuesForQuantileBound } from '../../src/statistics/bookings-to-decide.js';
import type { Estimate } from '../../src/statistics/estimate.js';
import { decideGate } from '../../src/statistics/gate.js';
import { quantileEstimate } from '../../src/statistics/quantile.js';

const mean = (value: number, margin: number): Estimate => ({
  kind: 'estimated',
  value,
  interval: { lower: value - margin, upper: value + margin },
  bounds: { lower: value - margin, upper: value + margin },
  method: 'cluster-robust',
});

describe('the bookings that decide a gate', () => {
  it('grow with the square of the bound over the distance', () => {
    const target = { direction: 'below', value: 0 } as const;
    // ((1.6449 + 0.8416) / 1.6449)² = 2.285 times as many where the bound lies on the target.
    expect(bookingsToDecide(100, mean(-1, 1), target)).toBe(229);
    expect(bookingsToDecide(100, mean(-1, 2), target)).toBe(915);
    expect(bookingsToDecide(100, mean(0, 1), target)).toBe(null);
    expect(bookingsToDecide(100, mean(-1, Number.POSITIVE_INFINITY), target)).toBe(null);
  });

  it('are exact where nothing ever failed', () => {
    const target = { direction: 'below', value: 0.2 } as const;
    const none = rateEstimate(0, 5);
    if (none.kind === 'insufficient') throw new Error(none.reason);
    const needed = bookingsToDecide(5, none, target)!;
    expect(needed).toBe(14);
    expect(decideGate('', rateEstimate(0, needed), target).result).toBe('pass');
    expect(decideGate('', rateEstimate(0, needed - 1), target).result).toBe('insufficient');
  });

  it('of a quantile are as many as give it a bound', () => {
    const values = (count: number) => Float64Array.from({ length: count }, (_, i) => i);
    const needed = valuesForQuantileBound(0.95);
    const [enough, few] = [needed, needed - 1].map((count) => quantileEstimate(values(count), 0.95));
    if (enough?.kind !== 'estimated' || few?.kind !== 'estimated') throw new Error('no estimate');
    expect(Number.isFinite(enough.bounds.upper)).toBe(true);
    expect(Number.isFinite(few.bounds.upper)).toBe(false);
  });
});
