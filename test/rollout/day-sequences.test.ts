import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayFigures, emptyDay } from '../../src/rollout/day-figures.js';
import {
  dayMeanSequence,
  dayMeans,
  dayShareSequence,
  joinedDays,
  totalOf,
} from '../../src/rollout/day-sequences.js';
import { oneSidedWidth } from '../../src/statistics/asymptotic-sequence.js';
import type { Estimated } from '../../src/statistics/estimate.js';

type Errors = readonly [e: number, h: number];

/** The sums of a day's bookings. */
function dayOf(bookings: readonly Errors[], dayNumber = 0): DayFigures {
  const sum = (of: (e: number, h: number) => number) =>
    bookings.reduce((total, [e, h]) => total + of(e, h), 0);
  return {
    ...emptyDay(dayNumber),
    ...{ asked: bookings.length, settled: bookings.length, e: sum((e) => e), h: sum((_, h) => h) },
    ...{ ee: sum((e) => e * e), hh: sum((_, h) => h * h), eh: sum((e, h) => e * h) },
  };
}

const settledOn = (...counts: readonly number[]) =>
  counts.map((settled, i) => ({ ...emptyDay(i), asked: settled + 1, settled, e: settled }));
const boundsOf = (estimated: Estimated) => {
  if (estimated.kind === 'insufficient') throw new Error(estimated.reason);
  return estimated.bounds;
};

describe('days as values', () => {
  it('have the mean and the spread that their bookings have, for any combination of the two errors', () => {
    const minutes = fc.integer({ min: 0, max: 80 }).map((quarters) => quarters / 4);
    const weight = fc.constantFrom(-3, -1.5, -1, 0, 1, 2, 0.32);
    const bookings = fc.array(fc.tuple(minutes, minutes), { minLength: 10, maxLength: 15 });
    fc.assert(
      fc.property(bookings, weight, weight, (some, e, h) => {
        const values = some.map(([model, heuristic]) => e * model + h * heuristic);
        const mean = values.reduce((total, value) => total + value, 0) / values.length;
        const within = values.reduce((total, value) => total + (value - mean) ** 2, 0);
        expect(dayMeans([dayOf(some)], { e, h })).toEqual([
          { n: values.length, mean: expect.closeTo(mean, 8), within: expect.closeTo(within, 6) },
        ]);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('stand alone from ten settled bookings on; fewer join the next day, and wait where there is none', () => {
    const days = settledOn(10, 9, 1, 4, 3, 12, 9);
    expect(joinedDays(days).map(({ dayNumber, settled }) => ({ dayNumber, settled }))).toEqual([
      { dayNumber: 0, settled: 10 },
      { dayNumber: 2, settled: 10 },
      { dayNumber: 5, settled: 19 },
    ]);
    expect(joinedDays(settledOn(9))).toEqual([]);
    expect(joinedDays(settledOn(0, 0, 9, 0, 1))).toEqual([
      { ...emptyDay(4), ...totalOf(settledOn(0, 0, 9, 0, 1)) },
    ]);
  });

  it('count for nothing where nothing was asked, in every sum', () => {
    const zeros = Object.fromEntries(Object.keys(totalOf([])).map((name) => [name, 0]));
    expect(totalOf([])).toEqual(zeros);
    expect(totalOf([emptyDay(3), emptyDay(4)])).toEqual(zeros);
    expect(emptyDay(3)).toEqual({ ...zeros, dayNumber: 3 });
  });

  it('vary at least as much as so many single bookings would', () => {
    // The day means are equal, so all that is known of their spread comes from the bookings: off by a minute either way.
    const counts = [10, 20, 30, 40, 50];
    const days = counts.map((count) =>
      dayOf(Array.from({ length: count }, (_, i): Errors => [i % 2 === 0 ? 1 : 3, 4])),
    );
    // 150 squares of 150 bookings less a mean a day.
    const variances = counts.map((count) => 150 / 145 / count);
    const deviation = Math.sqrt(variances.reduce((total, one) => total + one, 0) / counts.length);
    const width = oneSidedWidth(5, 0.05, 10) * deviation;
    const { lower, upper } = boundsOf(dayMeanSequence(days, { e: 1, h: 0 }));
    expect([lower, upper]).toEqual([expect.closeTo(2 - width, 10), expect.closeTo(2 + width, 10)]);
  });

  it('of a share vary as coins of that share would', () => {
    const days = settledOn(10, 20, 10, 20, 10).map((one) => ({ ...one, foreseen: one.settled * 0.3 }));
    const variance = (70 * 0.3 * 0.7) / 65;
    const deviation = Math.sqrt((variance * (3 / 10 + 2 / 20)) / 5);
    const { lower, upper } = boundsOf(dayShareSequence(days, ({ foreseen }) => foreseen));
    const width = oneSidedWidth(5, 0.05, 10) * deviation;
    expect([lower, upper]).toEqual([expect.closeTo(0.3 - width, 10), expect.closeTo(0.3 + width, 10)]);
  });

  it('say nothing before the fifth', () => {
    expect(dayMeanSequence(settledOn(10, 10, 10, 10, 9), { e: 1, h: 0 })).toEqual({
      ...{ kind: 'insufficient', reason: '4 of at least 5 days with 10 settled bookings' },
    });
  });
});
