import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger, PredictionRow } from '../../src/ledger/ledger.js';
import { postgresLedger } from '../../src/ledger/postgres-ledger.js';
import type { Prediction } from '../../src/model/prediction.js';
import { postgresAt } from '../../src/postgres.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { ok } from '../weather/recorded-server.js';
import { startMigratedPostgres } from './postgres.js';
import { DEADLINE_MS, type ServeSite, startServeSite } from './serve-site.js';
import { until } from './wait.js';

const REQUESTS = 60;
/** Of phases in which each takes as long as it may. */
const SLOW_REQUESTS = 24;
const CLIENTS = 12;

interface Got {
  readonly status: number;
  readonly tookMs: number;
  readonly prediction: Prediction;
}

let servers: { postgres: TestServer; redis: TestServer };
let site: ServeSite;
/** Of the site's Postgres, past the network that fails. */
let ledger: Ledger;
/** Every answer that was given, with the phase it was given in. */
const given: (Prediction & { readonly phase: string })[] = [];
let asked = 0;
let places = 0;

beforeAll(async () => {
  const [postgres, redis] = await Promise.all([startMigratedPostgres(), startRedis()]);
  servers = { postgres, redis };
  ledger = postgresLedger(postgres.url);
  site = await startServeSite(servers, 'serve-faults', true);
  // What is loaded and connected at first use is nobody's fault.
  for (let i = 0; i < 20; i++) await remembered('first');
}, 60_000);
afterAll(async () => {
  await site?.close();
  await ledger?.close();
  await Promise.all([servers?.postgres.remove(), servers?.redis.remove()]);
});

/** Nobody knows the weather there yet. */
function newPlace() {
  return { pickup_lat: 46 + ++places / 100, pickup_lon: 6 };
}

/** Asks under load, at a place that nobody asked about before; every third request is named. */
async function load(phase: string, count: number, target = site): Promise<Got[]> {
  const place = newPlace();
  const left = Array.from({ length: count }, () => ++asked);
  const got: Got[] = [];
  const client = async () => {
    for (let n = left.pop(); n !== undefined; n = left.pop()) {
      const booking = {
        ...{ id: `b${n}`, ...place, distance_meters: 8000 },
        scheduled_time: new Date(Date.now() + 3_600_000).toISOString(),
      };
      got.push(await ask(target, { booking, ...(n % 3 === 0 && { request_id: `r${n}` }) }));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const times = got.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.floor(share * (times.length - 1))]!);
  process.stderr.write(`${phase}: p50 ${at(0.5)} ms, longest ${at(1)} ms (deadline ${DEADLINE_MS} ms)\n`);
  return got;
}

async function ask({ url }: ServeSite, body: unknown): Promise<Got> {
  const startedMs = performance.now();
  const response = await fetch(`${url}/api/predictions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const prediction = (await response.json()) as Prediction;
  return { status: response.status, tookMs: performance.now() - startedMs, prediction };
}

/** All answered, none refused, and each says who answered; returns the answers by variant. */
async function answersIn(phase: string, count = REQUESTS) {
  const got = await load(phase, count);
  expect(got.map(({ status }) => status)).toEqual(got.map(() => 201));
  const answers = got.map(({ prediction }) => prediction);
  given.push(...answers.map((answer) => ({ ...answer, phase })));
  for (const answer of answers) {
    expect(Number.isFinite(answer.predicted_minutes)).toBe(true);
    if (answer.variant === 'control') expect(answer.source).toBe('heuristic');
    const shown = answer.source === 'model' ? answer.model_minutes : answer.heuristic_minutes;
    expect(answer.predicted_minutes).toBe(shown);
  }
  const model = answers.filter(({ variant }) => variant === 'model');
  const control = answers.filter(({ variant }) => variant === 'control');
  expect(control.length).toBeGreaterThan(0);
  return { answers, model, control };
}

function sourcesOf(answers: readonly Prediction[]): string[] {
  return [...new Set(answers.map(({ source, reason }) => `${source} ${reason}`))].sort();
}

describe('serve goes on answering', () => {
  it('with everything well', async () => {
    const { answers, model, control } = await answersIn('well');
    expect(sourcesOf(model)).toEqual(['model SPLIT']);
    expect(sourcesOf(control)).toEqual(['heuristic SPLIT']);
    // What came too late for the first answers is there for the others.
    expect(answers.some(({ weather }) => !weather.is_default)).toBe(true);
  });

  it.each([
    ['breaks connections', 'reset'],
    ['hangs', 'never'],
  ] as const)('while the weather %s', async (_, reply) => {
    site.weather.answers(reply);
    const { answers, model } = await answersIn(`weather ${reply}`);
    site.weather.answers(ok('rain'));
    expect(sourcesOf(model)).toEqual(['model SPLIT']);
    for (const { weather } of answers) expect(weather).toMatchObject({ factor: 0.5, is_default: true });
    for (const { weather } of answers) expect(['unreachable', 'timeout']).toContain(weather.reason);
  });

  it.each(['broken', 'hanging'] as const)('while the model is %s', async (mood) => {
    site.modelIs(mood);
    const count = mood === 'hanging' ? SLOW_REQUESTS : REQUESTS;
    const { model, control } = await answersIn(`model ${mood}`, count);
    site.modelIs('well');
    expect(sourcesOf(model)).toEqual(['fallback ERROR']);
    expect(sourcesOf(control)).toEqual(['heuristic SPLIT']);
  });

  it.each(['cut', 'blackHole'] as const)(
    'while Postgres is away (%s), and repeats its answers',
    async (fault) => {
      site.machine.postgres![fault]();
      const { answers } = await answersIn(`Postgres ${fault}`);
      const named = answers.find(({ request_id }) => request_id?.startsWith('r'))!;
      const again = await ask(site, {
        booking: { id: named.booking_id, scheduled_time: '2026-03-02T08:30' },
        request_id: named.request_id,
      });
      site.machine.postgres!.heal();
      expect(again).toMatchObject({ status: 200, prediction: named });
      // Whether the flag was still fresh depends on how long it took; either is the truth.
      for (const { variant, source, reason } of answers) {
        expect(`${variant} ${source} ${reason}`).toMatch(
          /^(model model SPLIT|control heuristic (SPLIT|STALE))$/,
        );
      }
    },
  );

  it('while Redis is away', async () => {
    site.machine.redis!.cut();
    const { model } = await answersIn('Redis cut');
    site.machine.redis!.heal();
    expect(['', 'model SPLIT']).toContain(sourcesOf(model).join());
  });

  it('while all of it fails at once', async () => {
    site.weather.answers('reset');
    site.modelIs('hanging');
    site.machine.postgres!.blackHole();
    site.machine.redis!.cut();
    const { answers } = await answersIn('all at once', SLOW_REQUESTS);
    for (const { variant, source, reason, weather } of answers) {
      expect(`${variant} ${source} ${reason}`).toMatch(
        /^(model fallback ERROR|control heuristic (SPLIT|STALE))$/,
      );
      expect(weather.is_default).toBe(true);
    }
    site.weather.answers(ok('rain'));
    site.modelIs('well');
    site.machine.postgres!.heal();
    site.machine.redis!.heal();
  });

  it('and is well again by itself', async () => {
    await until('the flag is read again', async () => {
      const { prediction } = await remembered('recovering');
      return prediction.reason === 'SPLIT';
    });
    await until('the ledger takes rows', () => site.recorder.state().fault === null);
    const { model } = await answersIn('recovered');
    expect(sourcesOf(model)).toEqual(['model SPLIT']);
  });

  it('and has recorded every answer once, as it was given', async () => {
    await until(
      'every answer is in the ledger',
      async () => (await ledger.totals()).traffic.requests >= given.length,
      20_000,
    );
    const rows = new Map<string, PredictionRow>();
    for await (const { row } of ledger.recorded(0, Number.MAX_SAFE_INTEGER)) rows.set(row.requestId, row);
    expect(rows.size).toBe(given.length);
    for (const answer of given) {
      expect(rows.get(answer.request_id!)).toMatchObject({
        ...{ bookingId: answer.booking_id, variant: answer.variant, source: answer.source },
        ...{ reason: answer.reason, predictedMinutes: answer.predicted_minutes },
        weatherReason: answer.weather.reason,
      });
    }
    const { traffic } = await ledger.totals();
    const of = (source: string) => given.filter((answer) => answer.source === source).length;
    expect(traffic).toMatchObject({
      requests: given.length,
      bySource: { model: of('model'), heuristic: of('heuristic'), fallback: of('fallback') },
    });
    const attempts = [...rows.values()].map(({ attempt }) => attempt);
    const failed = attempts.filter((attempt) => attempt === 'failed' || attempt === 'late').length;
    expect(traffic.failures).toBe(failed);
    expect(failed).toBeGreaterThanOrEqual(of('fallback'));
    expect(site.recorder.state()).toMatchObject({ lost: 0, fault: null });
  });
});

it('survives a connection that breaks between two statements', async () => {
  const postgres = postgresAt(site.machine.databaseUrl!);
  const broken = postgres.transaction(async (query) => {
    await query('SELECT 1', []);
    site.machine.postgres!.cut();
    await sleep(50);
    await query('SELECT 1', []);
  }, 10_000);
  await expect(broken).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  site.machine.postgres!.heal();
  await postgres.close();
});

it('refuses, and says so, where the flag forbids falling back', async () => {
  const strict = await startServeSite(servers, 'serve-strict', false);
  try {
    strict.modelIs('broken');
    const got = await load('no fallback', 30, strict);
    const refused = got.filter(({ status }) => status === 503);
    expect(got.filter(({ status }) => status === 201).length + refused.length).toBe(30);
    expect(refused.length).toBeGreaterThan(0);
    for (const { status, prediction } of got) {
      if (status === 201) expect(prediction).toMatchObject({ variant: 'control', source: 'heuristic' });
      else
        expect(prediction).toMatchObject({
          code: 'UNAVAILABLE',
          error: expect.stringContaining('FALLBACK_ON_ERROR'),
        });
    }
  } finally {
    await strict.close();
  }
});

async function remembered(phase: string): Promise<Got> {
  const booking = {
    ...{ id: `b${++asked}`, pickup_lat: 46, pickup_lon: 6, distance_meters: 8000 },
    scheduled_time: new Date().toISOString(),
  };
  const got = await ask(site, { booking, request_id: `r${asked}` });
  expect(got.status).toBe(201);
  given.push({ ...got.prediction, phase });
  return got;
}
