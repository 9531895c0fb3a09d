import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import { localTime } from '../../src/booking/local-time.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import { assess, IS_IT_BETTER } from '../../src/replay/assess.js';
import { mergeReplays } from '../../src/replay/merge.js';
import { picture } from '../../src/replay/picture.js';
import { type Replay, replay } from '../../src/replay/replay.js';
import { packReplay, unpackReplay } from '../../src/spread/part-result.js';
import { booking } from './booking.js';
import { ALL, modelOf, stream } from './rides.js';

const model = modelOf((km) => (km > 9.9 ? Number.NaN : 1.7 + km * 0.9));
/** Stands still: what the predictions took is the one thing that differs from run to run. */
const clock = { nowMs: () => 0, monotonicMs: () => 0 };
const ARMS = { model, heuristic: DEFAULT_HEURISTIC, clock };

const anyBooking = fc
  .record({
    at: fc.option(fc.integer({ min: 0, max: 40 * 24 }), { freq: 9 }),
    driver: fc.option(fc.integer({ min: 1, max: 14 }), { freq: 10 }),
    km: fc.double({ min: 0.2, max: 10, noNaN: true }),
    delay: fc.option(fc.double({ min: -190, max: 190, noNaN: true }), { freq: 9 }),
    urgent: fc.boolean(),
    actedOn: fc.constantFrom(null, false, true),
    variant: fc.constantFrom(null, 'model' as const, 'control' as const),
  })
  .map(({ at, driver, km, delay, urgent, actedOn, variant }): Omit<Booking, 'id'> => {
    const scheduled = at === null ? null : localTime(Date.UTC(2026, 2, 1, at), 'Europe/Zurich');
    const { id: _, ...rest } = booking({
      ...{ scheduled, driverId: driver === null ? null : String(driver), distanceMeters: km * 1000 },
      ...{ actualDelayMinutes: delay, isUrgent: urgent, exposure: { actedOn, variant } },
    });
    return rest;
  });

const someBookings = fc
  .array(anyBooking, { minLength: 1, maxLength: 150 })
  .map((all) => all.map((one, i): Booking => ({ ...one, id: String(i) })));

function summed(bookings: readonly Booking[]): Promise<Replay> {
  return replay(stream(bookings), ARMS, { ...ALL, summed: true });
}

/** What a person gets to see, and what a report draws. */
function shown(replayed: Replay): string {
  return JSON.stringify([assess(replayed, model.manifest, 1, IS_IT_BETTER), picture(replayed)]);
}

describe('the sums of parts', () => {
  it('merge into the same document to the last digit, however the bookings are parted and in whatever order', () =>
    fc.assert(
      fc.asyncProperty(
        someBookings,
        fc.array(fc.nat(6), { minLength: 150, maxLength: 150 }),
        fc.array(fc.double({ noNaN: true }), { minLength: 150, maxLength: 150 }),
        async (bookings, partOf, places) => {
          const shuffled = bookings
            .map((one, i) => ({ one, i }))
            .sort((a, b) => places[a.i]! - places[b.i]!)
            .map(({ one }) => one);
          const parts: Replay[] = [];
          for (let part = 6; part >= 0; part -= 1) {
            const some = shuffled.filter(({ id }) => partOf[Number(id)] === part);
            parts.push(unpackReplay(packReplay(await summed(some))));
          }
          expect(shown(mergeReplays(parts))).toBe(shown(mergeReplays([await summed(bookings)])));
        },
      ),
      { numRuns: 80 },
    ));

  it('are the same after they were packed and unpacked', () =>
    fc.assert(
      fc.asyncProperty(someBookings, async (bookings) => {
        const replayed = await summed(bookings);
        const back = unpackReplay(packReplay(replayed));
        expect(shown(mergeReplays([back]))).toBe(shown(mergeReplays([replayed])));
        expect(packReplay(back)).toBe(packReplay(replayed));
      }),
      { numRuns: 20 },
    ));

  it('merge alike where bookings that dispatch acted on have no time, and each is a day of its own', async () => {
    const bookings = Array.from({ length: 120 }, (_, i) =>
      booking({
        ...{
          id: String(i),
          scheduled: null,
          actualDelayMinutes: Math.sqrt(i) * 1.7,
          distanceMeters: 100 * (i % 90),
        },
        exposure: { actedOn: true, variant: i % 2 === 0 ? 'model' : 'control' },
      }),
    );
    const whole = shown(mergeReplays([await summed(bookings)]));
    expect(JSON.parse(whole)[0].actedOn.improvement).not.toBe(null);
    for (let cut = 10; cut < 120; cut += 10) {
      const parts = await Promise.all([summed(bookings.slice(cut)), summed(bookings.slice(0, cut))]);
      expect(shown(mergeReplays(parts))).toBe(whole);
    }
  });

  it('have no failures of a process that stood still, whose time is told all the same', async () => {
    let nowMs = 0;
    const slow = { nowMs: () => 0, monotonicMs: () => (nowMs += 5000) };
    const bookings = [booking({ id: '1' }), booking({ id: '2' })];
    const asked = (summed: boolean) => replay(stream(bookings), { ...ARMS, clock: slow }, { ...ALL, summed });
    expect(await asked(false)).toMatchObject({ failures: 2 });
    const replayed = await asked(true);
    expect([replayed.failures, replayed.latenciesMs.every((ms) => ms >= 5000)]).toEqual([0, true]);
  });

  it('name drivers by hashes only', async () => {
    const replayed = await summed([booking({ id: '1', driverId: 'Anna Muster' })]);
    expect(JSON.stringify(replayed)).not.toContain('Anna');
    expect(replayed.drivers).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  });
});
