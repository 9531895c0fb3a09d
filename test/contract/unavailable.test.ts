import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { postgresStore } from '../../src/flag/postgres-store.js';
import { redisStore } from '../../src/flag/redis-store.js';
import { EMPTY_STATE } from '../../src/flag/state.js';
import type { RecordStore } from '../../src/flag/store.js';
import { TIMEOUTS_MS } from '../../src/flag/store-timeouts.js';
import { migratePostgres } from '../../src/migration/migrate-postgres.js';
import { until } from '../fault/wait.js';
import { startPostgres } from '../servers/postgres.js';
import { freePort, type TestServer } from '../servers/process.js';
import { type Proxy as Network, startProxy } from '../servers/proxy.js';
import { startRedis } from '../servers/redis.js';
import { command, write } from './commands.js';

const SECRET = 'not-for-messages';
const KEY = 'ml-delay-prediction';
/** Generous: a test machine may be busy. What must not happen is to hang. */
const LIMIT_MS = TIMEOUTS_MS.commit + 2000;

const SERVERS = {
  Postgres: {
    start: async () => {
      const server = await startPostgres();
      await migratePostgres(server.url);
      return server;
    },
    open: (port: number) => postgresStore(`postgresql://postgres:${SECRET}@127.0.0.1:${port}/postgres`, KEY),
  },
  Redis: {
    start: () => startRedis({ password: SECRET, durable: true }),
    open: (port: number) => redisStore(`redis://:${SECRET}@127.0.0.1:${port}`, KEY),
  },
} satisfies Record<string, { start(): Promise<TestServer>; open(port: number): RecordStore }>;

describe.each(Object.entries(SERVERS))('%s, when it is away', (_name, { start, open }) => {
  let server: TestServer;
  let network: Network;
  let store: RecordStore;

  beforeAll(async () => {
    server = await start();
    network = await startProxy(server.port);
    store = open(network.port);
    await write(store, KEY);
  });
  afterAll(async () => {
    await store?.close();
    await network?.remove();
    await server?.remove();
  });

  it('refuses every operation in time, without its password, and comes back by itself', async () => {
    const faults: [() => void, () => void][] = [
      [network.cut, network.heal],
      [network.blackHole, network.heal],
      [server.pause, server.resume],
    ];
    for (const [fail, recover] of faults) {
      fail();
      for (const operation of operations(store)) await expectUnavailable(operation);
      recover();
      await untilAnswering(store);
    }
  });

  it('refuses at once where nothing listens', async () => {
    const nowhere = open(await freePort());
    for (const operation of operations(nowhere)) await expectUnavailable(operation);
    await nowhere.close();
  });

  it('reconnects after kill −9 of the server', async () => {
    await write(store, KEY);
    await server.kill();
    await expectUnavailable(() => store.read());
    await server.start();
    await untilAnswering(store);
    await write(store, KEY);
  });

  it('says unknown when the reply to a commit is lost, and the same commit then finds itself done', async () => {
    const before = await store.read();
    const once = command(KEY, before);
    network.dropNextReply();
    await expectUnavailable(() => store.commit(once));
    await untilAnswering(store);
    const revision = (before.flag?.revision ?? 0) + 1;
    expect(await store.commit(once)).toEqual({ kind: 'committed', revision });
    const entries = await store.history(1000);
    expect(entries.filter((entry) => entry.changeId === once.changeId)).toHaveLength(1);
    expect((await store.read()).flag?.revision).toBe(revision);
  });

  it('watches again after the network was cut', async () => {
    let hints = 0;
    const stop = await store.watch(() => {
      hints += 1;
    });
    await until('a hint', () => hints > 0);
    network.cut();
    network.heal();
    const before = hints;
    await until('another hint', () => hints > before);
    await stop();
  });
});

function operations(store: RecordStore): (() => Promise<unknown>)[] {
  const nothing = { ...EMPTY_STATE, head: null };
  return [
    () => store.read(),
    () => store.commit(command(KEY, nothing)),
    () => store.end({}),
    () => store.history(1),
    () => store.instances(),
    () => store.health(),
  ];
}

async function expectUnavailable(operation: () => Promise<unknown>): Promise<void> {
  const startMs = performance.now();
  const thrown = await operation().then(
    (value) => new Error(`answered ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(AtmrError);
  expect(thrown).toMatchObject({ code: 'UNAVAILABLE' });
  expect(String(thrown)).not.toContain(SECRET);
  expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toContain(SECRET);
  expect(performance.now() - startMs).toBeLessThan(LIMIT_MS);
}

function untilAnswering(store: RecordStore): Promise<void> {
  return until('the store answers', () =>
    store.read().then(
      () => true,
      () => false,
    ),
  );
}
