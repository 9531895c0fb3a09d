/**
 * How long a change takes: from the call of the writer until each of three reader processes answers by it. Beside it,
 * in the same run and through the same network, the least that any such change takes: one bare write to the store that
 * tells of itself, until each of three bare processes has heard. What a person feels has limits of its own: 95 % of the
 * changes within 100 ms where a store tells of them, all within 2 s. BENCH_SIZE=large makes 200 changes a store.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from 'd3-array';
import { Redis } from 'ioredis';
import pg from 'pg';
import { activate } from '../src/flag/activate.js';
import { setPercentage } from '../src/flag/percentage.js';
import { startMigratedPostgres } from '../test/fault/postgres.js';
import { type ReaderChild, startReaderChild } from '../test/fault/reader-child.js';
import { type Machine, type Servers, startMachine } from '../test/fault/site.js';
import { until } from '../test/fault/wait.js';
import { startRedis } from '../test/servers/redis.js';
import { type Bench, type Comparison, compared, median } from './comparison.js';
import type { Heard, Listening } from './propagation-bare.js';

const ROUNDS = 5;
const CHANGES_PER_ROUND = process.env.BENCH_SIZE === 'large' ? 40 : 12;
const READERS = 3;
/** Readers look at their own answer this often. */
const LOOK_EVERY_MS = 2;
const TOLD_LIMIT_MS = 100;
const MAX_LIMIT_MS = 2000;
/** Not in step with the readers' loops of one second. */
const PAUSE_MS = [3, 60, 170, 290, 430];
const CHANNEL = 'bench_bare';

interface SetUp {
  readonly name: string;
  readonly servers: Servers;
  readonly p95LimitMs: number;
  /** Where the bare write goes; `null` for a store that tells nobody. */
  readonly bare: Listening['store'] | null;
}

/** Makes one change, and says after how many milliseconds the last of three processes knew. */
type Change = (number: number) => Promise<number>;

export const bench: Bench = {
  summary: `from the call of the writer until ${READERS} reader processes answer by it`,
  async measure(say) {
    const postgres = await startMigratedPostgres();
    const redis = await startRedis();
    const both = { postgres, redis };
    const setUps: readonly SetUp[] = [
      // Its readers look at it.
      { name: 'SQLite', servers: { postgres: null, redis: null }, p95LimitMs: MAX_LIMIT_MS, bare: null },
      {
        ...{ name: 'Postgres', servers: { ...both, redis: null } },
        ...{ p95LimitMs: TOLD_LIMIT_MS, bare: 'postgres' as const },
      },
      {
        ...{ name: 'Redis alone', servers: { ...both, postgres: null } },
        ...{ p95LimitMs: TOLD_LIMIT_MS, bare: 'redis' as const },
      },
      { name: 'Postgres + Redis', servers: both, p95LimitMs: TOLD_LIMIT_MS, bare: 'postgres' },
    ];
    try {
      const found: Comparison[] = [];
      for (const setUp of setUps) found.push(...(await measureSetUp(setUp, say)));
      return found;
    } finally {
      await postgres.remove();
      await redis.remove();
    }
  },
};

async function measureSetUp(setUp: SetUp, say: (line: string) => void): Promise<Comparison[]> {
  const machine = await startMachine({
    ...{ name: 'bench', key: `bench-${randomUUID()}` },
    servers: setUp.servers,
  });
  const ends: (() => Promise<void>)[] = [() => machine.close()];
  try {
    await activate(machine.holders, 100, machine.request('bench'));
    const readers: ReaderChild[] = [];
    for (let i = 0; i < READERS; i++) {
      readers.push(await startReaderChild(machine, { lookEveryMs: LOOK_EVERY_MS }));
    }
    ends.push(async () => void (await Promise.all(readers.map((reader) => reader.kill()))));
    const bare = setUp.bare === null ? null : await openBare(setUp.bare, machine);
    if (bare !== null) ends.push(bare.close);
    return await measureRounds(
      setUp,
      (number) => changeOnce(machine, readers, number),
      bare?.change ?? null,
      say,
    );
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function measureRounds(
  { name, p95LimitMs, bare: store }: SetUp,
  change: Change,
  bare: Change | null,
  say: (line: string) => void,
): Promise<Comparison[]> {
  const ours: number[][] = [];
  const theirs: number[][] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const [mine, limit]: number[][] = [[], []];
    for (let i = 0; i < CHANGES_PER_ROUND; i += 1) {
      const number = (round + 1) * CHANGES_PER_ROUND + i;
      await sleep(PAUSE_MS[i % PAUSE_MS.length]);
      mine!.push(await change(number));
      if (bare !== null) limit!.push(await bare(number));
    }
    if (round < 0) continue;
    ours.push(mine!);
    theirs.push(limit!);
  }
  const slowest = Math.max(...ours.flat());
  const text = [0.5, 0.95].map((share) => quantile(ours.flat(), share)?.toFixed(1)).join(', p95 ');
  say(`${name}: p50 ${text}, slowest ${slowest.toFixed(1)} ms`);
  const what = `change on ${name}, ${READERS} readers`;
  const p95s = ours.map((ms) => quantile(ms, 0.95) ?? Number.NaN);
  const felt = (which: string, values: readonly number[], limitMs: number) =>
    compared(
      { what: `${what}, ${which}`, unit: 'ms', peer: `limit of ${limitMs} ms`, wanted: { atMost: 1 } },
      values,
      values.map(() => limitMs),
    );
  const limits = [felt('p95', p95s, p95LimitMs), felt('slowest', [slowest], MAX_LIMIT_MS)];
  if (bare === null) return limits;
  const peer = `bare write to ${store} that ${READERS} processes hear of`;
  const beside = { what: `${what}, p50`, unit: 'ms', peer, wanted: null };
  return [compared(beside, ours.map(median), theirs.map(median)), ...limits];
}

async function changeOnce(
  machine: Machine,
  readers: readonly ReaderChild[],
  number: number,
): Promise<number> {
  const startMs = performance.timeOrigin + performance.now();
  const { changeId } = await setPercentage(machine.holders, 1 + (number % 99), machine.request('bench'));
  const firstBy = (reader: ReaderChild) => reader.answers.find((seen) => seen.changeId === changeId)?.atMs;
  await until('every reader answers by it', () => readers.every((reader) => firstBy(reader) !== undefined));
  return Math.max(...readers.map((reader) => firstBy(reader) ?? Number.NaN)) - startMs;
}

async function openBare(store: Listening['store'], machine: Machine) {
  const url = store === 'redis' ? machine.redisUrl : machine.databaseUrl;
  if (url === null) throw new Error(`the machine has no ${store}`);
  const listeners = await Promise.all(
    Array.from({ length: READERS }, () => startListener({ store, url, channel: CHANNEL })),
  );
  const writer = store === 'redis' ? redisWriter(url) : await postgresWriter(url);
  const change: Change = async (number) => {
    const text = String(number);
    const startMs = performance.timeOrigin + performance.now();
    await writer.write(text);
    await until('every process has heard', () => listeners.every(({ heard }) => heard.has(text)));
    return Math.max(...listeners.map(({ heard }) => heard.get(text) ?? Number.NaN)) - startMs;
  };
  const close = async () => {
    for (const { child } of listeners) child.kill();
    await writer.close();
  };
  return { change, close };
}

interface Listener {
  readonly child: ChildProcess;
  /** When it heard what. */
  readonly heard: ReadonlyMap<string, number>;
}

async function startListener(order: Listening): Promise<Listener> {
  const child = fork(resolve('bench/propagation-bare.ts'), { execArgv: ['--import', 'tsx'] });
  child.send(order);
  await once(child, 'message');
  const heard = new Map<string, number>();
  child.on('message', ({ text, atMs }: Heard) => heard.set(text, atMs));
  return { child, heard };
}

function redisWriter(url: string) {
  const client = new Redis(url);
  return {
    write: async (text: string) =>
      void (await client.multi().set(CHANNEL, text).publish(CHANNEL, text).exec()),
    close: async () => void (await client.quit()),
  };
}

/** As a change of the flag is on disk before anybody is told, so is this. */
async function postgresWriter(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE TABLE IF NOT EXISTS ${CHANNEL} (id int PRIMARY KEY, text text)`);
  await client.query(`INSERT INTO ${CHANNEL} VALUES (1, '') ON CONFLICT DO NOTHING`);
  const sql = `WITH written AS (UPDATE ${CHANNEL} SET text = $1 RETURNING text) SELECT pg_notify('${CHANNEL}', text) FROM written`;
  return {
    write: async (text: string) => void (await client.query(sql, [text])),
    close: async () => void (await client.end()),
  };
}
