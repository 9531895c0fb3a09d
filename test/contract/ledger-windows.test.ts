import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { type DayFigures, emptyDay } from '../../src/rollout/day-figures.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { fillAtRandom } from '../ledger/random-rows.js';
import { MINUTE_MS, outcome, prediction, START_MS } from '../ledger/rows.js';
import {
  expectedAssignments,
  expectedAttempts,
  expectedDay,
  expectedMisses,
} from '../ledger/window-oracle.js';
import type { TestServer } from '../servers/process.js';
import { type Place, postgresPlace, sqlitePlace } from './places.js';

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const [FIRST, LAST] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
const ANY = { dayNumber: 20_605, fromMs: FIRST, untilMs: LAST };
/** Some hours each, of which the first and the last hold nothing. */
const WINDOWS = [-9, -2, 0, 3, 11, 16, 24, 31, 40].map((hour, i, hours) => ({
  dayNumber: 20_600 + i,
  fromMs: START_MS + hour * HOUR_MS + 1,
  untilMs: START_MS + (hours[i + 1] ?? 50) * HOUR_MS + 1,
}));

let postgres: TestServer;
beforeAll(async () => {
  postgres = await startMigratedPostgres();
});
afterAll(async () => await postgres?.remove());

describe.each([
  ['SQLite', sqlitePlace],
  ['Postgres', () => postgresPlace(postgres)],
])('what a rollout asks of the ledger in %s', (_name, makePlace) => {
  let place: Place;
  let ledger: Ledger;

  beforeEach(async () => {
    place = makePlace();
    ledger = await openLedger(place.address);
    return async () => {
      await ledger.close();
      await place.clear();
    };
  });

  const day = async (version: string | null = null) => (await ledger.dayFigures([ANY], version))[0];

  it.each([20261122, 7, 42])('is what the rows say, whatever came in whatever order (%i)', async (seed) => {
    const filled = await fillAtRandom(ledger, seed, 100);
    const { rows } = filled;
    for (const version of [null, '1.0.0', '2.0.0', '3.0.0']) {
      const days = await ledger.dayFigures([...WINDOWS, ANY], version);
      expectDays(
        days,
        [...WINDOWS, ANY].map((window) => expectedDay(filled, window, version)),
      );
      for (const limit of [1, 7, 1000]) {
        for (const fromMs of [FIRST, START_MS + 5 * HOUR_MS, START_MS + 2 * DAY_MS]) {
          expect(await ledger.recentAttempts(fromMs, limit, version)).toEqual(
            expectedAttempts(rows, fromMs, limit, version),
          );
        }
        for (const [fromMs, untilMs] of [
          [FIRST, LAST],
          [START_MS + 3 * HOUR_MS, START_MS + 20 * HOUR_MS],
        ] as const) {
          expect(await ledger.recentMisses(fromMs, untilMs, limit, version)).toEqual(
            expectedMisses(filled, fromMs, untilMs, limit, version),
          );
        }
      }
    }
    for (const [fromMs, revisionFrom] of [
      [FIRST, 0],
      [FIRST, 3],
      [START_MS + 9 * HOUR_MS, 3],
      [FIRST, 5],
    ] as const) {
      expect(await ledger.assignments(fromMs, revisionFrom)).toEqual(
        expectedAssignments(rows, fromMs, revisionFrom),
      );
    }
    // The random rows hold of each what would be counted wrongly.
    const all = expectedDay(filled, ANY, null);
    expect(all.asked).toBeLessThan(rows.filter(({ scheduledMs }) => scheduledMs !== null).length);
    expect(Math.min(all.settled, all.foreseen, all.simulated)).toBeGreaterThan(2);
    const { model, control, both } = expectedAssignments(rows, FIRST, 3);
    expect(Math.min(model, control, both)).toBeGreaterThan(2);
  });

  it('counts a booking once, by its last answer before the pickup', async () => {
    const at = (minutes: number, modelMinutes: number) =>
      prediction({
        requestId: `at ${minutes}`,
        createdMs: START_MS + minutes * MINUTE_MS,
        scheduledMs: START_MS + HOUR_MS,
        modelMinutes,
      });
    await ledger.record([at(0, 50), at(30, 9), at(68, 100)]);
    expect(await day()).toEqual({ ...emptyDay(ANY.dayNumber), asked: 1 });
    await ledger.settle([outcome()], START_MS + 2 * HOUR_MS);
    expect(await day()).toEqual({
      ...{ dayNumber: ANY.dayNumber, asked: 1, settled: 1, e: 2, h: 3, ee: 4, hh: 9, eh: 6 },
      ...{ actual: 7, actualSquares: 49, foreseen: 1, simulated: 0 },
    });
    expect(await ledger.recentMisses(FIRST, LAST, 5, null)).toEqual([false]);
    await ledger.settle([outcome({ actualDelayMinutes: 3.5 })], START_MS + 3 * HOUR_MS);
    expect(await day()).toMatchObject({ e: 5.5, h: 0.5, foreseen: 0 });
    expect(await ledger.recentMisses(FIRST, LAST, 5, null)).toEqual([true]);
  });

  it('puts a booking into the window that its schedule begins in', async () => {
    const edges = [-1, 0, HOUR_MS - 1, HOUR_MS];
    const bookings = edges.map((ms) => `at ${ms}`);
    await ledger.record(
      edges.map((ms, i) =>
        prediction({ requestId: bookings[i]!, bookingId: bookings[i]!, scheduledMs: START_MS + ms }),
      ),
    );
    const outcomes = bookings.map((bookingId) => outcome({ bookingId, actualPickupMs: START_MS + DAY_MS }));
    await ledger.settle(outcomes, START_MS + DAY_MS);
    const window = { dayNumber: 1, fromMs: START_MS, untilMs: START_MS + HOUR_MS };
    const next = { dayNumber: 2, fromMs: START_MS + HOUR_MS, untilMs: START_MS + 2 * HOUR_MS };
    expect(await ledger.dayFigures([window, next], null)).toMatchObject([
      { dayNumber: 1, asked: 2, settled: 2 },
      { dayNumber: 2, asked: 1, settled: 1 },
    ]);
    expect(await ledger.dayFigures([], null)).toEqual([]);
    expect(await ledger.recentMisses(window.fromMs, window.untilMs, 9, null)).toHaveLength(2);
  });

  it('keeps versions apart, by the answer that bears the score', async () => {
    const ofVersion = (modelVersion: string, minutes: number) =>
      prediction({
        requestId: modelVersion,
        ...{ modelVersion, createdMs: START_MS + minutes * MINUTE_MS, scheduledMs: START_MS + HOUR_MS },
      });
    await ledger.record([ofVersion('1', 0), ofVersion('2', 5)]);
    await ledger.settle([outcome()], START_MS + 2 * HOUR_MS);
    expect(await day()).toMatchObject({ asked: 1, settled: 1 });
    expect(await day('1')).toMatchObject({ asked: 1, settled: 0 });
    expect(await day('2')).toMatchObject({ asked: 1, settled: 1 });
    expect(await day('2\0')).toMatchObject({ asked: 1, settled: 1 });
    expect(await day('3')).toEqual(emptyDay(ANY.dayNumber));
    expect(await ledger.recentMisses(FIRST, LAST, 9, '1')).toEqual([]);
  });

  it('takes what a broken model says for an error of a day, and leaves out what is no delay', async () => {
    const ids = ['broken', 'no answer', 'at the limit', 'beyond it'];
    await ledger.record(
      ids.map((id) => prediction({ requestId: id, bookingId: id, heuristicMinutes: 5, simulated: true })),
    );
    await ledger.record([
      prediction({ requestId: 'later', bookingId: 'broken', createdMs: START_MS + 1, modelMinutes: 1e300 }),
      prediction({ requestId: 'none', bookingId: 'no answer', createdMs: START_MS + 1, modelMinutes: null }),
    ]);
    const delays = [5, 6, -180, 180.001];
    const outcomes = ids.map((bookingId, i) =>
      outcome({ bookingId, actualDelayMinutes: delays[i]!, actualPickupMs: START_MS + HOUR_MS }),
    );
    await ledger.settle(outcomes, START_MS + 2 * HOUR_MS);
    expect(await day()).toEqual({
      ...{ dayNumber: ANY.dayNumber, asked: 4, settled: 2, simulated: 4, foreseen: 0 },
      ...{ e: 1440 + 186, h: 1 + 185, ee: 1440 ** 2 + 186 ** 2, hh: 1 + 185 ** 2, eh: 1440 + 186 * 185 },
      ...{ actual: -175, actualSquares: 25 + 180 ** 2 },
    });
    expect(await ledger.recentMisses(FIRST, LAST, 9, null)).toEqual([true, true]);
  });

  it('counts as foreseen what is late for the model alone, and 5 min are not', async () => {
    const cases = [
      ...[
        [6, 6, 5, 1],
        [5, 6, 5, 0],
        [6, 5, 5, 0],
      ],
      ...[
        [6, 6, 5.1, 0],
        [5.1, 5.1, 0, 1],
        [-6, 6, 0, 0],
      ],
    ] as const;
    for (const [i, [actualDelayMinutes, modelMinutes, heuristicMinutes]] of cases.entries()) {
      const bookingId = `${i}`;
      const scheduledMs = START_MS + (i + 1) * HOUR_MS;
      await ledger.record([
        prediction({ requestId: bookingId, bookingId, scheduledMs, modelMinutes, heuristicMinutes }),
      ]);
      await ledger.settle([outcome({ bookingId, actualDelayMinutes })], START_MS);
    }
    const hours = cases.map((_, i) => ({
      ...{ dayNumber: i, fromMs: START_MS + (i + 1) * HOUR_MS, untilMs: START_MS + (i + 2) * HOUR_MS },
    }));
    const days = await ledger.dayFigures(hours, null);
    expect(days.map(({ settled, foreseen }) => [settled, foreseen])).toEqual(
      cases.map(([, , , foreseen]) => [1, foreseen]),
    );
  });

  it('counts assignments by the split alone, and apart what was in both variants', async () => {
    const split = (requestId: string, variant: 'model' | 'control', over = {}) =>
      prediction({ requestId, bookingId: requestId.slice(0, 1), variant, reason: 'SPLIT', ...over });
    expect(await ledger.assignments(FIRST, 0)).toEqual({ model: 0, control: 0, both: 0 });
    await ledger.record([
      ...[split('a1', 'model'), split('a2', 'model'), split('b1', 'control'), split('c1', 'model')],
      ...[split('d1', 'control'), split('d2', 'model'), split('e1', 'control', { reason: 'DISABLED' })],
      ...[
        split('f1', 'control', { revision: 2 }),
        split('f2', 'model'),
        split('g1', 'model', { revision: null }),
      ],
    ]);
    expect(await ledger.assignments(FIRST, 3)).toEqual({ model: 3, control: 1, both: 1 });
    expect(await ledger.assignments(FIRST, 2)).toEqual({ model: 2, control: 1, both: 2 });
    expect(await ledger.assignments(START_MS + 1, 2)).toEqual({ model: 0, control: 0, both: 0 });
  });
});

/** Sums of fractions differ in their last digits by the order in which they are added. */
function expectDays(actual: readonly DayFigures[], expected: readonly DayFigures[]): void {
  const rounded = (days: readonly DayFigures[]) =>
    days.map((one) =>
      Object.fromEntries(Object.entries(one).map(([name, value]) => [name, Math.round(value * 1e6) / 1e6])),
    );
  expect(rounded(actual)).toEqual(rounded(expected));
}
