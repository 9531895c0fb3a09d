import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { activate } from '../../src/flag/activate.js';
import type { Holders } from '../../src/flag/holders.js';
import { redisStore } from '../../src/flag/redis-store.js';
import { EMPTY_STATE } from '../../src/flag/state.js';
import { readStatus } from '../../src/flag/status.js';
import type { CopyStore } from '../../src/flag/store.js';
import { sync } from '../../src/flag/sync.js';
import { wipeRedis } from '../fault/scene.js';
import { type Machine, request, startMachine, tapped } from '../fault/site.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';

const STALE_AFTER_MS = 600_000;

describe('readStatus', () => {
  let redis: TestServer;
  let machine: Machine;
  let copy: CopyStore;
  let holders: Holders;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.remove());
  beforeEach(async () => {
    await wipeRedis(redis);
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
    copy = redisStore(redis.url, 'k');
    holders = { ...machine.holders, copy };
  });
  afterEach(async () => {
    await copy.close();
    await machine.close();
  });

  it('does not call a flag unwritten that nobody can tell of', async () => {
    expect(await readStatus(holders, STALE_AFTER_MS)).toMatchObject({ state: 'never written' });
    const away = async () => {
      throw new AtmrError('UNAVAILABLE', 'away.');
    };
    const dead = tapped(holders, { record: { read: away } });
    expect(await readStatus(dead, STALE_AFTER_MS)).toMatchObject({ state: 'unknown', flag: null });
  });

  it('tells of a copy that is behind the record, until it is repaired', async () => {
    await activate(holders, 25, request('ana'));
    const behind = async () =>
      (await readStatus(holders, STALE_AFTER_MS)).stores.map((store) => store.behind);
    expect(await behind()).toEqual([false, false]);
    await wipeRedis(redis);
    expect(await behind()).toEqual([false, true]);
    await sync(holders, EMPTY_STATE);
    expect(await behind()).toEqual([false, false]);
  });
});
