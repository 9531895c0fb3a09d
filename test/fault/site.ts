import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/clock.js';
import { isRunning } from '../../src/config.js';
import { openDisk } from '../../src/flag/disk.js';
import { type Holders, storesOf } from '../../src/flag/holders.js';
import type { WriteRequest } from '../../src/flag/plan.js';
import { type FlagReader, type ReaderSettings, startReader } from '../../src/flag/reader.js';
import type { CopyStore, RecordStore } from '../../src/flag/store.js';
import { openStores } from '../../src/flag/stores.js';
import type { TestServer } from '../servers/process.js';
import { type Proxy as Network, startProxy } from '../servers/proxy.js';

/** The servers that a flag of a test lives on; `null` where it does not use one. */
export interface Servers {
  readonly postgres: TestServer | null;
  readonly redis: TestServer | null;
}

/** One host of ours: its own disk, and its own network to each server. */
export interface Machine {
  readonly name: string;
  readonly home: string;
  readonly postgres: Network | null;
  readonly redis: Network | null;
  readonly holders: Holders;
  /** What DATABASE_URL and REDIS_URL are there. */
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  readonly clockOffMs: number;
  /** A request as its operator would make it, at the time of this machine's clock. */
  request(by: string, reason?: string): WriteRequest;
  /** A reader in this process, under a name of its own. */
  reader(settings?: Partial<ReaderSettings>): Promise<FlagReader>;
  close(): Promise<void>;
}

export interface MachineSettings {
  readonly name: string;
  readonly key: string;
  readonly servers: Servers;
  /** How far its wall clock is off. */
  readonly clockOffMs?: number;
  /** A home that an earlier machine left: the same host after a restart. */
  readonly home?: string;
}

/** Sets up a machine. Its stores are real and its network can fail. */
export async function startMachine(settings: MachineSettings): Promise<Machine> {
  const { name, key, servers, clockOffMs = 0 } = settings;
  const home = settings.home ?? mkdtempSync(join(tmpdir(), `atmr-ml-${name}-`));
  const postgres = servers.postgres && (await startProxy(servers.postgres.port));
  const redis = servers.redis && (await startProxy(servers.redis.port));
  const databaseUrl = urlThrough(servers.postgres, postgres);
  const redisUrl = urlThrough(servers.redis, redis);
  const clock = clockOffBy(clockOffMs);
  const open = async (instance: string): Promise<Holders> => {
    const owner = { home, key, instance, host: name, pid: process.pid, fingerprint: 'test', isRunning };
    const stores = await openStores({ databaseUrl, redisUrl, home }, key);
    return { key, host: name, ...stores, disk: await openDisk(owner), clock, timeZone: 'Europe/Zurich' };
  };
  const holders = await open(`${name}-writer`);
  const closing: (() => Promise<void>)[] = [() => closeStores(holders)];
  let readers = 0;
  return {
    ...{ name, home, postgres, redis, holders, databaseUrl, redisUrl, clockOffMs },
    request: (by, reason) => request(by, reason, clock),
    async reader(overrides = {}) {
      const instance = `${name}-reader-${++readers}`;
      const own = await open(instance);
      const reader = await startReader(own, { ...readerDefaults(instance), ...overrides });
      closing.push(async () => {
        await reader.stop();
        await closeStores(own);
      });
      return reader;
    },
    async close() {
      for (const close of closing.reverse()) await close();
      await Promise.all([postgres?.remove(), redis?.remove()]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A clock whose wall time is early or late; durations are right. */
export function clockOffBy(offMs: number): Clock {
  return { ...systemClock, nowMs: () => systemClock.nowMs() + offMs };
}

/** A request as an operator would make it. */
export function request(by: string, reason = 'test', clock: Clock = systemClock): WriteRequest {
  const at = new Date(clock.nowMs()).toISOString();
  return { authorship: { at, by, reason }, ifRevision: null, dryRun: false };
}

/** The same holders, with some operations of their stores replaced: where a test cuts in between two messages. */
export function tapped(
  holders: Holders,
  taps: { record?: Partial<RecordStore>; copy?: Partial<CopyStore> },
): Holders {
  const { record, copy } = holders;
  return { ...holders, record: { ...record, ...taps.record }, copy: copy && { ...copy, ...taps.copy } };
}

function readerDefaults(instance: string): ReaderSettings {
  return {
    ...{ instance, pid: process.pid, url: null, model: null, staleAfterMs: 600_000, repairs: true },
    onNotice: () => {},
  };
}

async function closeStores(holders: Holders): Promise<void> {
  await Promise.allSettled(storesOf(holders).map((store) => store.close()));
}

function urlThrough(server: TestServer | null, proxy: Network | null): string | null {
  if (server === null || proxy === null) return null;
  const url = new URL(server.url);
  url.port = String(proxy.port);
  return url.href;
}
