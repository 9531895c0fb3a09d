import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { until } from '../fault/wait.js';
import { prediction } from '../ledger/rows.js';
import { runBinary } from '../run-binary.js';
import type { TestServer } from '../servers/process.js';
import { type ServeProcess, startServe } from './serve-process.js';

/** The guard inside of the real server, several of them on one Postgres. */
describe('serve guards the traffic', () => {
  let postgres: TestServer;
  let homes: string[];
  let servers: ServeProcess[];
  let beats: number;
  let watcher: Server;
  let variables: Record<string, string>;

  beforeEach(async () => {
    postgres = await startMigratedPostgres();
    homes = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'atmr-ml-guarded-')));
    for (const home of homes) writeFileSync(join(home, 'atmr-ml.config.yaml'), 'guard: { interval: 1s }\n');
    beats = 0;
    watcher = createServer((_, response) => {
      beats++;
      response.end();
    });
    await new Promise<void>((listening) => watcher.listen(0, '127.0.0.1', listening));
    const { port } = watcher.address() as { port: number };
    variables = { DATABASE_URL: postgres.url, HEARTBEAT_URL: `http://127.0.0.1:${port}/beat` };
    servers = [];
    const started = await run('rollout', 'start', '--yes');
    expect(started.exitCode).toBe(0);
  });
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    watcher.close();
    await postgres.remove();
    for (const home of homes) rmSync(home, { recursive: true, force: true });
  });

  const run = (...args: readonly string[]) =>
    runBinary(args, { cwd: homes[0]!, env: { ...variables, ATMR_ML_HOME: homes[0]! } });
  const serve = async (home: string) => {
    // Whatever a server's locale is, its log, the history and the alerts have the same words.
    const server = await startServe({ ...variables, ATMR_ML_HOME: home, LC_ALL: 'fr_FR.UTF-8' });
    servers.push(server);
    return server;
  };
  const status = async () => JSON.parse((await run('status', '--json')).stdout);

  async function failing(count: number): Promise<void> {
    const { version } = (await status()).flag.model;
    const ledger = await openLedger({ databaseUrl: postgres.url, home: homes[0]! });
    const rows = Array.from({ length: count }, (_, i) =>
      prediction({
        ...{ requestId: `r${i}`, bookingId: `b${i}`, createdMs: Date.now() + i, modelVersion: version },
        ...{ attempt: 'failed', modelMinutes: null, source: 'fallback' },
      }),
    );
    await ledger.record(rows);
    await ledger.close();
  }

  it('takes it back once, by one of two servers, and tells who listens', async () => {
    const [first, second] = [await serve(homes[0]!), await serve(homes[1]!)];
    const ended = new AbortController();
    const response = await fetch(`${first.url}/api/events`, { signal: ended.signal });
    let heard = '';
    const hearing = (async () => {
      for await (const chunk of response.body!) heard += Buffer.from(chunk).toString();
    })().catch(() => {});
    const startMs = performance.now();
    await failing(40);
    await until('the flag is off', async () => (await status()).state === 'forced off');
    process.stderr.write(`serve: off ${Math.round(performance.now() - startMs)} ms after the failures\n`);
    await until('both have heard of it', () => heard.includes('"forced_off":true'));
    const history = JSON.parse((await run('history', '--json')).stdout);
    expect(history.filter(({ action }: { action: string }) => action === 'disable')).toMatchObject([
      {
        by: 'guard',
        reason: expect.stringMatching(/^failure_rate: 100.0 % of the model's last 40 attempts failed/),
      },
    ]);
    const logs = [first, second].map((server) => server.stderr());
    expect(logs.filter((log) => log.includes('guard: rolled back to 0 %'))).toHaveLength(1);
    expect(logs.join('')).toMatch(/"text":"\d+\.\d % of the model's last \d+ attempts failed/);
    expect(beats).toBeGreaterThan(1);
    const { exitCode, stdout } = await run('rollout', 'status', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      decision: 'hold',
      phase: 'rolled_back',
      traffic: 0,
      guard: expect.any(String),
    });
    ended.abort();
    await hearing;
  });

  it('goes on when the server that leads is killed, and counts that as a crash', async () => {
    const first = await serve(homes[0]!);
    await until('the first leads', async () => (await guard()) !== null);
    await serve(homes[1]!);
    const leader = await guard();
    await first.kill();
    servers.shift();
    await until('the second leads', async () => ![null, leader].includes(await guard()));
    await failing(40);
    await until('the flag is off', async () => (await status()).state === 'forced off');
    const { stdout } = await run('rollout', 'status', '--json');
    const { gates } = JSON.parse(stdout);
    expect(gates).toContainEqual(expect.objectContaining({ name: 'crashes', value: 1, result: 'fail' }));
  });

  async function guard(): Promise<string | null> {
    return JSON.parse((await run('rollout', 'status', '--json')).stdout).guard;
  }
});
