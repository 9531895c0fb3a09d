import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { redisStore } from '../../src/flag/redis-store.js';
import type { RecordStore } from '../../src/flag/store.js';
import { until } from '../fault/wait.js';
import type { TestServer } from '../servers/process.js';
import { startRedis, startSentinel } from '../servers/redis.js';
import { write } from './commands.js';

const KEY = 'ml-delay-prediction';
let master: TestServer;
let replica: TestServer;
let sentinel: TestServer;
let store: RecordStore;

beforeAll(async () => {
  master = await startRedis();
  replica = await startRedis({ replicaOf: master });
  sentinel = await startSentinel(master);
  store = redisStore(sentinel.url, KEY);
});
afterAll(async () => {
  await store?.close();
  await Promise.all([sentinel?.remove(), replica?.remove(), master?.remove()]);
});

it('refuses to read from a replica', async () => {
  const misled = redisStore(replica.url, KEY);
  await expect(misled.read()).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('replica'),
  });
  await misled.close();
});

it('finds the new master after a failover', async () => {
  await write(store, KEY);
  await untilReplicated();
  await master.kill();
  await until(
    'the new master has the flag',
    async () => {
      const read = await store.read().catch(() => null);
      return read?.flag != null;
    },
    20_000,
  );
  expect(await write(store, KEY, { kind: 'percentage' })).toEqual({ kind: 'committed', revision: 2 });
});

/** What the replica has not received is lost with the master: another test's matter. */
async function untilReplicated(): Promise<void> {
  const foreign = new Redis(replica.url);
  await until('it is replicated', async () => (await foreign.exists(`atmr-ml:{${KEY}}:audit`)) === 1);
  foreign.disconnect();
}
