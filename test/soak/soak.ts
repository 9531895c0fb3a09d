/**
 * `npm run test:soak`: the built `serve` on a Postgres and a Redis of its own, under steady load, while what it depends on fails
 * at random. DURATION (default 30m), RATE (bookings a second, default 5) and SEED may be set. Prints what it saw, and exits 1
 * when memory or descriptors grow, an answer fails that nothing excuses, or an acknowledged one is not in the ledger.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import build from '../build.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import type { Draw } from '../fault/round.js';
import { startProxy } from '../servers/proxy.js';
import { startRedis } from '../servers/redis.js';
import { KEY, startRecordedServer } from '../weather/recorded-server.js';
import { startClients, type Traffic } from './clients.js';
import { durationMs } from './duration.js';
import { type PastFault, playFaults, type Surroundings } from './fault-plan.js';
import { growthOf, inexcusable, MOST_GROWTH, type Sample } from './judge.js';
import { startWatchedServe, type WatchedServe } from './watched-serve.js';

const DURATION_MS = durationMs(process.env.DURATION ?? '30m');
const RATE = Number(process.env.RATE ?? 5);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** Thirty samples at least. */
const SAMPLE_MS = Math.min(60_000, DURATION_MS / 30);
const RECOVERY_LIMIT_MS = 180_000;
const BUGS = /unhandled|TypeError|RangeError|ReferenceError|MaxListeners|\[ML\] bug/;

const say = (text: string) => process.stdout.write(`${text}\n`);

interface Findings {
  readonly samples: readonly Sample[];
  readonly faults: readonly PastFault[];
  readonly traffic: Traffic;
  readonly recorded: Recorded;
  readonly exitCode: number | null;
  readonly log: string;
}

interface Recorded {
  readonly bookings: ReadonlyMap<string, number>;
  readonly outcomes: ReadonlyMap<string, number>;
}

async function main(): Promise<boolean> {
  build();
  say(`soak: SEED=${SEED}, ${DURATION_MS / 60_000} min, ${RATE} bookings/s`);
  const home = mkdtempSync(join(tmpdir(), 'atmr-ml-soak-'));
  const around = await surroundings();
  const serve = await startWatchedServe({ ATMR_ML_HOME: home, ...variables(around) });
  try {
    return report(await soak(serve, around));
  } finally {
    serve.kill();
    await Promise.all([around.postgres, around.redis].map(({ network }) => network.remove()));
    await Promise.all([around.postgres, around.redis].map(({ server }) => server.remove()));
    await around.weather.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function surroundings(): Promise<Surroundings> {
  const [postgres, redis, weather] = await Promise.all([
    startMigratedPostgres(),
    startRedis(),
    startRecordedServer(),
  ]);
  return {
    postgres: { server: postgres, network: await startProxy(postgres.port) },
    redis: { server: redis, network: await startProxy(redis.port) },
    weather,
  };
}

function variables({ postgres, redis, weather }: Surroundings): Record<string, string> {
  const through = (url: string, port: number) => Object.assign(new URL(url), { port: String(port) }).href;
  return {
    DATABASE_URL: through(postgres.server.url, postgres.network.port),
    REDIS_URL: through(redis.server.url, redis.network.port),
    OPENWEATHER_API_KEY: KEY,
    OPENWEATHER_BASE_URL: weather.url,
    ML_ENABLED: 'true',
    ML_TRAFFIC_PERCENTAGE: '50',
    FALLBACK_ON_ERROR: 'true',
  };
}

async function soak(serve: WatchedServe, around: Surroundings): Promise<Findings> {
  const startedMs = performance.now();
  const untilMs = startedMs + DURATION_MS;
  const samples: Sample[] = [];
  const faults: PastFault[] = [];
  const clients = startClients(serve.url, RATE, drawFrom(SEED + 1));
  const failing = playFaults(around, drawFrom(SEED), untilMs, (fault) => faults.push(fault));
  while (performance.now() < untilMs && serve.exitCode() === null) {
    await sleep(Math.min(SAMPLE_MS, untilMs - performance.now()));
    const vitals = await serve.vitals();
    const minutes = (performance.now() - startedMs) / 60_000;
    if (vitals !== null)
      say(lineOf(samples[samples.push({ minutes, ...vitals }) - 1]!, clients.traffic, faults));
  }
  await failing;
  await clients.stop();
  const recorded = await recordedOnceQuiet(around.postgres.server.url, clients.traffic);
  const exitCode = serve.exitCode() ?? (await serve.stop());
  return { samples, faults, traffic: clients.traffic, recorded, exitCode, log: serve.log() };
}

/** Answers are recorded behind their callers' backs, after a fault from the disk: once all are there, or for three minutes. */
async function recordedOnceQuiet(url: string, { answered, outcomes }: Traffic): Promise<Recorded> {
  const limitMs = performance.now() + RECOVERY_LIMIT_MS;
  for (;;) {
    const recorded = await readRecorded(url);
    const isThere = [...answered.keys()].every((id) => recorded.bookings.has(id));
    if ((isThere && recorded.outcomes.size >= outcomes.size) || performance.now() > limitMs) return recorded;
    await sleep(1000);
  }
}

async function readRecorded(url: string): Promise<Recorded> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const bookings = await client.query(
      'SELECT booking_id, count(*)::int AS n FROM atmr_ml.prediction GROUP BY 1',
    );
    const outcomes = await client.query('SELECT booking_id, actual_minutes FROM atmr_ml.outcome');
    return {
      bookings: new Map(bookings.rows.map(({ booking_id, n }) => [booking_id, n])),
      outcomes: new Map(outcomes.rows.map(({ booking_id, actual_minutes }) => [booking_id, actual_minutes])),
    };
  } finally {
    await client.end();
  }
}

/** Prints what was seen; false when something is wrong. */
function report({ samples, faults, traffic, recorded, exitCode, log }: Findings): boolean {
  const { answered, hungUp, outcomes, unwanted, counts } = traffic;
  const bad = inexcusable(unwanted, faults);
  const growth = growthOf(samples);
  const missing = [...answered.keys()].filter((id) => !recorded.bookings.has(id));
  const doubled = [...recorded.bookings].filter(([, times]) => times > 1);
  const unknown = [...recorded.bookings.keys()].filter((id) => !answered.has(id) && !hungUp.has(id));
  // The ledger keeps whole thousandths of a minute.
  const wrong = [...outcomes].filter(
    ([id, minutes]) => !(Math.abs((recorded.outcomes.get(id) ?? 1e9) - minutes) < 0.01),
  );
  const bugs = log.split('\n').filter((line) => BUGS.test(line));
  const errors = log.split('\n').filter((line) => /"level":"(ERROR|FATAL)"/.test(line));
  say(
    `\n${tableOf(counts, 'what was asked')}\n\n${tableOf(tally(faults.map(({ name }) => name)), 'faults')}`,
  );
  say(`\n${tableOf(tally(answered.values()), 'answered by')}`);
  for (const one of [
    ...bad.slice(0, 10).map((bad) => JSON.stringify(bad)),
    ...bugs.slice(0, 5),
    ...errors.slice(0, 5),
  ])
    say(one);
  const rows: [what: string, seen: number | string | null, fine: boolean][] = [
    ['samples', samples.length, samples.length >= 10],
    ['answers that nothing excuses', bad.length, bad.length === 0],
    ['answers excused by a fault', unwanted.length - bad.length, true],
    ['predictions answered', answered.size, answered.size > 0],
    ['answered and not recorded', missing.length, missing.length === 0],
    ['recorded twice', doubled.length, doubled.length === 0],
    ['recorded of nobody', unknown.length, unknown.length === 0],
    ['outcomes acknowledged', outcomes.size, outcomes.size > 0],
    ['acknowledged and not recorded', wrong.length, wrong.length === 0],
    ...(Object.keys(MOST_GROWTH) as (keyof typeof MOST_GROWTH)[]).map((name): [string, string, boolean] => [
      `growth of ${name}, per min (most ${MOST_GROWTH[name]})`,
      growth[name].toFixed(3),
      growth[name] < MOST_GROWTH[name],
    ]),
    ['lines of the log that tell of a bug', bugs.length, bugs.length === 0],
    ['lines of the log that are errors', errors.length, true],
    ['exit code on SIGTERM', exitCode, exitCode === 0],
  ];
  say('');
  for (const [what, seen, fine] of rows) say(`${fine ? 'ok ' : 'BAD'}  ${what.padEnd(46)} ${seen}`);
  return rows.every(([, , fine]) => fine);
}

function lineOf(
  { minutes, rssBytes, heapBytes, handles, files, loopP99Ms, loopMaxMs }: Sample,
  { answered, unwanted }: Traffic,
  faults: readonly PastFault[],
): string {
  const memory = `RSS ${(rssBytes / 2 ** 20).toFixed(1)} MB, heap ${(heapBytes / 2 ** 20).toFixed(1)} MB`;
  const loop = `loop p99 ${loopP99Ms.toFixed(0)} max ${loopMaxMs.toFixed(0)} ms`;
  return `${minutes.toFixed(1)} min: ${memory}, ${handles} handles, ${files} files, ${loop}; ${answered.size} answered, ${unwanted.length} not as wanted, ${faults.length} faults`;
}

function tally(names: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function tableOf(counts: ReadonlyMap<string, number>, title: string): string {
  const lines = [...counts].sort().map(([name, count]) => `  ${String(count).padStart(7)}  ${name}`);
  return [title, ...lines].join('\n');
}

function drawFrom(seed: number): Draw {
  const generator = xoroshiro128plus(seed);
  const whole = (below: number) => (generator.next() >>> 0) % below;
  return { whole, pick: (from) => from[whole(from.length)]! };
}

process.exitCode = (await main()) ? 0 : 1;
