import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangesOf, wholeMinutes } from '../../src/ledger/spans.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('the spans of a window', () => {
  it('are all of it once, in order, and few', () => {
    const minutes = fc.integer({ min: -2_000_000, max: 40_000_000 });
    fc.assert(
      fc.property(minutes, fc.integer({ min: 0, max: 60 * 24 * 40 }), (from, length) => {
        const ranges = rangesOf(from * MINUTE_MS, (from + length) * MINUTE_MS);
        let reached = from * MINUTE_MS;
        for (const { spanMs, fromMs, untilMs } of ranges) {
          expect(fromMs).toBe(reached);
          expect(fromMs % spanMs).toBeCloseTo(0);
          reached = untilMs;
        }
        expect(reached).toBe(length === 0 ? from * MINUTE_MS : (from + length) * MINUTE_MS);
        const rows = ranges.reduce(
          (sum, { spanMs, fromMs, untilMs }) => sum + (untilMs - fromMs) / spanMs,
          0,
        );
        expect(rows).toBeLessThanOrEqual(40 + 2 * 23 + 2 * 59);
      }),
      { seed: 20261122 },
    );
  });

  it('widen to whole minutes, and to all of time', () => {
    expect(wholeMinutes(59_999, 60_001)).toEqual({ fromMs: 0, untilMs: 120_000 });
    expect(wholeMinutes(60_000, 120_000)).toEqual({ fromMs: 60_000, untilMs: 120_000 });
    const all = wholeMinutes(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    expect(all.untilMs).toBeGreaterThan(100_000_000 * DAY_MS - 1);
    expect(rangesOf(all.fromMs, all.untilMs)).toHaveLength(1);
  });
});
