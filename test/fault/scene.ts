import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import type { FlagReader } from '../../src/flag/reader.js';
import type { TestServer } from '../servers/process.js';
import { type Machine, type Servers, startMachine } from './site.js';
import { until } from './wait.js';

/** One test's own flag on shared servers, and the machines around it. */
export interface Scene {
  readonly key: string;
  /** A new machine; every other one has its clock off the other way. */
  machine(name: string): Promise<Machine>;
  close(): Promise<void>;
}

/** Opens a scene whose machines' wall clocks are `clockOffMs` early or late. */
export function openScene(servers: Servers, clockOffMs: number): Scene {
  const key = `flag-${randomUUID()}`;
  const machines: Machine[] = [];
  return {
    key,
    async machine(name) {
      const off = machines.length % 2 === 0 ? clockOffMs : -clockOffMs;
      const machine = await startMachine({ name, key, servers, clockOffMs: off });
      machines.push(machine);
      return machine;
    },
    async close() {
      for (const machine of machines.reverse()) await machine.close();
    },
  };
}

/** Watches a reader's answers from now on. */
export function witness(reader: FlagReader): { servedModel(): boolean; regressed(): boolean; end(): void } {
  let model = false;
  let regressed = false;
  const timer = setInterval(() => {
    const { variant, code } = reader.decide('booking-1');
    model ||= variant === 'model';
    regressed ||= code === 'STORE_REGRESSED';
  }, 2);
  return { servedModel: () => model, regressed: () => regressed, end: () => clearInterval(timer) };
}

export function untilServed(reader: FlagReader): Promise<void> {
  return until('the reader serves the model', () => reader.decide('booking-1').variant === 'model');
}

export function untilOff(reader: FlagReader): Promise<void> {
  return until('the reader is forced off', () => reader.decide('booking-1').reason === 'FORCED_OFF');
}

export function untilRegressed(reader: FlagReader): Promise<void> {
  return until('the reader sees the regression', () => reader.decide('booking-1').code === 'STORE_REGRESSED');
}

/** The readers stay off for as long as several of their loops take. */
export async function expectStillOff(...readers: readonly FlagReader[]): Promise<void> {
  const witnesses = readers.map(witness);
  await sleep(2500);
  for (const seen of witnesses) seen.end();
  expect(witnesses.map((seen) => seen.servedModel())).toEqual(readers.map(() => false));
}

/** Loses everything that a Redis holds. */
export async function wipeRedis(server: TestServer): Promise<void> {
  await withRedis(server, (redis) => redis.flushall());
}

/** Remembers what a Redis holds now; the returned function brings that back, as an old replica would. */
export async function snapshotRedis(server: TestServer): Promise<() => Promise<void>> {
  const dumps = await withRedis(server, async (redis) => {
    const keys = await redis.keys('*');
    return await Promise.all(keys.map(async (key) => [key, await redis.dumpBuffer(key)] as const));
  });
  return () =>
    withRedis(server, async (redis) => {
      // At once, as a replica takes over: in between, a reader would write what it knows.
      const takeover = redis.multi().flushall();
      for (const [key, dump] of dumps) if (dump !== null) takeover.restore(key, 0, dump);
      for (const [refusal] of (await takeover.exec()) ?? []) if (refusal !== null) throw refusal;
    });
}

async function withRedis<T>(server: TestServer, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(server.url);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
