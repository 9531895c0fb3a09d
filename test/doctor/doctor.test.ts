import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram } from '../commands/running.js';
import { freePort } from '../servers/process.js';
import { startProxy } from '../servers/proxy.js';
import { startRedis } from '../servers/redis.js';
import {
  API_KEY,
  type Difference,
  doctor,
  lockedBookings,
  oldDatabase,
  REDIS_PASSWORD,
  type Site,
  sql,
  startListener,
  startSite,
  unindexedDatabase,
  userWithPassword,
} from './setup.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.remove());

const SECRETS = [API_KEY, REDIS_PASSWORD, 'not-for-messages', 'wrong-password', 'the-right-password'];

/** The one thing that is broken, after a look that nothing secret was said. */
async function theFault(difference: Difference) {
  const seen = await doctor(site, difference);
  for (const secret of SECRETS) expect(seen.text).not.toContain(secret);
  expect(seen.faults.map(({ name }) => name)).toHaveLength(1);
  expect(seen).toMatchObject({ exitCode: 3, healthy: false });
  return seen.faults[0];
}

function configOf(text: string, name: string): string {
  const path = join(site.folder, name);
  writeFileSync(path, text);
  return path;
}

async function answers(port: number): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

const isRoot = process.getuid?.() === 0;

describe.concurrent('doctor', () => {
  // These two wait for most of their time, and are first so that the others run meanwhile.
  // The server itself gives up a query of bookings after two minutes.
  it('ends while a query still waits for the bookings', { timeout: 90_000 }, async () => {
    const { url, unlock } = await lockedBookings(site);
    expect(await theFault({ env: { BOOKINGS_DATABASE_URL: url } })).toMatchObject({
      name: 'bookings',
      found: expect.stringMatching(/^Postgres at .* \(table booking\) did not answer within \d+ ms$/),
      remedy: expect.stringContaining('BOOKINGS_DATABASE_URL'),
    });
    await unlock();
  });

  it('asks without an answer for no longer than its limit, and goes on', async () => {
    const proxy = await startProxy(site.postgres.port);
    proxy.blackHole();
    const url = site.postgres.url.replace(String(site.postgres.port), String(proxy.port));
    const seen = await doctor(site, { env: { DATABASE_URL: url } });
    await proxy.remove();
    expect(seen.faults).toMatchObject([
      {
        name: 'postgres',
        found: `Postgres at 127.0.0.1:${proxy.port}/postgres did not answer: timeout expired`,
      },
    ]);
    // On a busy machine it may be slow, which is a warning.
    const redis = seen.checks.find(({ name }) => name === 'redis');
    expect(redis?.found).toContain('Redis at 127.0.0.1');
    expect(seen.checks.find(({ name }) => name === 'weather')).toMatchObject({ result: 'ok' });
  });

  it('finds nothing broken where nothing is', async () => {
    const seen = await doctor(site);
    expect(seen.faults).toEqual([]);
    expect(seen).toMatchObject({ exitCode: 0, healthy: true });
    const named = seen.checks.map(({ name }) => name);
    expect(named).toEqual(
      expect.arrayContaining([
        'postgres schema',
        'postgres indexes',
        'redis persistence',
        'clocks',
        'bookings',
      ]),
    );
    expect(named.length).toBe(new Set(named).size);
    const indexes = seen.checks.find(({ name }) => name === 'postgres indexes');
    expect(indexes).toMatchObject({ result: 'ok', found: '9 frequent queries use theirs' });
    for (const secret of SECRETS) expect(seen.text).not.toContain(secret);
  });

  it('names a port that others reach without a token', async () => {
    const config = configOf('serve: {host: 0.0.0.0, apiPort: 0, dashboardPort: 0}', 'open.yaml');
    expect(await theFault({ config })).toMatchObject({
      name: 'tokens',
      remedy: expect.stringContaining('ATMR_ML_TOKEN'),
    });
    const token = {
      ATMR_ML_TOKEN: 'wrong-password-0123456789abcdef',
      ATMR_ML_READ_TOKEN: 'wrong-password-fedcba9876543210',
    };
    expect((await doctor(site, { config, env: token })).faults).toEqual([]);
  });

  it('names a wrong password', async () => {
    const url = await userWithPassword(site, 'the-right-password');
    expect((await doctor(site, { env: { DATABASE_URL: url } })).faults).toEqual([]);
    const wrong = url.replace('the-right-password', 'wrong-password');
    expect(await theFault({ env: { DATABASE_URL: wrong } })).toMatchObject({
      name: 'postgres',
      found: 'password authentication failed for user "careful"',
      remedy: 'Check the user, the password and the database in DATABASE_URL.',
    });
  });

  it('names an address that is none', async () => {
    expect(await theFault({ env: { DATABASE_URL: 'not-for-messages' } })).toMatchObject({ name: 'postgres' });
    expect(await theFault({ env: { BOOKINGS_DATABASE_URL: 'not-for-messages' } })).toMatchObject({
      name: 'bookings',
    });
  });

  it('names a right to read that is missing', async () => {
    await sql(site.postgres.url, 'CREATE ROLE reader LOGIN', 'GRANT SELECT (id) ON booking TO reader');
    const url = site.postgres.url.replace('postgres:not-for-messages', 'reader');
    expect(await theFault({ env: { BOOKINGS_DATABASE_URL: url } })).toMatchObject({
      name: 'bookings',
      found: expect.stringContaining('permission denied'),
      remedy: expect.stringContaining('Grant the user of BOOKINGS_DATABASE_URL SELECT'),
    });
  });

  it('names a wrong password of Redis', async () => {
    const url = site.env.REDIS_URL.replace(REDIS_PASSWORD, 'wrong-password');
    expect(await theFault({ env: { REDIS_URL: url } })).toMatchObject({
      name: 'redis',
      found: expect.stringContaining('WRONGPASS'),
      remedy: 'Check the user and the password in REDIS_URL.',
    });
  });

  it('names an old schema', async () => {
    expect(await theFault({ env: { DATABASE_URL: await oldDatabase(site) } })).toMatchObject({
      name: 'postgres schema',
      found: expect.stringMatching(/^version 1, \d steps behind$/),
      remedy: 'Run `atmr-ml migrate`.',
    });
  });

  it('names an index that is gone', async () => {
    expect(await theFault({ env: { DATABASE_URL: await unindexedDatabase(site) } })).toMatchObject({
      name: 'postgres indexes',
      found: 'no valid index prediction_created for recent predictions',
    });
  });

  it('names a clock that is off', async () => {
    expect(await theFault({ by: ['faketime', '-f', '+10m'] })).toMatchObject({
      name: 'clocks',
      found: expect.stringMatching(/^Postgres is (599|600)\.\d+ s behind this machine; Redis is/),
      remedy: expect.stringContaining('timedatectl set-ntp true'),
    });
  });

  it('names a missing key, and one that is refused', async () => {
    expect(await theFault({ env: { OPENWEATHER_API_KEY: 'your_api_key_here' } })).toMatchObject({
      name: 'weather',
      found: 'OPENWEATHER_API_KEY is not set',
      remedy: expect.stringContaining('set OPENWEATHER_API_KEY'),
    });
    expect(await theFault({ env: { OPENWEATHER_API_KEY: 'wrong-password' } })).toMatchObject({
      name: 'weather',
      found: expect.stringContaining('unauthorized'),
      remedy: expect.stringContaining('2 hours'),
    });
  });

  it('names a corrupt model', async () => {
    const models = join(site.folder, 'models');
    cpSync('models', models, { recursive: true });
    const file = join(models, 'delay_predictor.onnx');
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file, bytes);
    const config = configOf('models: models\nserve: {apiPort: 0, dashboardPort: 0}', 'corrupt.yaml');
    expect(await theFault({ config })).toMatchObject({
      name: 'model',
      found: expect.stringContaining('SHA-256'),
      remedy: expect.stringContaining('Copy the .onnx file and its manifest together'),
    });
  });

  it('names a full disk', async () => {
    const disk = join(site.folder, 'disk');
    mkdirSync(disk);
    // No file of this program may have any content: a quota that is used up, without a disk of its own or any right.
    const by = ['sh', '-c', 'ulimit -f 0 && exec "$@"', 'sh'];
    expect(await theFault({ by, env: { ATMR_ML_HOME: disk } })).toMatchObject({
      name: 'disk space',
      found: expect.stringMatching(/ MB free at .*, but no file can be written: EFBIG: file too large$/),
      remedy: expect.stringContaining('Make room'),
    });
  });

  it('names a Redis that evicts', async () => {
    const redis = await startRedis({ durable: true, extra: ['--maxmemory-policy', 'allkeys-lru'] });
    expect(await theFault({ env: { REDIS_URL: redis.url } })).toMatchObject({
      name: 'redis eviction',
      found: expect.stringContaining('allkeys-lru'),
      remedy: expect.stringContaining('noeviction'),
    });
    await redis.remove();
  });

  it('names a Redis that forgets, where it is the record', async () => {
    const redis = await startRedis();
    expect(await theFault({ env: { DATABASE_URL: undefined, REDIS_URL: redis.url } })).toMatchObject({
      name: 'redis persistence',
      found: expect.stringContaining('appendonly no'),
      remedy: expect.stringContaining('appendfsync always'),
    });
    await redis.remove();
  });

  it('names a port that is taken', async () => {
    const other = await startListener();
    const config = configOf(`serve: {apiPort: ${other.port}, dashboardPort: 0}`, 'taken.yaml');
    expect(await theFault({ config })).toMatchObject({
      name: 'api port',
      found: `${other.port} of 127.0.0.1: another program uses it`,
      remedy: expect.stringContaining('serve.apiPort'),
    });
    other.close();
  });

  it('knows its own server, and asks it', async ({ expect }) => {
    const [apiPort, dashboardPort] = [await freePort(), await freePort()];
    const config = configOf(`serve: {apiPort: ${apiPort}, dashboardPort: ${dashboardPort}}`, 'served.yaml');
    const served = startProgram(site.folder, site.env, ['serve', '--config', config]);
    await expect.poll(() => answers(apiPort), { timeout: 30_000 }).toBe(true);
    const seen = await doctor(site, { config });
    await served.interrupt();
    expect(seen.faults).toEqual([]);
    const found = Object.fromEntries(seen.checks.map((check) => [check.name, check.found]));
    expect(found).toMatchObject({
      'api port': `${apiPort}: atmr-ml serves here`,
      'dashboard port': `${dashboardPort}: atmr-ml serves here`,
      dashboard: `http://127.0.0.1:${dashboardPort}/ml-monitoring answers`,
      'weather cache': 'nothing was asked yet',
    });
  });

  it('names a folder that may not be written', async () => {
    const locked = join(site.folder, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    // Root writes anywhere until it gives that right away.
    const by = isRoot ? ['setpriv', '--inh-caps=-all', '--bounding-set=-all'] : [];
    expect(await theFault({ by, env: { ATMR_ML_HOME: locked } })).toMatchObject({
      name: 'home',
      found: `${locked} cannot be written: EACCES: permission denied`,
      remedy: expect.stringContaining('ATMR_ML_HOME'),
    });
  });

  it('names an unknown key in the file, and looks at the rest', async () => {
    const config = configOf('servr: {apiPort: 0}', 'unknown.yaml');
    const seen = await doctor(site, { config });
    expect(seen.faults).toMatchObject([
      {
        name: 'configuration',
        found: expect.stringContaining('there is no setting servr (did you mean serve?)'),
        remedy: expect.stringContaining('Correct the file'),
      },
    ]);
    expect(seen.checks.find(({ name }) => name === 'postgres')?.found).toContain('PostgreSQL');
  });
});
