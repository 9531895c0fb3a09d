import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger, StoredPrediction } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { expectedAccuracy, expectedQuantile, expectedTraffic } from '../ledger/oracle.js';
import { fillAtRandom } from '../ledger/random-rows.js';
import { MINUTE_MS, outcome, prediction, START_MS } from '../ledger/rows.js';
import type { TestServer } from '../servers/process.js';
import { type Place, postgresPlace, sqlitePlace } from './places.js';

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ALL = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

let postgres: TestServer;
beforeAll(async () => {
  postgres = await startMigratedPostgres();
});
afterAll(async () => await postgres?.remove());

describe.each([
  ['SQLite', sqlitePlace],
  ['Postgres', () => postgresPlace(postgres)],
])('the ledger in %s', (_name, makePlace) => {
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

  const accuracy = async () => (await ledger.metrics(...ALL)).accuracy;
  const stored = async () => (await ledger.predictions(1000, null)).predictions;

  it('keeps every field of an answer', async () => {
    const row = prediction({
      reason: 'SPLIT',
      percentage: 12.5,
      weatherReason: 'no_key',
      driverId: 'driver 7',
      simulated: true,
      answer: '{"predicted_minutes":6}',
    });
    await ledger.record([row]);
    expect(await stored()).toEqual([{ row, actualDelayMinutes: null, settledMs: null }]);
    expect(await ledger.answerOf('request-1')).toBe('{"predicted_minutes":6}');
    expect(await ledger.answerOf('request-2')).toBeNull();
    expect(await ledger.lastRecordedMs()).toBe(START_MS);
  });

  it('takes what a model should not say, and text that Postgres does not', async () => {
    const odd = prediction({
      predictedMinutes: 1e300,
      modelMinutes: Number.NaN,
      confidence: Number.POSITIVE_INFINITY,
      modelName: 'a\0b \ud800',
      predictionTimeMs: 1e300,
    });
    await ledger.record([odd]);
    await ledger.settle([outcome()], START_MS);
    const [found] = await stored();
    expect(found?.row).toMatchObject({ predictedMinutes: 1e300, modelMinutes: null, confidence: null });
    expect((await accuracy()).served.mae).toBe(1440);
    for (const bad of [{ requestId: '' }, { bookingId: 'x'.repeat(513) }, { predictedMinutes: Number.NaN }]) {
      await expect(ledger.record([prediction(bad)])).rejects.toMatchObject({ code: 'BAD_INPUT' });
    }
    const notANumber = ledger.settle([outcome({ actualDelayMinutes: Number.NaN })], START_MS);
    await expect(notANumber).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('writes an answer once, however often it comes', async () => {
    const row = prediction();
    await ledger.record([row, { ...row, predictedMinutes: 99 }]);
    await ledger.record([{ ...row, predictedMinutes: 77 }, prediction({ requestId: 'request-2' })]);
    await ledger.record([]);
    expect((await stored()).map(({ row }) => row.predictedMinutes)).toEqual([6, 6]);
    expect((await ledger.metrics(...ALL)).traffic.requests).toBe(2);
  });

  it('settles, knows, corrects with an audit, and keeps what nobody asked about', async () => {
    await ledger.record([prediction()]);
    const settledMs = START_MS + 2 * HOUR_MS;
    expect(await ledger.settle([outcome(), outcome({ bookingId: 'other' })], settledMs)).toEqual({
      ...{ settled: 2, corrected: 0, unchanged: 0, unpredicted: 1 },
    });
    expect(await ledger.settle([outcome(), outcome({ bookingId: 'other' })], settledMs + 1)).toEqual({
      ...{ settled: 0, corrected: 0, unchanged: 2, unpredicted: 1 },
    });
    expect(await accuracy()).toMatchObject({ settled: 1, unpredicted: 1, model: { mae: 1 } });
    const correctedMs = settledMs + HOUR_MS;
    const correction = outcome({ actualDelayMinutes: 1.5, origin: 'file' });
    expect(await ledger.settle([correction], correctedMs)).toMatchObject({ corrected: 1, settled: 0 });
    expect((await ledger.metrics(settledMs, correctedMs)).accuracy).toMatchObject({
      settled: 0,
      unpredicted: 1,
    });
    const after = await ledger.metrics(correctedMs, correctedMs + 1);
    expect(after.accuracy).toMatchObject({ settled: 1, model: { mae: 4.5, bias: 4.5 } });
    expect(await stored()).toMatchObject([{ actualDelayMinutes: 1.5, settledMs: correctedMs }]);
    const audit = await place.rows('SELECT * FROM atmr_ml.outcome_correction');
    expect(audit).toMatchObject([
      {
        booking_id: 'booking-1',
        origin: 'file',
        actual_minutes: 1.5,
        old_origin: 'api',
        old_actual_minutes: 7,
      },
    ]);
  });

  it('takes several outcomes of a booking in their order', async () => {
    await ledger.record([prediction()]);
    const outcomes = [7, 8, 8, 7].map((actualDelayMinutes) => outcome({ actualDelayMinutes }));
    expect(await ledger.settle(outcomes, START_MS)).toEqual({
      ...{ settled: 1, corrected: 2, unchanged: 1, unpredicted: 0 },
    });
    expect(await accuracy()).toMatchObject({ settled: 1, model: { mae: 1 } });
  });

  it('scores the last answer before the pickup, whenever it arrives', async () => {
    const scheduledMs = START_MS + HOUR_MS;
    const at = (minutes: number, predictedMinutes: number) =>
      prediction({
        requestId: `at ${minutes}`,
        createdMs: START_MS + minutes * MINUTE_MS,
        ...{ scheduledMs, predictedMinutes, modelMinutes: predictedMinutes },
      });
    await ledger.settle([outcome()], START_MS + 3 * HOUR_MS);
    expect(await accuracy()).toMatchObject({ settled: 0, unpredicted: 1 });
    await ledger.record([at(68, 100)]);
    expect(await accuracy()).toMatchObject({ settled: 0, unscored: 1, unpredicted: 0 });
    await ledger.record([at(10, 8)]);
    expect(await accuracy()).toMatchObject({ settled: 1, unscored: 0, served: { mae: 1 } });
    await ledger.record([at(66, 9), at(5, 50)]);
    expect(await accuracy()).toMatchObject({ settled: 1, served: { mae: 2 } });
    // The pickup's time, when it is told, is better than schedule and delay.
    await ledger.settle([outcome({ actualPickupMs: START_MS + 6 * MINUTE_MS })], START_MS + 4 * HOUR_MS);
    expect(await accuracy()).toMatchObject({ settled: 1, served: { mae: 43 } });
    // All its answers show the outcome.
    expect((await stored()).map(({ actualDelayMinutes }) => actualDelayMinutes)).toEqual([7, 7, 7, 7]);
    const scored = await all(ledger.scored(...ALL));
    expect(scored.map(({ row }) => row.requestId)).toEqual(['at 5']);
  });

  it('scores the last answer before the outcome where no time is known', async () => {
    await ledger.record([
      prediction({ scheduledMs: null }),
      prediction({ scheduledMs: null, requestId: 'later', createdMs: START_MS + HOUR_MS }),
    ]);
    await ledger.settle([outcome()], START_MS + 30 * MINUTE_MS);
    expect((await all(ledger.scored(...ALL))).map(({ row }) => row.requestId)).toEqual(['request-1']);
  });

  it('widens windows to whole minutes and cuts them there', async () => {
    const edges = [-1, 0, MINUTE_MS - 1, MINUTE_MS];
    await ledger.record(
      edges.map((ms) =>
        prediction({ requestId: `at ${ms}`, bookingId: `at ${ms}`, createdMs: START_MS + ms }),
      ),
    );
    const requests = async (from: number, until: number) =>
      (await ledger.metrics(START_MS + from, START_MS + until)).traffic.requests;
    expect(await requests(0, MINUTE_MS)).toBe(2);
    expect(await requests(30_000, 30_001)).toBe(2);
    expect(await requests(0, MINUTE_MS + 1)).toBe(3);
    expect(await requests(-1, MINUTE_MS)).toBe(3);
    expect(await requests(0, 0)).toBe(0);
    const { traffic, accuracy, fromMs } = await ledger.metrics(
      START_MS + 2 * HOUR_MS + 1,
      START_MS + 3 * HOUR_MS,
    );
    expect(fromMs).toBe(START_MS + 2 * HOUR_MS);
    expect(traffic).toMatchObject({ requests: 0, avgConfidence: null, predictionTimeMs: null });
    expect(accuracy.model).toEqual({
      ...{ count: 0, mae: null, rmse: null, r2: null, bias: null, accuracyRate: null, missRate: null },
    });
    expect(accuracy.improvement).toBeNull();
  });

  it('knows no R² where what happened never varied', async () => {
    const ids = ['a', 'b', 'c'];
    await ledger.record(ids.map((id) => prediction({ requestId: id, bookingId: id })));
    await ledger.settle(
      ids.map((bookingId) => outcome({ bookingId, actualDelayMinutes: 0.1 })),
      START_MS,
    );
    expect((await accuracy()).model.r2).toBeNull();
  });

  it('says what the rows say, for random answers, outcomes and corrections in any order', async () => {
    const { rows, settled } = await fillAtRandom(ledger, 20261122);
    const windows = [
      [START_MS, START_MS + 10 * DAY_MS],
      [START_MS + 5 * MINUTE_MS, START_MS + 6 * MINUTE_MS],
      [START_MS + 3 * HOUR_MS + 7 * MINUTE_MS, START_MS + DAY_MS + 11 * MINUTE_MS],
      [START_MS - DAY_MS, START_MS + 26 * HOUR_MS],
    ] as const;
    const daily = await ledger.daily(windows.map(([fromMs, untilMs]) => ({ fromMs, untilMs })));
    for (const [i, [fromMs, untilMs]] of windows.entries()) {
      const metrics = await ledger.metrics(fromMs, untilMs);
      expect(daily[i]).toEqual(metrics);
      const { predictionTimeMs, slow, ...traffic } = metrics.traffic;
      expectClose(traffic, expectedTraffic(rows, fromMs, untilMs));
      expectClose(metrics.accuracy, expectedAccuracy(rows, settled, fromMs, untilMs));
      const times = rows
        .filter(({ createdMs }) => createdMs >= fromMs && createdMs < untilMs)
        .map((row) => row.predictionTimeMs)
        .filter((time) => time !== null);
      const p95 = expectedQuantile(times, 0.95);
      if (times.length > 0)
        expect(Math.abs((predictionTimeMs?.p95 ?? 0) - p95)).toBeLessThanOrEqual(0.02 * p95);
      expect(slow).toBeGreaterThanOrEqual(times.filter((time) => time > 1020).length);
      expect(slow).toBeLessThanOrEqual(times.filter((time) => time > 980).length);
    }
    const misses = (await all(ledger.scored(...ALL))).map(({ row, actualDelayMinutes }) =>
      Math.abs(row.predictedMinutes - (actualDelayMinutes ?? 0)),
    );
    for (const [fromMs, threshold] of [
      [START_MS, 5],
      [START_MS, 2.5],
      [START_MS, 8],
      [START_MS + 90_001, 5],
    ] as const) {
      const { count, anomalies } = await ledger.anomalies(fromMs, threshold, 1000);
      expect(anomalies).toHaveLength(count);
      if (fromMs === START_MS) expect(count).toBe(misses.filter((error) => error > threshold).length);
      const errors = anomalies.map(({ errorMinutes }) => errorMinutes);
      expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    }
  });

  it('adds up what two connections write to the same minute at once', async () => {
    const other = await openLedger(place.address);
    const batches = Array.from({ length: 12 }, (_, batch) =>
      Array.from({ length: 20 }, (_, i) => prediction({ requestId: `${batch} ${i}`, bookingId: `${i}` })),
    );
    const outcomes = Array.from({ length: 20 }, (_, i) => outcome({ bookingId: `${i}` }));
    await Promise.all([
      ...batches.map((batch, i) => (i % 2 === 0 ? ledger : other).record(batch)),
      ...[0, 1, 2].map((i) => (i % 2 === 0 ? other : ledger).settle(outcomes, START_MS + i)),
      ...batches.map((batch) => other.record(batch)),
    ]);
    await other.close();
    const metrics = await ledger.metrics(START_MS, START_MS + 1);
    expect(metrics.traffic.requests).toBe(240);
    expect(metrics.accuracy).toMatchObject({ settled: 20, unpredicted: 0, model: { count: 20, mae: 1 } });
    expect((await ledger.totals()).traffic.requests).toBe(240);
  });

  it('counts totals since the last reset', async () => {
    expect(await ledger.totals()).toMatchObject({ sinceMs: null, traffic: { requests: 0 } });
    await ledger.record([prediction()]);
    expect(await ledger.totals()).toMatchObject({ sinceMs: null, traffic: { requests: 1, attempts: 1 } });
    await ledger.resetTotals(START_MS + 5);
    expect(await ledger.totals()).toMatchObject({
      ...{ sinceMs: START_MS + 5, traffic: { requests: 0, predictionTimeMs: null } },
    });
    await ledger.record([
      prediction({ requestId: 'before, but late', createdMs: START_MS + 4 }),
      prediction({ requestId: 'after', createdMs: START_MS + 5 }),
    ]);
    expect((await ledger.totals()).traffic.requests).toBe(1);
    expect((await ledger.metrics(...ALL)).traffic.requests).toBe(3);
  });

  it('gives pages, newest first, each row once', async () => {
    const rows = Array.from({ length: 25 }, (_, i) =>
      prediction({ requestId: `${100 + i}`, createdMs: START_MS + Math.floor(i / 4) }),
    );
    await ledger.record(rows);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await ledger.predictions(7, cursor);
      seen.push(...page.predictions.map(({ row }) => row.requestId));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(seen).toEqual(rows.map(({ requestId }) => requestId).reverse());
    for (const bad of ['nonsense', 'WzFd', '']) {
      await expect(ledger.predictions(7, bad)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    }
  });

  it('streams answers by request time and settled bookings by settlement time', async () => {
    const rows = Array.from({ length: 450 }, (_, i) =>
      prediction({ requestId: `${1000 + i}`, bookingId: `${i % 300}`, createdMs: START_MS + (i % 7) }),
    );
    await ledger.record(rows);
    const ids = Array.from({ length: 250 }, (_, i) => String(i));
    await ledger.settle(
      ids.map((bookingId) => outcome({ bookingId })),
      START_MS + 9,
    );
    const recorded = await all(ledger.recorded(START_MS + 1, START_MS + 6));
    expect(recorded.map(({ row }) => row.requestId)).toEqual(
      rows
        .filter(({ createdMs }) => createdMs >= START_MS + 1 && createdMs < START_MS + 6)
        .toSorted((a, b) => a.createdMs - b.createdMs || Number(a.requestId) - Number(b.requestId))
        .map(({ requestId }) => requestId),
    );
    expect(await all(ledger.scored(START_MS + 9, START_MS + 10))).toHaveLength(250);
    expect(await all(ledger.scored(START_MS, START_MS + 9))).toHaveLength(0);
    expect(await all(ledger.recorded(...ALL))).toHaveLength(450);
  });

  it('prunes rows and keeps the sums', async () => {
    const rows = Array.from({ length: 30 }, (_, i) =>
      prediction({ requestId: `${i}`, bookingId: `${i}`, createdMs: START_MS + i * MINUTE_MS }),
    );
    await ledger.record(rows);
    const ids = ['none', ...rows.map(({ bookingId }) => bookingId)];
    await ledger.settle(
      ids.map((bookingId) => outcome({ bookingId })),
      START_MS + MINUTE_MS,
    );
    const before = await ledger.metrics(...ALL);
    expect(await ledger.prune(START_MS + 20 * MINUTE_MS, { batch: 7 })).toBe(20);
    expect(await ledger.metrics(...ALL)).toEqual(before);
    expect(await stored()).toHaveLength(10);
    expect(await place.rows('SELECT booking_id FROM atmr_ml.outcome')).toHaveLength(10);
    // A correction of what is left still finds what it takes the place of.
    await ledger.settle([outcome({ bookingId: '25', actualDelayMinutes: 6 })], START_MS + MINUTE_MS);
    expect((await accuracy()).served).toMatchObject({ count: 30, mae: 29 / 30 });
  });

  it('counts once what is named by half a character, however often it is sent', async () => {
    const [requestId, bookingId] = ['half \ud800', 'half \udc00 too'];
    for (let i = 0; i < 2; i++) {
      await ledger.record([prediction({ requestId, bookingId })]);
      const { settled, unchanged, unpredicted } = await ledger.settle([outcome({ bookingId })], START_MS + i);
      expect([settled, unchanged, unpredicted]).toEqual(i === 0 ? [1, 0, 0] : [0, 1, 0]);
    }
    const all = await ledger.metrics(...ALL);
    expect([all.traffic.requests, all.accuracy.served.count]).toEqual([1, 1]);
  });

  it('keeps of old times the sums of days only, and widens windows to them', async () => {
    const days = [0, 1, 2, 5].map((day) => START_MS + day * DAY_MS);
    const rows = days.flatMap((dayMs, day) =>
      [0, 1, 2, 65].map((minute) => {
        const id = `${day}-${minute}`;
        return prediction({ requestId: id, bookingId: id, createdMs: dayMs + minute * MINUTE_MS });
      }),
    );
    await ledger.record(rows);
    const late = { actualDelayMinutes: 30, actualPickupMs: START_MS + 30 * DAY_MS };
    for (const dayMs of days) {
      const [, { bookingId } = rows[0]!] = rows.filter(({ createdMs }) => createdMs >= dayMs);
      await ledger.settle([outcome({ bookingId, ...late })], dayMs + 70 * MINUTE_MS);
    }
    const hourOf = (dayMs: number) => [dayMs + MINUTE_MS, dayMs + MINUTE_MS + HOUR_MS] as const;
    const before = await ledger.metrics(...ALL);
    const kept = await ledger.metrics(...hourOf(days[2]!));
    expect(kept.traffic.requests).toBe(2);

    await ledger.coarsen(START_MS + 2 * DAY_MS, { batch: 1 });
    for (const table of ['traffic_sum', 'accuracy_sum', 'time_count']) {
      const fine = `SELECT start_ms FROM atmr_ml.${table} WHERE span_ms BETWEEN 1 AND ${DAY_MS - 1}`;
      const starts = (await place.rows(fine)).map((row) => Number(Reflect.get(row as object, 'start_ms')));
      expect(Math.floor(Math.min(...starts) / DAY_MS)).toBe(Math.floor(START_MS / DAY_MS) + 2);
    }
    expect(await ledger.metrics(...ALL)).toEqual(before);
    expect(await ledger.metrics(...hourOf(days[2]!))).toEqual(kept);
    const [midnight, next] = [0, 1].map((day) => Math.floor(START_MS / DAY_MS + day) * DAY_MS);
    const old = await ledger.metrics(...hourOf(START_MS));
    expect(old).toMatchObject({ fromMs: midnight, untilMs: next, traffic: { requests: 4 } });
    expect(old.accuracy.settled).toBe(1);
    expect((await ledger.anomalies(START_MS + 65 * MINUTE_MS, 5, 10)).count).toBe(4);
    expect((await ledger.anomalies(START_MS + 71 * MINUTE_MS, 5, 10)).count).toBe(3);

    // An older clock brings no minutes back; what comes late still counts in its day.
    await ledger.coarsen(START_MS, { batch: 1 });
    await ledger.record([prediction({ requestId: 'late', createdMs: START_MS })]);
    expect((await ledger.metrics(...hourOf(START_MS))).traffic.requests).toBe(5);
  });

  it('stops sweeping when it is told to, after the step under way', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => prediction({ requestId: `${i}`, bookingId: `${i}` }));
    await ledger.record(rows);
    const signal = AbortSignal.abort();
    expect(await ledger.prune(START_MS + 1, { batch: 7, signal })).toBe(7);
    expect(await stored()).toHaveLength(23);
  });

  it('remembers when it is opened again', async () => {
    await ledger.record([prediction()]);
    await ledger.settle([outcome()], START_MS);
    expect(await ledger.watermark('bookings')).toBeNull();
    await ledger.setWatermark('bookings', '2026-06-01');
    await ledger.setWatermark('bookings', '2026-06-02');
    const before = await ledger.metrics(...ALL);
    await ledger.close();
    ledger = await openLedger(place.address);
    await ledger.ping();
    expect(await ledger.metrics(...ALL)).toEqual(before);
    expect(await ledger.watermark('bookings')).toBe('2026-06-02');
    expect(await ledger.scheduledOf(['booking-1', 'nobody'])).toEqual(
      new Map([['booking-1', START_MS + HOUR_MS]]),
    );
  });
});

it('says UNAVAILABLE when nobody answers', async () => {
  const ledger = await openLedger({ databaseUrl: 'postgresql://a:b@127.0.0.1:1/c', home: '/nowhere' });
  for (const call of [() => ledger.ping(), () => ledger.record([prediction()]), () => ledger.totals()]) {
    await expect(call()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  }
  await ledger.close();
});

async function all(stream: AsyncIterable<StoredPrediction>): Promise<StoredPrediction[]> {
  const found: StoredPrediction[] = [];
  for await (const one of stream) found.push(one);
  return found;
}

/** Numbers agree to the thousandth of a minute in which they are summed. */
function expectClose(actual: object, expected: object): void {
  for (const [name, value] of Object.entries(expected)) {
    const found: unknown = Reflect.get(actual, name);
    if (typeof value === 'object' && value !== null) expectClose(found as object, value);
    else if (typeof value === 'number') expect(found, name).toBeCloseTo(value, 2);
    else expect(found, name).toBe(value);
  }
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
}
