import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../commands/program.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { type Consumer, type ConsumerProcess, installConsumer } from './consumer.js';

const EXAMPLES = ['flag.mjs', 'openfeature.mjs', 'predictor.mjs'] as const;
const BOOKING = {
  ...{ id: 4711, scheduled_time: '2026-03-02T08:30', pickup_lat: 46.2, pickup_lon: 6.14 },
  ...{ dropoff_lat: 46.25, dropoff_lon: 6.1, duration_seconds: 900, is_medical: true },
};

describe('the examples for Node', () => {
  let consumer: Consumer;
  let postgres: TestServer;
  let redis: TestServer;
  beforeAll(async () => {
    consumer = installConsumer();
    [postgres, redis] = await Promise.all([startMigratedPostgres(), startRedis()]);
  });
  afterAll(async () => {
    consumer.remove();
    await Promise.all([postgres.remove(), redis.remove()]);
  });
  const stores = {
    'the embedded store': () => ({}),
    'Postgres and Redis': () => ({ DATABASE_URL: postgres.url, REDIS_URL: redis.url }),
  } as const;

  it('fit on a screen', () => {
    expect(readdirSync('examples/node').sort()).toEqual([...EXAMPLES].sort());
    for (const file of EXAMPLES) {
      const lines = readFileSync(join('examples/node', file), 'utf8').trimEnd().split('\n');
      expect(lines.length, file).toBeLessThanOrEqual(30);
    }
  });

  it.each(['nodenext', 'bundler'])(
    'are typed, and the library by itself, where modules are resolved as %s',
    (resolution) => {
      const compilerOptions = {
        ...{ strict: true, noEmit: true, allowJs: true, checkJs: true, skipLibCheck: false },
        ...{ module: resolution === 'bundler' ? 'esnext' : 'nodenext', moduleResolution: resolution },
        ...{ target: 'es2022', lib: ['es2022'], types: ['node'], exactOptionalPropertyTypes: true },
      };
      const path = join(consumer.folder, 'tsconfig.json');
      writeFileSync(path, JSON.stringify({ compilerOptions, files: EXAMPLES }));
      const tsc = [resolve('node_modules/typescript/bin/tsc'), '-p', path];
      const { stdout } = attempt(() =>
        execFileSync(process.execPath, tsc, { encoding: 'utf8', stdio: 'pipe' }),
      );
      expect(stdout).toBe('');
    },
  );

  describe.each(Object.entries(stores))('on %s', (_, variablesOf) => {
    it.each(['flag.mjs', 'openfeature.mjs'])('%s follows the flag, and confirms it', async (file) => {
      const { run, home } = program(variablesOf());
      const process = consumer.start(file, { ATMR_ML_HOME: home, ...variablesOf() });
      const url = await addressOf(process);
      const arm = async () => (await fetch(`${url}/arm?booking=4711`)).json();
      const on = JSON.parse((await run('activate', '--percentage', '100', '--yes')).stdout);
      expect(on.instances).toMatchObject([{ confirmed: true }]);
      // Whoever confirmed answers by it at once.
      expect(await arm()).toEqual({ variant: 'model', reason: 'SPLIT' });
      const off = await run('disable', '--reason', 'drill');
      expect(off.exitCode, off.stderr).toBe(0);
      expect(JSON.parse(off.stdout).instances).toMatchObject([{ confirmed: true }]);
      const reason = file === 'flag.mjs' ? 'FORCED_OFF' : 'DISABLED';
      expect(await arm()).toEqual({ variant: 'control', reason });
      expect(await (await fetch(`${url}/arm`)).json()).toMatchObject({ variant: 'control' });
      process.signal('SIGTERM');
      expect(await process.ended).toBe(0);
      expect(JSON.parse((await run('status', '--json')).stdout).instances).toEqual([]);
    });

    it('predictor.mjs predicts by the arm of the booking, and records', async () => {
      const { run, home } = program(variablesOf());
      const process = consumer.start('predictor.mjs', { ATMR_ML_HOME: home, ...variablesOf() });
      const url = await addressOf(process);
      const delay = (body: string) => fetch(`${url}/delay`, { method: 'POST', body });
      await run('activate', '--percentage', '100', '--yes');
      const byModel = await (await delay(JSON.stringify(BOOKING))).json();
      expect(byModel).toMatchObject({ minutes: expect.any(Number), source: 'model', reason: 'SPLIT' });
      await run('disable');
      const byHeuristic = await (await delay(JSON.stringify(BOOKING))).json();
      expect(byHeuristic).toMatchObject({ source: 'heuristic', reason: 'FORCED_OFF' });
      expect((await delay('{"id": 1}')).status).toBe(400);
      expect((await delay('no JSON')).status).toBe(400);
      process.signal('SIGINT');
      expect(await process.ended, process.stderr()).toBe(0);
      const { stats } = JSON.parse((await run('status', '--json')).stdout);
      expect(stats).toMatchObject({ total_requests: 2, ml_requests: 1 });
    });
  });
});

async function addressOf(process: ConsumerProcess): Promise<string> {
  const { port } = JSON.parse(await process.firstLine) as { port: number };
  return `http://127.0.0.1:${port}`;
}

/** What a program printed, whether it succeeded or not. */
function attempt(run: () => string): { readonly stdout: string } {
  try {
    return { stdout: run() };
  } catch (thrown) {
    return thrown as { readonly stdout: string };
  }
}
