import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bookingsOfADay, type PlayedAnswer, type PlayedDay, playDay } from './play-day.js';
import { type ServeProcess, startServe } from './serve-process.js';

const SEED = 20260302;
const home = mkdtempSync(join(tmpdir(), 'atmr-ml-day-'));
const bookings = bookingsOfADay(150, SEED);
let server: ServeProcess;
let day: PlayedDay;
let listed: readonly Listed[];

/** A line of GET /ml-monitoring/predictions: it also tells what the shadow said. */
interface Listed extends PlayedAnswer {
  readonly attempt: string;
  readonly confidence: number | null;
  readonly lower_minutes: number | null;
  readonly upper_minutes: number | null;
  readonly prediction_time_ms: number | null;
  readonly created_at: string;
  readonly actual_delay_minutes: number | null;
}

beforeAll(async () => {
  server = await startServe({ ATMR_ML_HOME: home });
  const enabled = await fetch(`${server.url}/api/feature-flags/ml/enable`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ percentage: 50, reason: 'a day in a test' }),
  });
  expect(enabled.status, await enabled.text()).toBe(200);
  day = await playDay(server.url, bookings);
  // Answers are recorded behind their callers' backs.
  listed = await vi.waitFor(async () => {
    const all = await everyPrediction();
    expect(all).toHaveLength(day.answers.length);
    return all;
  }, 20_000);
}, 120_000);
afterAll(async () => {
  await server?.kill();
  rmSync(home, { recursive: true });
});

describe(`a day of 150 bookings (seed ${SEED})`, () => {
  it('was answered by both arms, and listed as it was answered', () => {
    const sources = new Set(day.answers.map(({ source }) => source));
    expect(sources).toEqual(new Set(['model', 'heuristic']));
    const byId = new Map(listed.map((one) => [one.request_id, one]));
    for (const {
      booking_id,
      request_id,
      variant,
      source,
      predicted_minutes,
      heuristic_minutes,
    } of day.answers) {
      expect(byId.get(request_id)).toMatchObject({
        booking_id,
        variant,
        source,
        predicted_minutes,
        heuristic_minutes,
        attempt: 'answered',
      });
    }
    for (const { booking_id, actual_delay_minutes: actual } of listed) {
      const told = day.outcomes.get(booking_id);
      if (told === undefined) expect(actual).toBeNull();
      else expect(actual).toBeCloseTo(told, 3);
    }
  });

  it('is scored as plain arithmetic scores it', async () => {
    const metrics = curl('/metrics');
    const scored = scoredBookings();
    expect(metrics).toMatchObject({
      period_hours: 24,
      settled: day.outcomes.size,
      ...close(scores(scored, 'model')),
    });
    expect(metrics.model).toMatchObject(close(scores(scored, 'model')));
    expect(metrics.heuristic).toMatchObject(close(scores(scored, 'heuristic')));
    expect(metrics.served).toMatchObject(close(scores(scored, 'served')));
    const byModel = scored.filter(({ answer }) => answer.source === 'model');
    expect(metrics.served_by_model).toMatchObject(close(scores(byModel, 'served')));
    const ratio = scores(scored, 'model').mae / scores(scored, 'heuristic').mae;
    expect(metrics.improvement).toBeCloseTo(ratio - 1, 3);
    const late = scored.filter(({ actual }) => actual > 5);
    const foreseen = late.filter(({ answer }) => answer.model_minutes! > 5);
    expect(metrics.late_recall).toBeCloseTo(foreseen.length / late.length, 9);
    const covered = scored.filter(
      ({ actual, answer }) => actual >= answer.lower_minutes! && actual <= answer.upper_minutes!,
    );
    expect(metrics.interval_coverage).toBeCloseTo(covered.length / scored.length, 9);
  });

  it('counts its traffic', () => {
    const { traffic, avg_confidence, avg_prediction_time_ms, prediction_time_ms } = curl('/metrics?hours=1');
    const of = (source: string) => day.answers.filter((answer) => answer.source === source).length;
    const defaults = day.answers.filter(({ weather }) => weather.is_default).length;
    expect(defaults).toBeGreaterThan(0);
    expect(traffic).toMatchObject({
      requests: day.answers.length,
      model_variant: day.answers.filter(({ variant }) => variant === 'model').length,
      by_source: { model: of('model'), heuristic: of('heuristic'), fallback: 0 },
      ...{ attempts: day.answers.length, failures: 0, failure_rate: 0, fallback_rate: 0, ineligible: 0 },
      ...{ weather_defaults: defaults, simulated: day.answers.length },
      weather_default_rate: expect.closeTo(defaults / day.answers.length, 9),
    });
    expect(avg_confidence).toBeCloseTo(mean(listed.map(({ confidence }) => confidence!)), 5);
    const times = listed.map((one) => one.prediction_time_ms!).toSorted((a, b) => a - b);
    expect(avg_prediction_time_ms).toBeCloseTo(mean(times), 2);
    const median = times[Math.floor(times.length / 2)]!;
    expect(prediction_time_ms.p50 / median).toBeGreaterThan(0.9);
    expect(prediction_time_ms.p50 / median).toBeLessThan(1.1);
  });

  it('has its anomalies', () => {
    const far = scoredBookings()
      .map(({ answer, actual }) => ({
        id: answer.booking_id,
        error: Math.abs(answer.predicted_minutes - actual),
      }))
      .filter(({ error }) => error > 5)
      .toSorted((a, b) => b.error - a.error);
    const { threshold_mae, count, anomalies } = curl('/anomalies?threshold=5&limit=1000');
    expect({ threshold_mae, count }).toEqual({ threshold_mae: 5, count: far.length });
    expect(anomalies).toHaveLength(far.length);
    for (const [i, { error }] of far.entries()) expect(anomalies[i].error).toBeCloseTo(error, 3);
    expect(new Set(anomalies.map((one: { booking_id: string }) => one.booking_id))).toEqual(
      new Set(far.map(({ id }) => id)),
    );
  });

  it('is the same at a glance, by day, and under /api/v1', () => {
    const metrics = curl('/metrics');
    const summary = curl('/summary');
    expect(summary).toMatchObject({
      total_predictions: day.answers.length,
      metrics_24h: { count: metrics.count, mae: metrics.mae },
      metrics_7d: { count: metrics.count, mae: metrics.mae },
      feature_flags: { ML_ENABLED: true, ML_TRAFFIC_PERCENTAGE: 50, FALLBACK_ON_ERROR: true },
      anomalies_count: curl('/anomalies').count,
    });
    const { days } = curl('/daily?days=2');
    const sum = (of: (day: Record<string, unknown>) => unknown) =>
      days.reduce((total: number, one: Record<string, unknown>) => total + Number(of(one)), 0);
    expect(sum(({ count }) => count)).toBe(metrics.count);
    expect(sum(({ traffic }) => (traffic as { requests: number }).requests)).toBe(day.answers.length);
    const v1 = JSON.parse(
      execFileSync('curl', ['-sf', `${server.url}/api/v1/ml-monitoring/metrics`], { encoding: 'utf8' }),
    );
    expect(v1.mae).toBe(metrics.mae);
  });

  it('shows in the status of the flag', () => {
    const status = JSON.parse(
      execFileSync('curl', ['-sf', `${server.url}/api/feature-flags/status`], { encoding: 'utf8' }),
    );
    const byVariant = day.answers.filter(({ variant }) => variant === 'model').length;
    expect(status).toMatchObject({
      config: { ML_ENABLED: true, ML_TRAFFIC_PERCENTAGE: 50 },
      stats: {
        total_requests: day.answers.length,
        ml_requests: byVariant,
        ml_failures: 0,
        fallback_requests: 0,
      },
    });
  });

  it('is still there after a restart, and so are the answers to named requests', async () => {
    const before = curl('/metrics');
    const named = day.answers.find(({ request_id }) => request_id.startsWith('request-'))!;
    expect(await server.stop()).toBe(0);
    server = await startServe({ ATMR_ML_HOME: home });
    const { document } = bookings.find(({ id }) => id === named.booking_id)!;
    const again = await fetch(`${server.url}/api/predictions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ booking: document, request_id: named.request_id }),
    });
    expect(again.status).toBe(200);
    expect(await again.json()).toEqual(named);
    const { mae, count, traffic } = curl('/metrics');
    expect({ mae, count, requests: traffic.requests }).toEqual({
      ...{ mae: before.mae, count: before.count },
      requests: before.traffic.requests,
    });
    expect(server.stderr()).not.toMatch(/"level":"(ERROR|FATAL)"/);
  });

  it('and an answer to a named request survives a kill −9 of the server that gave it', async () => {
    const request = ({ document, id }: (typeof bookings)[number]) => ({
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ booking: document, request_id: `killed-${id}` }),
    });
    const asked = bookings.slice(0, 20);
    const ask = async (one: (typeof bookings)[number]) => {
      const answer = await fetch(`${server.url}/api/predictions`, request(one));
      return { status: answer.status, text: await answer.text() };
    };
    const given = await Promise.all(asked.map(ask));
    await server.kill();
    server = await startServe({ ATMR_ML_HOME: home });
    const again = await Promise.all(asked.map(ask));
    expect(given.map(({ status }) => status)).toEqual(asked.map(() => 201));
    expect(again).toEqual(given.map(({ text }) => ({ status: 200, text })));
  });
});

/** As the guide asks. */
function curl(path: string) {
  return JSON.parse(
    execFileSync('curl', ['-sf', `${server.url}/api/ml-monitoring${path}`], { encoding: 'utf8' }),
  );
}

async function everyPrediction(): Promise<Listed[]> {
  const all: Listed[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = curl(`/predictions?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
    all.push(...page.predictions);
    cursor = page.cursor;
  }
  return all;
}

/** Each settled booking with its last answer. */
function scoredBookings() {
  const byId = new Map(listed.map((one) => [one.request_id, one]));
  const last = new Map(day.answers.map(({ booking_id, request_id }) => [booking_id, byId.get(request_id)!]));
  return [...day.outcomes].map(([id, actual]) => ({ answer: last.get(id)!, actual }));
}

function scores(
  scored: readonly { readonly answer: Listed; readonly actual: number }[],
  arm: 'model' | 'heuristic' | 'served',
) {
  const said = {
    model: 'model_minutes',
    heuristic: 'heuristic_minutes',
    served: 'predicted_minutes',
  } as const;
  const errors = scored.map(({ answer, actual }) => answer[said[arm]]! - actual);
  const actuals = scored.map(({ actual }) => actual);
  const centre = mean(actuals);
  const squares = mean(errors.map((error) => error ** 2));
  return {
    count: scored.length,
    mae: mean(errors.map(Math.abs)),
    rmse: Math.sqrt(squares),
    r2: 1 - squares / mean(actuals.map((actual) => (actual - centre) ** 2)),
    bias: mean(errors),
    accuracy_rate: mean(errors.map((error) => Number(Math.abs(error) < 3))),
    miss_rate: mean(errors.map((error) => Number(Math.abs(error) > 5))),
  };
}

/** The ledger adds whole thousandths of a minute. */
function close(figures: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, expect.closeTo(value, 2)]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
