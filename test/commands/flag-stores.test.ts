import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMigratedPostgres } from '../fault/postgres.js';
import type { TestServer } from '../servers/process.js';
import { type Proxy as Network, startProxy } from '../servers/proxy.js';
import { startRedis } from '../servers/redis.js';
import { program } from './program.js';

describe('the program, with Postgres and Redis', () => {
  let postgres: TestServer;
  let redis: TestServer;
  let network: Network;
  let run: ReturnType<typeof program>['run'];

  beforeAll(async () => {
    postgres = await startMigratedPostgres();
    redis = await startRedis();
    network = await startProxy(postgres.port);
    const databaseUrl = postgres.url.replace(`:${postgres.port}`, `:${network.port}`);
    ({ run } = program({ DATABASE_URL: databaseUrl, REDIS_URL: redis.url }));
  });
  afterAll(async () => {
    await Promise.all([network.remove(), postgres.remove(), redis.remove()]);
  });

  it('sends with its next status what no store took', async () => {
    network.cut();
    redis.pause();
    const nowhere = await run('disable', '--flag', 'other', '--reason', 'fire');
    expect(nowhere).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining("this machine's readers are off"),
    });
    network.heal();
    redis.resume();
    await run('status', '--flag', 'other');
    const [entry] = JSON.parse((await run('history', '--flag', 'other')).stdout);
    expect(entry).toMatchObject({ action: 'disable', reason: 'fire' });
  });

  it('goes through a day with a dead Postgres: activate, disable, refusal, repair', async () => {
    const started = await run('activate', '--percentage', '50', '--yes');
    expect(started.exitCode).toBe(0);
    expect(JSON.parse(started.stdout).confirmedIn).toEqual(['postgres', 'redis']);

    network.cut();
    const stopped = await run('disable', '--reason', 'fire');
    expect(stopped.exitCode).toBe(0);
    const document = JSON.parse(stopped.stdout);
    expect(document.confirmedIn).toEqual(['redis']);
    expect(document.warnings.map(({ code }: { code: string }) => code)).toContain('STORE_MISSING');
    const refused = await run('activate', '--yes', '--json');
    expect(refused.exitCode).toBe(4);
    expect(JSON.parse(refused.stderr)).toMatchObject({
      code: 'UNAVAILABLE',
      error: expect.stringMatching(/^Nothing was changed/),
    });
    expect(JSON.parse((await run('status')).stdout)).toMatchObject({
      state: 'forced off',
      stores: [
        { name: 'postgres', answers: false },
        { name: 'redis', answers: true },
      ],
    });

    network.heal();
    const again = await run('activate', '--percentage', '5', '--yes');
    expect(again.exitCode).toBe(0);
    const found = await run('history', '--change', document.changeId);
    expect(JSON.parse(found.stdout).recorded).toMatchObject({ action: 'disable', reason: 'fire' });
    expect((await run('history', '--verify')).exitCode).toBe(0);
    expect(`${stopped.stderr}${refused.stderr}${again.stderr}`).not.toContain('not-for-messages');
  });
});
