import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { verifyHistory } from '../../src/flag/history.js';
import type { Holders } from '../../src/flag/holders.js';
import type { FlagReader } from '../../src/flag/reader.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { startMigratedPostgres } from './postgres.js';
import { openScene, type Scene, untilServed } from './scene.js';
import type { Machine } from './site.js';

/** What describe.each takes: right clocks, and those of machines that do not agree. */
export const CLOCKS: [string, number][] = [
  ['true clocks', 0],
  ['18 clocks an hour off, either way', 3_600_000],
];

/** A flag that is on for all, on Postgres and Redis: an operator's machine, and a host whose reader serves it. */
export interface Pair {
  readonly redis: TestServer;
  readonly scene: Scene;
  readonly ops: Machine;
  readonly host: Machine;
  readonly reader: FlagReader;
}

/** Sets up a new flag before each test of this `describe`; the returned function tells the one of now. */
export function pairOfStores(clockOffMs: number): () => Pair {
  let servers: { postgres: TestServer; redis: TestServer };
  let pair: Pair;
  beforeAll(async () => {
    const [postgres, redis] = await Promise.all([startMigratedPostgres(), startRedis()]);
    servers = { postgres, redis };
  });
  afterAll(async () => {
    await Promise.all([servers.postgres.remove(), servers.redis.remove()]);
  });
  beforeEach(async () => {
    const scene = openScene(servers, clockOffMs);
    const ops = await scene.machine('ops');
    const host = await scene.machine('host');
    const reader = await host.reader();
    await activate(ops.holders, 100, ops.request('ana'));
    await untilServed(reader);
    pair = { redis: servers.redis, scene, ops, host, reader };
  });
  afterEach(() => pair.scene.close());
  return () => pair;
}

/** Every revision has one content, and the chain of the history is whole. */
export async function expectSoundHistory({ holders }: Machine): Promise<void> {
  const entries = await holders.record.history(1000);
  expect(await verifyHistory(holders)).toEqual({ kind: 'intact', rows: entries.length });
  const changes = entries.map(({ changeId }) => changeId);
  expect(new Set(changes).size).toBe(changes.length);
}

export function copyOf({ copy }: Holders) {
  if (copy === null) throw new Error('expected a copy beside the record');
  return copy;
}
