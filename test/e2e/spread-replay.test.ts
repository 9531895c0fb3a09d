import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProductionTables } from '../../scripts/make-production-tables.js';
import { DEFAULT_SIMULATION } from '../../src/simulator/settings.js';
import { until } from '../fault/wait.js';
import { startPostgres } from '../servers/postgres.js';
import type { TestServer } from '../servers/process.js';
import { type Proxy as Network, startProxy } from '../servers/proxy.js';
import { startRedis, startRedisCluster, startSentinel } from '../servers/redis.js';
import { comparable, type SpreadProgram, startAbTest } from './spread-program.js';

const BOOKINGS = 8000;
const REPLAY = ['--source', 'postgres', '--json', '--part-size', '400'];
/** So that a part takes long enough to lose its process in it. */
const REPLY_DELAY_MS = 15;

let postgres: TestServer;
let proxy: Network;
/** Servers to remove, beside those. */
const removed: { remove(): Promise<void> }[] = [];
const home = mkdtempSync(join(tmpdir(), 'atmr-ml-spread-'));
/** What one process says of the same bookings. */
let expected: string;

beforeAll(async () => {
  postgres = await startPostgres();
  const period = { bookings: BOOKINGS, days: 300, from: '2026-08-01' };
  await makeProductionTables(postgres.url, { ...DEFAULT_SIMULATION, ...period });
  proxy = await startProxy(postgres.port);
  proxy.delayReplies(REPLY_DELAY_MS);
  expected = comparable(await startAbTest([...REPLAY, '--workers', '1'], variables()).ended);
});
afterAll(async () => {
  await Promise.all([postgres, proxy, ...removed].map((server) => server?.remove()));
  rmSync(home, { recursive: true });
});

function variables(redisUrl?: string): Record<string, string> {
  const url = new URL(postgres.url);
  url.port = String(proxy.port);
  return {
    ATMR_ML_HOME: home,
    BOOKINGS_DATABASE_URL: url.href,
    ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
  };
}

/** Of one test alone: what waits in a queue would be taken by the processes of another. */
async function redis(): Promise<TestServer> {
  const server = await startRedis();
  removed.push(server);
  return server;
}

function replayOn(url: string, workers: number, ...more: readonly string[]): SpreadProgram {
  return startAbTest([...REPLAY, '--workers', String(workers), ...more], variables(url));
}

/** On the same server. */
async function anotherDatabase(): Promise<string> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('CREATE DATABASE another');
  await client.end();
  const url = new URL(postgres.url);
  url.pathname = '/another';
  return url.href;
}

/** Until all processes have a part each, and some parts are done. */
async function inTheMiddle(server: TestServer, done: number, processes: number): Promise<void> {
  const { Redis } = await import('ioredis');
  const client = new Redis(server.url);
  const key = (name: string) => `{atmr-ml:replay}:parts:${name}`;
  try {
    await until('some parts are done', async () => (await client.zcard(key('completed'))) >= done);
    await until('each process has a part', async () => (await client.llen(key('active'))) === processes);
  } finally {
    client.disconnect();
  }
}

/** Another file than the shipped model, which answers the same. */
function otherModel(): string {
  const path = join(home, 'other.onnx');
  // A protobuf field that says something about the file, at its end.
  const bytes = Buffer.concat([
    readFileSync(resolve('models/delay_predictor.onnx')),
    Buffer.from([0x32, 1, 0x78]),
  ]);
  const manifest = JSON.parse(readFileSync(resolve('models/delay_predictor.json'), 'utf8'));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(path, bytes);
  writeFileSync(join(home, 'other.json'), JSON.stringify({ ...manifest, sha256 }));
  return path;
}

describe.concurrent('a replay in parts', () => {
  it('says to the last digit what one process says, though processes are killed and stand still', async () => {
    const server = await redis();
    const program = replayOn(server.url, 4);
    await until('its processes run', () => program.workers().length === 4);
    const [killed, stopped] = program.workers();
    // At once, while each still has a part: on a fast machine all are done soon.
    await inTheMiddle(server, 3, 4);
    process.kill(stopped!, 'SIGSTOP');
    process.kill(killed!, 'SIGKILL');
    await until('the part is back', () =>
      program.stderr().includes('came back from a process that was lost'),
    );
    process.kill(stopped!, 'SIGCONT');
    const ended = await program.ended;
    expect(comparable(ended)).toBe(expected);
    expect(ended.stderr).toContain('a process was lost (SIGKILL)');
  });

  it('goes on where it stopped, by Ctrl-C or by force, and leaves nothing behind', async () => {
    const server = await redis();
    const first = replayOn(server.url, 2);
    await inTheMiddle(server, 2, 2);
    first.signal('SIGINT');
    const { code, stderr } = await first.ended;
    expect([code, stderr]).toEqual([
      130,
      expect.stringMatching(/stopped; \d+ of \d+ parts are kept for a day/),
    ]);

    const second = replayOn(server.url, 2);
    await until('it goes on', () => second.stderr().includes('goes on'));
    const workers = second.workers();
    await inTheMiddle(server, 5, 2);
    second.signal('SIGKILL');
    await second.ended;
    await until('its processes end with it', () => workers.every((pid) => !isRunning(pid)));

    const third = await replayOn(server.url, 2).ended;
    expect(comparable(third)).toBe(expected);
    const [, before] = /goes on; (\d+) of/.exec(third.stderr) ?? [];
    expect(Number(before)).toBeGreaterThanOrEqual(5);
    const { Redis } = await import('ioredis');
    const client = new Redis(server.url);
    const keys = await client.keys('*');
    client.disconnect();
    expect(keys.filter((key) => /:plan:|parts:[0-9a-f]{16}/.test(key))).toEqual([]);
  });

  it('is never scored with another model: who has one says so and ends, and others go on', async () => {
    const { url } = await redis();
    const program = replayOn(url, 0);
    await until('it waits', () => program.stderr().includes('waiting for'));
    const stranger = await startAbTest(['work', '--json', '--model', otherModel()], variables(url)).ended;
    expect(stranger.code).toBe(2);
    expect(stranger.stderr).toMatch(
      /asks for something else than this process has: the model \([0-9a-f]{12}, here [0-9a-f]{12}\)/,
    );
    const [, run = ''] = /run ([0-9a-f]{16})/.exec(program.stderr()) ?? [];
    const worker = startAbTest(['work'], variables(url));
    const ofThisRun = startAbTest(['work', '--run', run], variables(url));
    expect(comparable(await program.ended)).toBe(expected);
    expect((await ofThisRun.ended).code).toBe(0);
    expect((await startAbTest(['work', '--run', run], variables(url)).ended).code).toBe(2);
    worker.signal('SIGTERM');
    expect((await worker.ended).code).toBe(143);
  });

  it('goes on beside another replay with another model on the same Redis', async () => {
    const { url } = await redis();
    const [ours, theirs] = [replayOn(url, 2), replayOn(url, 2, '--model', otherModel())];
    expect(comparable(await ours.ended)).toBe(expected);
    expect((await theirs.ended).stderr).toContain('scored by');
  });

  it('is not scored from another database', async () => {
    const { url } = await redis();
    const other = await anotherDatabase();
    await makeProductionTables(other, { ...DEFAULT_SIMULATION, bookings: 100 });
    const program = replayOn(url, 0);
    await until('it waits', () => program.stderr().includes('waiting for'));
    const elsewhere = { ...variables(url), BOOKINGS_DATABASE_URL: other };
    const stranger = await startAbTest(['work', '--json'], elsewhere).ended;
    expect([stranger.code, stranger.stderr]).toEqual([2, expect.stringContaining("the bookings' database")]);
    program.signal('SIGTERM');
    await program.ended;
  });

  it('ends with 4 when Redis goes away, and goes on when it is back', async () => {
    const server = await redis();
    const network = await startProxy(server.port);
    removed.push(network);
    const url = `redis://127.0.0.1:${network.port}`;
    const program = replayOn(url, 2);
    await inTheMiddle(server, 2, 2);
    network.cut();
    const { code, stderr } = await program.ended;
    expect([code, stderr]).toEqual([4, expect.stringContaining('the same command goes on')]);
    expect((await replayOn(url, 2).ended).code).toBe(4);
    network.heal();
    const again = await replayOn(url, 2).ended;
    expect(comparable(again)).toBe(expected);
    expect(again.stderr).toContain('goes on');
  });

  it('goes through sentinels and through a cluster', async () => {
    const master = await redis();
    const [sentinel, cluster] = await Promise.all([startSentinel(master), startRedisCluster()]);
    removed.push(sentinel, cluster);
    for (const { url } of [sentinel, cluster]) {
      expect(comparable(await replayOn(url, 2).ended)).toBe(expected);
    }
  });

  it('ends for a row that is no booking, also of a query of one’s own', async () => {
    const { url } = await redis();
    const own = (latitude: string): string => {
      const path = join(mkdtempSync(join(home, 'own-')), 'own.yaml');
      const columns = `id, scheduled_time, driver_id, distance_meters, ${latitude} AS pickup_lat, pickup_lon, 4.5 AS actual_delay_minutes`;
      writeFileSync(
        path,
        `bookings:\n  query: SELECT ${columns} FROM booking WHERE scheduled_time IS NOT NULL\n`,
      );
      return path;
    };
    const good = own('pickup_lat');
    const alone = await startAbTest([...REPLAY, '--workers', '1', '--config', good], variables()).ended;
    expect(comparable(await replayOn(url, 2, '--config', good).ended)).toBe(comparable(alone));
    const bad = await replayOn(url, 2, '--config', own('CASE id WHEN 4321 THEN 912 ELSE pickup_lat END'))
      .ended;
    expect([bad.code, JSON.parse(bad.stderr.trim().split('\n').at(-1)!).code]).toEqual([2, 'BAD_INPUT']);
  });

  it('says what it needs', async () => {
    const { code, stderr } = await startAbTest([...REPLAY, '--workers', '2'], variables()).ended;
    expect([code, stderr]).toEqual([2, expect.stringContaining('REDIS_URL is not set')]);
    for (const flag of ['--limit', '--sample', '--csv']) {
      const given = await startAbTest([...REPLAY, '--workers', '2', flag, '5'], variables()).ended;
      expect([given.code, given.stderr]).toEqual([2, expect.stringContaining(`--workers and ${flag}`)]);
    }
    const file = ['--source', 'bookings.csv', '--workers', '2'];
    expect((await startAbTest(file, variables()).ended).code).toBe(2);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
