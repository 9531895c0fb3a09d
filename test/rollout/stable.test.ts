import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayFigures, emptyDay } from '../../src/rollout/day-figures.js';
import { riseInMae } from '../../src/rollout/stable.js';
import type { Estimate } from '../../src/statistics/estimate.js';

/** Ten bookings of a day that are all off by the same. */
function day(e: number, h: number): DayFigures {
  const products = { ee: 10 * e * e, hh: 10 * h * h, eh: 10 * e * h };
  return { ...emptyDay(0), ...{ asked: 10, settled: 10, e: 10 * e, h: 10 * h }, ...products };
}

const OFFSETS = [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3];
/** A week about this mean, against a heuristic that is always off by 3 min and so tells nothing of a day. */
const week = (mean: number) => OFFSETS.map((offset) => day(mean + offset, 3));
const estimate = (...given: Parameters<typeof riseInMae>) => {
  const rise = riseInMae(...given);
  if (rise.kind === 'insufficient') throw new Error(rise.reason);
  return rise;
};

describe('the rise in MAE', () => {
  it('is a fraction of the MAE before, with the ends of Student’s t on the days of both', () => {
    // 0.2 of 2 min. Both weeks vary by 0.28 in squares: √(0.56 / 12 · 2 / 7) = 0.11547; t(12) is 1.7823 and 2.1788.
    const { kind, value, bounds, interval, method } = estimate(week(2.2), week(2));
    expect([kind, method]).toEqual(['estimated', 'cluster-robust']);
    expect(value).toBeCloseTo(0.1, 10);
    expect([bounds.lower, bounds.upper]).toEqual([expect.closeTo(-0.0029, 4), expect.closeTo(0.2029, 4)]);
    expect([interval.lower, interval.upper]).toEqual([
      ...[expect.closeTo(-0.0258, 4), expect.closeTo(0.2258, 4)],
    ]);
  });

  it('weighs stretches of different length by their days', () => {
    // Nine days before: squares 0.28 + 0.46, of 14 degrees; √(0.74 / 14 · (1 / 7 + 1 / 9)) = 0.115864; t(14) is 1.7613.
    const { value, bounds } = estimate(week(2.2), [...week(2), day(1.7, 3), day(2.3, 3)]);
    expect(value).toBeCloseTo(0.1, 10);
    expect(bounds.upper - value).toBeCloseTo((1.7613 * 0.115864) / 2, 5);
  });

  it('is known from a week and a week on', () => {
    expect(riseInMae(week(2.2), week(2)).kind).toBe('estimated');
    for (const [now, before] of [
      [6, 7],
      [7, 6],
      [6, 6],
      [0, 7],
      [7, 0],
      [0, 0],
    ] as const) {
      expect(riseInMae(week(2.2).slice(0, now), week(2).slice(0, before))).toEqual({
        kind: 'insufficient',
        reason: `${now} days against ${before} before; 7 of each are needed`,
      });
    }
  });

  it('is not known where no day differs from another, or where there was no error to rise from', () => {
    const same = (e: number) => OFFSETS.map(() => day(e, 3));
    expect(riseInMae(same(2.5), same(2))).toEqual({ kind: 'insufficient', reason: 'all days are equal' });
    for (const now of [week(2), same(0)]) {
      expect(riseInMae(now, same(0))).toEqual({
        ...{ kind: 'insufficient', reason: 'the model made no error before' },
      });
    }
    // One of the two stretches that varies is enough.
    expect(riseInMae(week(2), same(2)).kind).toBe('estimated');
    expect(riseInMae(same(2), week(2)).kind).toBe('estimated');
  });

  it('does not move with what the heuristic feels as well, however much of it the model takes on', () => {
    const error = fc.integer({ min: 0, max: 40 }).map((quarters) => quarters / 4);
    const stretch = fc.array(fc.tuple(error, error), { minLength: 7, maxLength: 9 });
    const minutes = (rise: Estimate, before: readonly (readonly [number, number])[], share: number) => {
      const mae = before.reduce((total, [e, h]) => total + e + share * h, 0) / before.length;
      return [rise.value, rise.bounds.lower, rise.bounds.upper].map((end) => end * mae);
    };
    fc.assert(
      fc.property(stretch, stretch, fc.constantFrom(0.5, 1, 2), (now, before, share) => {
        const rise = (taken: number) => {
          const of = (some: typeof now) => some.map(([e, h]) => day(e + taken * h, h));
          return riseInMae(of(now), of(before));
        };
        const [alone, both] = [rise(0), rise(share)];
        fc.pre(alone.kind === 'estimated' && both.kind === 'estimated');
        const expected = minutes(alone as Estimate, before, 0);
        minutes(both as Estimate, before, share).forEach((end, i) => {
          expect(end).toBeCloseTo(expected[i]!, 6);
        });
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});
