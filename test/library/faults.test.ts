import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFlag } from '../../src/library/open-flag.js';
import { program } from '../commands/program.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { until } from '../fault/wait.js';
import type { TestServer } from '../servers/process.js';
import { type Proxy as Network, startProxy } from '../servers/proxy.js';
import { startRedis } from '../servers/redis.js';

/** Long enough for a look at what holds before it is over. */
const STALE_AFTER_MS = 6000;

describe('a flag whose stores die', () => {
  let postgres: TestServer;
  let redis: TestServer;
  let network: Network;
  let run: ReturnType<typeof program>['run'];
  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startMigratedPostgres(), startRedis()]);
    network = await startProxy(postgres.port);
    ({ run } = program({ DATABASE_URL: postgres.url, REDIS_URL: redis.url }));
  });
  afterAll(async () => {
    await Promise.all([network.remove(), postgres.remove(), redis.remove()]);
  });
  const options = () => ({
    home: mkdtempSync(join(tmpdir(), 'atmr-ml-fault-')),
    databaseUrl: postgres.url.replace(`:${postgres.port}`, `:${network.port}`),
    redisUrl: redis.url,
    staleAfterMs: STALE_AFTER_MS,
  });

  it('goes by what it knew last, then by nothing, and comes back by itself', async () => {
    const notices: string[] = [];
    const flag = await openFlag({ ...options(), onNotice: (text) => notices.push(text) });
    const reasons: string[] = [];
    flag.onChange(({ reason }) => reasons.push(reason));
    await run('activate', '--percentage', '100', '--yes');
    await until('it is read', () => flag.evaluate('1').variant === 'model');
    await until('the listener heard of it', () => reasons.at(-1) === 'SPLIT');

    network.cut();
    await redis.kill();
    await until('both are missed', () => {
      return ['postgres', 'redis'].every((name) => notices.some((text) => text.includes(`${name} does not`)));
    });
    const { reason } = flag.evaluate('1');
    // A machine under load may have taken longer to notice than the flag may be gone by.
    expect(['SPLIT', 'STALE']).toContain(reason);
    await until('it is stale', () => flag.evaluate('1').reason === 'STALE');
    expect(flag.evaluate('1')).toMatchObject({ variant: 'control', value: false, revision: 1 });
    await until('the listener heard of it', () => reasons.at(-1) === 'STALE');

    network.heal();
    await redis.start();
    await until('it is the model again', () => flag.evaluate('1').variant === 'model');
    await until('the listener heard of it', () => reasons.at(-1) === 'SPLIT');
    expect(notices.join('\n')).not.toContain('not-for-messages');
    await flag.close();
  });

  it('opens with every store away, on what its machine knew', async () => {
    await run('activate', '--percentage', '100', '--yes');
    const settings = { ...options(), staleAfterMs: 600_000 };
    const before = await openFlag(settings);
    await until('it is read', () => before.evaluate('1').variant === 'model');
    await before.close();
    network.cut();
    await redis.kill();
    const after = await openFlag(settings);
    expect(after.evaluate('1')).toMatchObject({ variant: 'model', reason: 'SPLIT' });
    // Nobody can say what holds elsewhere: a machine that knew nothing answers control.
    const stranger = await openFlag({ ...settings, home: options().home });
    expect(stranger.evaluate('1')).toMatchObject({ variant: 'control', value: false });
    await Promise.all([after.close(), stranger.close()]);
    network.heal();
    await redis.start();
  });

  it('opens on a store that refuses it, says so, and answers control', async () => {
    const notices: string[] = [];
    const databaseUrl = postgres.url.replace(/[^/]*$/, 'nobodys');
    const flag = await openFlag({
      ...options(),
      ...{ databaseUrl, redisUrl: null },
      onNotice: (text) => notices.push(text),
    });
    expect(flag.evaluate('1').variant).toBe('control');
    expect(notices.join('\n')).toContain('refused');
    await flag.close();
  });
});
