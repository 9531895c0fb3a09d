import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createPredictor } from '../../src/library/create-predictor.js';
import type { BookingInput, PredictOptions, Predictor, PredictorOptions } from '../../src/library/library.js';
import { program } from '../commands/program.js';
import { startServe } from '../e2e/serve-process.js';
import { until } from '../fault/wait.js';

/** With weather: nobody is asked. */
const WEATHER = {
  main: { temp: 4 },
  wind: { speed: 9 },
  rain: { '1h': 3 },
  visibility: 4000,
  clouds: { all: 90 },
};
const BOOKING: BookingInput = {
  ...{ id: 4711, scheduled_time: '2026-03-02T08:30:00Z', duration_seconds: 900, weather: WEATHER },
  ...{ pickup_lat: 46.2, pickup_lon: 6.14, dropoff_lat: 46.25, dropoff_lon: 6.1, is_medical: true },
};
const open: Predictor[] = [];
afterEach(async () => {
  for (const predictor of open.splice(0)) await predictor.close();
});

async function predictorAt(home: string, options: PredictorOptions = {}): Promise<Predictor> {
  const predictor = await createPredictor({ home, databaseUrl: null, redisUrl: null, ...options });
  open.push(predictor);
  return predictor;
}

/** The model's answer: a process that just stood still gives the heuristic's. */
async function byModel(predictor: Predictor, booking: BookingInput, options: PredictOptions = {}) {
  let answer = await predictor.predict(booking, options);
  await until('the model answers', async () => {
    if (answer.source !== 'model') answer = await predictor.predict(booking, options);
    return answer.source === 'model';
  });
  return answer;
}

describe('a predictor in this process', () => {
  it('gives the document that serve gives, for either arm', async () => {
    const { run, home } = program();
    const predictor = await predictorAt(home);
    const serve = await startServe({ ATMR_ML_HOME: home });
    const byServe = async () => {
      const body = JSON.stringify({ booking: BOOKING, driver: { id: 7, total_bookings: 120 } });
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${serve.url}/api/predictions`, { method: 'POST', body, headers })).json();
    };
    const ofNow = {
      request_id: expect.any(String),
      latency_ms: expect.any(Number),
      created_at: expect.any(String),
    };
    for (const change of [['activate', '--percentage', '100', '--yes'], ['disable']]) {
      await run(...change);
      const driver = { id: 7, total_bookings: 120 };
      expect(await predictor.predict(BOOKING, { driver })).toEqual({ ...(await byServe()), ...ofNow });
    }
    expect(await predictor.predict(BOOKING)).toMatchObject({ variant: 'control', reason: 'FORCED_OFF' });
    await serve.stop();
  });

  it('explains the model’s answer and records it, by the next look of status', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes');
    const predictor = await predictorAt(home);
    const answer = await byModel(predictor, BOOKING);
    expect(answer).toMatchObject({
      ...{ booking_id: '4711', variant: 'model', source: 'model', reason: 'SPLIT' },
      ...{ interval: { level: expect.any(Number) }, weather: { is_default: false } },
      contributing_factors: { factors: expect.any(Array) },
    });
    expect(answer.predicted_minutes).toBe(answer.model_minutes);
    expect(predictor.flag.evaluate(4711)).toMatchObject({ variant: 'model', revision: 1 });
    await predictor.close();
    const { stats } = JSON.parse((await run('status', '--json')).stdout);
    expect(stats).toMatchObject({ ml_requests: 1, ml_successes: 1 });
  });

  it('follows the flag to another percentage, and confirms it', async () => {
    const { run, home } = program();
    const predictor = await predictorAt(home);
    const changed = JSON.parse((await run('activate', '--percentage', '100', '--yes')).stdout);
    expect(changed.instances).toMatchObject([
      { instance: predictor.flag.instance, confirmed: true, model: { name: expect.any(String) } },
    ]);
    expect((await predictor.predict(BOOKING)).source).toBe('model');
  });

  it('reads times, numbers of a database, and what is said beside the booking', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes');
    const predictor = await predictorAt(home, { record: false });
    const given = await byModel(predictor, BOOKING);
    const { scheduled_time, ...undated } = BOOKING;
    const others = [
      { ...BOOKING, id: 4711n, scheduled_time: new Date('2026-03-02T08:30:00Z') },
      { ...BOOKING, is_urgent: undefined, note: Symbol('not a field') },
    ];
    for (const other of others) {
      const { predicted_minutes, booking_id } = await byModel(predictor, other as BookingInput);
      expect([predicted_minutes, booking_id]).toEqual([given.predicted_minutes, '4711']);
    }
    const at = new Date('2026-03-02T08:30:00Z');
    expect((await byModel(predictor, undated as BookingInput, { at })).predicted_minutes).toBe(
      given.predicted_minutes,
    );
  });

  it.each([
    ['nothing', undefined],
    ['a list', [BOOKING]],
    ['no id', { scheduled_time: '2026-03-02T08:30' }],
    ['no time', { id: 1 }],
    ['a time that is none', { ...BOOKING, scheduled_time: new Date(Number.NaN) }],
    ['a place that is none', { ...BOOKING, pickup_lat: 91 }],
    ['a number that is none', { ...BOOKING, distance_meters: Number.NaN }],
    ['a symbol for a number', { ...BOOKING, duration_seconds: Symbol('900') }],
  ])('refuses %s with BAD_INPUT', async (_, booking) => {
    const predictor = await predictorAt(mkdtempSync(join(tmpdir(), 'atmr-ml-bad-')), { record: false });
    await expect(predictor.predict(booking as never)).rejects.toMatchObject({
      ...{ name: 'AtmrError', code: 'BAD_INPUT' },
    });
  });

  it('gives a repeated request its answer again, and refuses it for another booking', async () => {
    const { home } = program();
    const predictor = await predictorAt(home);
    const first = await predictor.predict(BOOKING, { requestId: 'r-1' });
    expect(await predictor.predict(BOOKING, { requestId: 'r-1' })).toEqual(first);
    const other = predictor.predict({ ...BOOKING, id: 4712 }, { requestId: 'r-1' });
    await expect(other).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(predictor.predict(BOOKING, { requestId: '\u0000' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    // Another process gives it too.
    await predictor.close();
    expect(await (await predictorAt(home)).predict(BOOKING, { requestId: 'r-1' })).toEqual(first);
  });

  it('falls back on the heuristic where the model takes too long, unless the flag forbids it', async () => {
    const late = { timeoutMs: 1e-6 };
    const allowed = program();
    await allowed.run('activate', '--percentage', '100', '--yes');
    const fallback = await (await predictorAt(allowed.home, late)).predict(BOOKING);
    expect(fallback).toMatchObject({
      variant: 'model',
      source: 'fallback',
      reason: 'ERROR',
      model_minutes: null,
    });
    expect(fallback.predicted_minutes).toBe(fallback.heuristic_minutes);

    const strict = program({ ML_ENABLED: 'true', ML_TRAFFIC_PERCENTAGE: '100', FALLBACK_ON_ERROR: 'false' });
    await strict.run('activate', '--percentage', '100', '--yes');
    const predictor = await predictorAt(strict.home, late);
    await expect(predictor.predict(BOOKING)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('settles outcomes, and says of those that cannot count why', async () => {
    const predictor = await predictorAt(program().home);
    await predictor.predict(BOOKING);
    const settled = await predictor.settle([
      { booking_id: 4711, actual_pickup_at: new Date('2026-03-02T08:37:00Z') },
      { booking_id: 4712n, actual_delay_minutes: 4 },
      { booking_id: 'lost', actual_delay_minutes: 900 },
    ]);
    expect(settled).toMatchObject({
      settled: 2,
      unpredicted: 1,
      refused: [{ booking_id: 'lost', index: 2 }],
    });
    expect(await predictor.settle({ booking_id: 4711, actual_delay_minutes: 7 })).toMatchObject({
      unchanged: 1,
    });
    await expect(predictor.settle({ booking_id: 1 } as never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(predictor.settle(null as never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('records nothing where it is told so', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes');
    const predictor = await predictorAt(home, { record: false });
    expect((await predictor.predict(BOOKING, { requestId: 'r-1' })).source).toBe('model');
    await expect(predictor.settle({ booking_id: 1, actual_delay_minutes: 1 })).rejects.toMatchObject({
      code: 'USAGE',
    });
    await predictor.close();
    expect(JSON.parse((await run('status', '--json')).stdout).stats.total_requests).toBe(0);
  });

  it('finishes what is under way before it closes', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes');
    const predictor = await predictorAt(home);
    const underway = Array.from({ length: 20 }, (_, id) => predictor.predict({ ...BOOKING, id }));
    await predictor.close();
    for (const { source } of await Promise.all(underway)) expect(source).toBe('model');
    expect(JSON.parse((await run('status', '--json')).stdout).stats.total_requests).toBe(20);
  });

  it('answers by the heuristic once it is closed', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes');
    const predictor = await predictorAt(home);
    await predictor[Symbol.asyncDispose]();
    const closed = await predictor.predict(BOOKING, { requestId: 'r-1' });
    expect(closed).toMatchObject({ variant: null, source: 'heuristic', reason: 'CLOSED', request_id: 'r-1' });
    expect(closed.predicted_minutes).toBe(closed.heuristic_minutes);
    await expect(predictor.settle({ booking_id: 1, actual_delay_minutes: 1 })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });

  it('needs a model, and a time to answer in', async () => {
    const home = mkdtempSync(join(tmpdir(), 'atmr-ml-no-model-'));
    const at = { home, databaseUrl: null, redisUrl: null };
    await expect(createPredictor({ ...at, modelsFolder: home })).rejects.toMatchObject({ code: 'BAD_MODEL' });
    await expect(createPredictor({ ...at, timeoutMs: 0 })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });
});
