import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { until } from '../fault/wait.js';
import { prediction } from '../ledger/rows.js';
import { runBinary } from '../run-binary.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { KEY, type RecordedServer, startRecordedServer } from '../weather/recorded-server.js';
import { makeLinearModel } from './foreign-model.js';
import { bookingsOfADay } from './play-day.js';
import { type ServeProcess, startServe } from './serve-process.js';

/** What a caller got. */
interface Answered {
  readonly status: number;
  readonly source: string;
  readonly weather:
    | { readonly factor: number; readonly is_default: boolean; readonly reason: string | null }
    | undefined;
}

/** A document of the program or of its API: a test looks into it as it goes. */
// biome-ignore lint/suspicious/noExplicitAny: what is asserted of it says what it is
type Document = any;

/** A rollout at a healthy 50 %, served by the real program on Postgres and Redis, and asked without a pause. */
export interface Incident {
  readonly weather: RecordedServer;
  run(...args: readonly string[]): ReturnType<typeof runBinary>;
  json(...args: readonly string[]): Promise<{ exitCode: number; document: Document }>;
  /** A document of the API. */
  get(path: string): Promise<Document>;
  /** What `serve` has logged so far. */
  log(): string;
  /** What every caller has got so far. */
  readonly answers: readonly Answered[];
  /** How many ask at once from now on. */
  asking(callers: number): void;
  /** Where they are picked up from now on: one call of the weather service serves a square kilometre. */
  pickingUpAt(place: { readonly lat: number; readonly lon: number }): void;
  /** From now on the process that predicts is killed again and again, until the returned function is called. */
  breakModel(): () => void;
  /** Another host's server, which was slow until some minutes ago: its answers, in the ledger that all share. */
  slowElsewhere(answers: number, tookMs: number): Promise<void>;
  close(): Promise<void>;
}

/** The steps are the default's; what a test of seconds cannot wait for is left out. */
const CONFIG = `
models: ./models
guard: { interval: 1s, coolDown: 10m }
rollout:
  anyTime: true
  recovery: { percentage: 5, minimumTime: 0h, minimumSettled: 0, gates: [failure_rate] }
`;

export async function startIncident(): Promise<Incident> {
  const [postgres, redis, weather] = await Promise.all([
    startMigratedPostgres(),
    startRedis(),
    startRecordedServer(),
  ]);
  const home = mkdtempSync(join(tmpdir(), 'atmr-ml-incident-'));
  writeFileSync(join(home, 'atmr-ml.config.yaml'), CONFIG);
  await makeLinearModel(home);
  const env = {
    ...{ DATABASE_URL: postgres.url, REDIS_URL: redis.url, ATMR_ML_HOME: home },
    ...{ OPENWEATHER_API_KEY: KEY, OPENWEATHER_BASE_URL: weather.url },
  };
  const run = (...args: readonly string[]) => runBinary(args, { cwd: home, env });
  const json: Incident['json'] = async (...args) => {
    const { exitCode, stdout, stderr } = await run(...args, '--json');
    if (stdout === '') throw new Error(`no JSON, exit ${exitCode}: ${stderr}`);
    return { exitCode, document: JSON.parse(stdout) };
  };
  const servers: TestServer[] = [postgres, redis];
  let server: ServeProcess | null = null;
  const load = { callers: 0, over: false, place: GENEVA, answers: [] as Answered[] };
  const callers: Promise<void>[] = [];
  let breaking: NodeJS.Timeout | undefined;
  const close = async () => {
    clearInterval(breaking);
    load.over = true;
    await server?.kill();
    await Promise.all(callers);
    await Promise.all([...servers.map((one) => one.remove()), weather.close()]);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    expect((await run('rollout', 'start', '--yes', '--no-wait', '--reason', 'week 1')).exitCode).toBe(0);
    server = await startServe(env);
    for (const share of [25, 50]) {
      const { document } = await json(
        'rollout',
        'advance',
        '--force',
        '--yes',
        '--reason',
        'a test of seconds',
      );
      expect(document.after).toMatchObject({ percentage: share });
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  const { url, pid, stderr } = server;
  const bookings = bookingsOfADay(2000, 7);
  let next = 0;
  const ask = async (caller: number) => {
    while (!load.over) {
      if (caller >= load.callers) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      const { document } = bookings[next++ % bookings.length]!;
      // Each has a name of its own: a booking that is asked about again would be another question about the same.
      const soon = new Date(Date.now() + 3_600_000).toISOString();
      const { lat, lon } = load.place;
      const booking = {
        ...{ ...document, id: `b-${next}`, scheduled_time: soon, weather: null },
        ...{ pickup_lat: lat, pickup_lon: lon },
      };
      const answer = await fetch(`${url}/api/predictions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ booking }),
      }).catch(() => null);
      if (answer === null) continue; // the server ends with the test
      const { source, weather: used } = (await answer.json()) as Answered;
      load.answers.push({ status: answer.status, source, weather: used });
    }
  };
  for (let caller = 0; caller < MOST_CALLERS; caller++) callers.push(ask(caller));
  load.callers = 2;
  await until('the model answers', () => load.answers.filter(({ source }) => source === 'model').length > 40);
  return {
    ...{ weather, run, json, close, answers: load.answers, log: stderr },
    get: async (path) => await (await fetch(`${url}${path}`)).json(),
    asking: (count) => {
      load.callers = count;
    },
    pickingUpAt: (place) => {
      load.place = place;
    },
    breakModel() {
      breaking = setInterval(() => killChildren(pid, 'onnxruntime-process'), 50);
      return () => clearInterval(breaking);
    },
    async slowElsewhere(count, tookMs) {
      const { version } = (await json('status')).document.flag.model;
      const ledger = await openLedger({ databaseUrl: postgres.url, home });
      await ledger.record(
        Array.from({ length: count }, (_, i) =>
          prediction({
            ...{
              requestId: `slow-${i}`,
              bookingId: `slow-${i}`,
              createdMs: Date.now() - NEARLY_FIVE_MINUTES_MS - i,
            },
            ...{ modelVersion: version, predictionTimeMs: tookMs },
          }),
        ),
      );
      await ledger.close();
    },
  };
}

function killChildren(parent: number, name: string): void {
  const table = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(parent)], { encoding: 'utf8' });
  for (const line of table.stdout.split('\n').filter((one) => one.includes(name))) {
    try {
      process.kill(Number(line.trim().split(' ')[0]), 'SIGKILL');
    } catch {} // it ended meanwhile
  }
}

/** The guard looks at the last five minutes: they leave them while a test can wait. */
const NEARLY_FIVE_MINUTES_MS = 200_000;
const MOST_CALLERS = 12;
const GENEVA = { lat: 46.2, lon: 6.14 };
