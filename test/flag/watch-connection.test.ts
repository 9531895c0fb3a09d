import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgresStore } from '../../src/flag/postgres-store.js';
import { redisStore } from '../../src/flag/redis-store.js';
import type { RecordStore } from '../../src/flag/store.js';
import { migratePostgres } from '../../src/migration/migrate-postgres.js';
import { until } from '../fault/wait.js';
import { startPostgres } from '../servers/postgres.js';
import type { TestServer } from '../servers/process.js';
import { startProxy } from '../servers/proxy.js';
import { startRedis } from '../servers/redis.js';

let postgres: TestServer;
let redis: TestServer;
beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  await migratePostgres(postgres.url);
});
afterAll(async () => {
  await Promise.all([postgres?.remove(), redis?.remove()]);
});

/** Cuts the watcher off without a word, and waits for the hint that its next connection gives. */
async function survivesSilence(server: TestServer, open: (url: string) => RecordStore): Promise<void> {
  const network = await startProxy(server.port);
  const url = new URL(server.url);
  url.port = String(network.port);
  const store = open(url.href);
  let hints = 0;
  const stop = await store.watch(() => {
    hints += 1;
  });
  await until('it watches', () => hints > 0);
  // What hangs now hangs for ever; only a new connection is served.
  network.freeze();
  const before = hints;
  await until('it has noticed', () => hints > before, 30_000);
  await stop();
  await store.close();
  await network.remove();
}

it('watchers notice a connection that died in silence', async () => {
  await expect(
    Promise.all([
      survivesSilence(postgres, (url) => postgresStore(url, 'k')),
      survivesSilence(redis, (url) => redisStore(url, 'k')),
    ]),
  ).resolves.toHaveLength(2);
});
