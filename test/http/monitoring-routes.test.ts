import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localDays } from '../../src/monitoring/local-days.js';
import { type RunningServer, startServer } from './running-server.js';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const monitor = (path: string) => server.ask(`/api/ml-monitoring${path}`);
const NOTHING = {
  count: 0,
  mae: null,
  rmse: null,
  r2: null,
  bias: null,
  accuracy_rate: null,
  miss_rate: null,
};

describe('without any booking', () => {
  it('nothing is known, which is not nothing', async () => {
    const { status, json } = await monitor('/summary');
    expect(status).toBe(200);
    const period = {
      ...NOTHING,
      ...{ avg_confidence: null, avg_prediction_time_ms: null, prediction_time_ms: null },
      ...{ model: NOTHING, heuristic: NOTHING, served: NOTHING, served_by_model: NOTHING },
      ...{ improvement: null, late_recall: null, interval_coverage: null },
      traffic: { requests: 0, failure_rate: null, fallback_rate: null, weather_default_rate: null },
    };
    expect(json).toMatchObject({
      total_predictions: 0,
      metrics_24h: { period_hours: 24, ...period },
      metrics_7d: { period_hours: 168, ...period },
      feature_flags: { ML_ENABLED: false, ML_TRAFFIC_PERCENTAGE: 0, FALLBACK_ON_ERROR: true },
      anomalies_count: 0,
    });
    expect(new Date(json.timestamp).toISOString()).toBe(json.timestamp);
  });

  it('the lists are empty', async () => {
    expect((await monitor('/predictions')).json).toEqual({ count: 0, predictions: [], cursor: null });
    expect((await monitor('/anomalies')).json).toMatchObject({ threshold_mae: 5, count: 0, anomalies: [] });
    expect((await monitor('/daily?days=3')).json.days).toMatchObject([NOTHING, NOTHING, NOTHING]);
  });
});

describe('a query', () => {
  it.each([
    ...[
      '/metrics?hours=0',
      '/metrics?hours=721',
      '/metrics?hours=',
      '/metrics?hours=1.5',
      '/metrics?hours=a',
    ],
    ...[
      '/metrics?hours=1&hours=2',
      '/metrics?hour=1',
      '/daily?days=31',
      '/daily?days=0',
      '/predictions?limit=0',
    ],
    ...['/predictions?limit=1001', '/predictions?cursor=none', '/anomalies?threshold=-1'],
    ...['/anomalies?threshold_mae=x', '/anomalies?hours=9999', '/summary?hours=5'],
  ])('%s is refused', async (path) => {
    const { status, json } = await monitor(path);
    expect(json).toMatchObject({ code: 'BAD_INPUT', error: expect.stringMatching(/\w{3,}/) });
    expect(status).toBe(400);
  });

  it('says what was asked', async () => {
    const { json } = await monitor('/metrics?hours=720');
    expect(json).toMatchObject({
      period_hours: 720,
      windows: { accuracy: expect.stringContaining('settlement') },
    });
    const [from, until] = [json.from, json.until].map(Date.parse);
    // Whole minutes, widened.
    expect(until! - from!).toBeGreaterThanOrEqual(720 * 3_600_000);
    expect((await monitor('/anomalies?threshold=7.5')).json.threshold_mae).toBe(7.5);
    expect((await monitor('/anomalies?threshold_mae=8')).json.threshold_mae).toBe(8);
  });
});

describe('with bookings', () => {
  beforeAll(async () => {
    await server.ask('/api/feature-flags/ml/enable', { body: { percentage: 50 } });
    for (let id = 1; id <= 25; id++) {
      const booking = { id, scheduled_time: '2099-03-02T08:30', distance_meters: 8000 };
      const { status } = await server.ask('/api/predictions', { body: { booking, request_id: `r${id}` } });
      expect(status).toBe(201);
    }
    // Delays of 0, 1 … 19 minutes against predictions of some minutes.
    const outcomes = Array.from({ length: 20 }, (_, i) => ({ booking_id: i + 1, actual_delay_minutes: i }));
    expect((await server.ask('/api/outcomes', { body: outcomes })).json.settled).toBe(20);
  });

  it('pages through all of them, newest first', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { json } = await monitor(`/predictions?limit=10${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...json.predictions.map((one: { request_id: string }) => one.request_id));
      cursor = json.cursor ?? '';
    } while (cursor !== '');
    expect(seen.toSorted()).toEqual(Array.from({ length: 25 }, (_, i) => `r${i + 1}`).toSorted());
    expect(seen[0]).toBe('r25');
  });

  it('lists what is needed to judge an answer', async () => {
    const { json } = await monitor('/predictions?limit=1000');
    const settled = json.predictions.filter((one: { settled_at: unknown }) => one.settled_at !== null);
    expect(settled).toHaveLength(20);
    for (const one of settled) {
      expect(one.error_minutes).toBeCloseTo(one.predicted_minutes - one.actual_delay_minutes, 9);
      expect(one.predicted_minutes).toBe(one.variant === 'model' ? one.model_minutes : one.heuristic_minutes);
    }
    expect(JSON.stringify(json)).not.toMatch(/NaN|driver|features/);
  });

  it('counts both arms on the same bookings', async () => {
    const { json } = await monitor('/metrics');
    const listed = (await monitor('/predictions')).json.predictions.filter(
      (one: { settled_at: unknown }) => one.settled_at !== null,
    );
    const mae = (arm: 'model_minutes' | 'heuristic_minutes') =>
      listed.reduce(
        (sum: number, one: Record<string, number>) => sum + Math.abs(one[arm]! - one.actual_delay_minutes!),
        0,
      ) / 20;
    expect(json.mae).toBeCloseTo(mae('model_minutes'), 3);
    expect(json.heuristic.mae).toBeCloseTo(mae('heuristic_minutes'), 3);
    expect(json.improvement).toBeCloseTo(mae('model_minutes') / mae('heuristic_minutes') - 1, 3);
    expect(json).toMatchObject({
      count: 20,
      settled: 20,
      traffic: { requests: 25, attempts: 25, failure_rate: 0 },
    });
  });

  it('names the worst first, at most as many as asked for, and counts all', async () => {
    const { json } = await monitor('/anomalies?threshold=5&limit=3');
    expect(json.anomalies).toHaveLength(3);
    const errors = json.anomalies.map((one: { error: number }) => one.error);
    const listed = (await monitor('/predictions')).json.predictions.map((one: { error_minutes: number }) =>
      Math.abs(one.error_minutes),
    );
    const worst = listed.toSorted((a: number, b: number) => b - a).slice(0, 3);
    for (const [i, error] of errors.entries()) expect(error).toBeCloseTo(worst[i], 3);
    expect(Object.keys(json.anomalies[0])).toEqual([
      'booking_id',
      'predicted',
      'actual',
      'error',
      'confidence',
      'created_at',
    ]);
    const all = (await monitor('/anomalies?threshold_mae=5')).json;
    expect(all.count).toBe(json.count);
    expect(all.anomalies).toHaveLength(all.count);
    expect((await monitor('/summary')).json.anomalies_count).toBe(all.count);
  });
});

describe('local days', () => {
  const zurich = (days: number, now: string) => localDays(days, Date.parse(now), 'Europe/Zurich');

  it('begin at local midnight, and the last one is not over', () => {
    expect(zurich(2, '2026-07-02T00:30:00Z')).toEqual([
      {
        date: '2026-07-01',
        fromMs: Date.parse('2026-06-30T22:00Z'),
        untilMs: Date.parse('2026-07-01T22:00Z'),
      },
      {
        date: '2026-07-02',
        fromMs: Date.parse('2026-07-01T22:00Z'),
        untilMs: Date.parse('2026-07-02T00:30Z'),
      },
    ]);
  });

  it.each([
    ['2026-03-30T12:00:00Z', 23],
    ['2026-10-26T12:00:00Z', 25],
  ])('have as many hours as the clocks show (%s)', (now, hours) => {
    const [changed] = zurich(2, now);
    expect((changed!.untilMs - changed!.fromMs) / 3_600_000).toBe(hours);
  });

  it('begin later where midnight is skipped', () => {
    const [day] = localDays(1, Date.parse('2018-11-04T12:00:00Z'), 'America/Sao_Paulo');
    expect(day).toMatchObject({ date: '2018-11-04', fromMs: Date.parse('2018-11-04T03:00:00Z') });
  });
});
