import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../commands/program.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { KEY, startRecordedServer } from '../weather/recorded-server.js';
import { type Consumer, installConsumer } from './consumer.js';

const BOOKING = "{ id: 1, scheduled_time: new Date('2026-03-02T08:30Z'), distance_meters: 8000 }";
const EVENTS = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'exit',
  'beforeExit',
  'uncaughtException',
  'unhandledRejection',
];

const FILES = {
  /** Opens everything, uses it, closes it, and does nothing about its own end. */
  'whole-life.mjs': `
    import { createPredictor, openFlag } from 'atmr-ml';
    const count = () => ${JSON.stringify(EVENTS)}.map((name) => process.listenerCount(name)).join();
    const before = count();
    const flag = await openFlag();
    const predictor = await createPredictor();
    flag.evaluate('1');
    const { source } = await predictor.predict(${BOOKING});
    const listens = count() !== before;
    await predictor.close();
    await flag.close();
    process.stdout.write(JSON.stringify({ source, listens }) + '\\n');`,
  /** A ride of now, whose weather nobody told. */
  'weather.mjs': `
    import { createPredictor } from 'atmr-ml';
    const predictor = await createPredictor({ record: false, timeoutMs: 10_000 });
    const place = { pickup_lat: 46.2, pickup_lon: 6.14, dropoff_lat: 46.25, dropoff_lon: 6.1 };
    const ask = async () => (await predictor.predict({ id: 1, scheduled_time: new Date(), ...place })).weather;
    let weather = await ask();
    // What comes too late for one ride is there for the next.
    for (let i = 0; i < 50 && weather.reason === 'timeout'; i++) weather = await ask();
    process.stdout.write(JSON.stringify(weather) + '\\n');
    await predictor.close();`,
  /** The flag from CommonJS. */
  'common.cjs': `
    import('atmr-ml').then(async ({ openFlag }) => {
      const flag = await openFlag();
      process.stdout.write(flag.evaluate('1').variant + '\\n');
      await flag.close();
    });`,
  /** What a thousand evaluations a second for a quarter of an hour leave behind, in bytes. */
  'many.mjs': `
    import { setFlagsFromString } from 'node:v8';
    import { runInNewContext } from 'node:vm';
    import { openFlag } from 'atmr-ml';
    setFlagsFromString('--expose_gc');
    const gc = runInNewContext('gc');
    const flag = await openFlag();
    const used = () => (gc(), process.memoryUsage().heapUsed);
    const evaluate = (from) => { for (let i = 0; i < 300_000; i++) flag.evaluate(from + i); };
    evaluate(0);
    const before = used();
    for (let round = 1; round <= 3; round++) evaluate(round * 300_000);
    process.stdout.write(used() - before + '\\n');
    await flag.close();`,
};

describe('a process with the library', () => {
  let consumer: Consumer;
  let postgres: TestServer;
  let redis: TestServer;
  beforeAll(async () => {
    consumer = installConsumer(FILES);
    [postgres, redis] = await Promise.all([startMigratedPostgres(), startRedis()]);
  });
  afterAll(async () => {
    consumer.remove();
    await Promise.all([postgres.remove(), redis.remove()]);
  });
  const places = {
    'the embedded store': () => ({}),
    'Postgres and Redis': () => ({ DATABASE_URL: postgres.url, REDIS_URL: redis.url }),
    'stores that are away': () => ({
      ...{ DATABASE_URL: 'postgresql://127.0.0.1:9/nobody', REDIS_URL: 'redis://127.0.0.1:9' },
    }),
  } as const;

  it.each(Object.entries(places))(
    'ends by itself once all is closed, and printed nothing, on %s',
    async (_, at) => {
      const { home } = program();
      const process = consumer.start('whole-life.mjs', { ATMR_ML_HOME: home, ...at() });
      expect(await process.ended, process.stderr()).toBe(0);
      expect(process.stderr()).toBe('');
      expect(process.stdout()).toBe('{"source":"heuristic","listens":false}\n');
    },
  );

  it('asks for the weather where there is a key', async () => {
    const service = await startRecordedServer();
    const key = { OPENWEATHER_API_KEY: KEY, OPENWEATHER_BASE_URL: service.url };
    const asks = consumer.start('weather.mjs', { ATMR_ML_HOME: program().home, ...key });
    expect(await asks.ended, asks.stderr()).toBe(0);
    expect(JSON.parse(asks.stdout())).toMatchObject({ is_default: false, reason: null });
    expect(service.asked.length).toBe(1);
    await service.close();
    const keyless = consumer.start('weather.mjs', { ATMR_ML_HOME: program().home });
    expect(await keyless.ended, keyless.stderr()).toBe(0);
    expect(JSON.parse(keyless.stdout())).toEqual({ factor: 0.5, is_default: true, reason: 'no_key' });
  });

  it('may be written in CommonJS', async () => {
    const process = consumer.start('common.cjs', { ATMR_ML_HOME: program().home });
    expect([await process.ended, process.stdout()]).toEqual([0, 'control\n']);
  });

  it('leaves nothing behind by evaluating', async () => {
    const { home, run } = program();
    await run('activate', '--percentage', '50', '--yes');
    const process = consumer.start('many.mjs', { ATMR_ML_HOME: home });
    expect(await process.ended, process.stderr()).toBe(0);
    // Half a byte an evaluation: the readers' own loops go on meanwhile.
    expect(Number(process.stdout())).toBeLessThan(450_000);
  });

  it('may hold the library in a bundle of its own, far from the package', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-bundled-'));
    cpSync('dist/lib', join(folder, 'bundle'), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    const code = FILES['common.cjs'].replace("'atmr-ml'", "'./bundle/library.mjs'");
    writeFileSync(join(folder, 'main.cjs'), code);
    const { home } = program();
    const ended = spawnSync(process.execPath, [join(folder, 'main.cjs')], {
      ...{ cwd: folder, env: { ATMR_ML_HOME: home }, encoding: 'utf8', timeout: 60_000 },
    });
    expect([ended.status, ended.stdout], ended.stderr).toEqual([0, 'control\n']);
  });

  it('is one of the processes that disable waits for', async () => {
    const { home, run } = program({ DATABASE_URL: postgres.url, REDIS_URL: redis.url });
    const stay = { PORT: '0', ATMR_ML_HOME: home, DATABASE_URL: postgres.url, REDIS_URL: redis.url };
    const three = ['flag.mjs', 'predictor.mjs', 'openfeature.mjs'].map((file) => consumer.start(file, stay));
    await Promise.all(three.map(({ firstLine }) => firstLine));
    await run('activate', '--percentage', '100', '--yes');
    const off = await run('disable', '--expect-instances', '3');
    expect(off.exitCode, off.stderr).toBe(0);
    expect(JSON.parse(off.stdout).instances).toMatchObject(Array(3).fill({ live: true, confirmed: true }));
    for (const one of three) one.signal('SIGTERM');
    expect(await Promise.all(three.map(({ ended }) => ended))).toEqual([0, 0, 0]);
  });
});
