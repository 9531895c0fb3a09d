import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Flag } from '../../src/flag/flag.js';
import { postgresStore } from '../../src/flag/postgres-store.js';
import { redisStore } from '../../src/flag/redis-store.js';
import { activeMarks, EMPTY_STATE, type State } from '../../src/flag/state.js';
import type { CopyStore, RecordStore } from '../../src/flag/store.js';
import { migratePostgres } from '../../src/migration/migrate-postgres.js';
import { startPostgres } from '../servers/postgres.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { command, disableCommand, mark } from './commands.js';

let redis: TestServer;
let postgres: TestServer;
let key: string;
let copy: CopyStore;

beforeAll(async () => {
  [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  await migratePostgres(postgres.url);
});
afterAll(async () => await Promise.all([redis.remove(), postgres.remove()]));
beforeEach(() => {
  key = `flag-${randomUUID()}`;
  copy = redisStore(redis.url, key);
  return async () => await copy.close();
});

function flag(revision: number, overrides: Partial<Flag> = {}): Flag {
  const { content } = command(key, { ...EMPTY_STATE, head: null });
  return { ...content, revision, changeId: `change-${revision}`, clears: [], ...overrides };
}

describe('merge into the copy', () => {
  it('takes a flag that is newer, never an older one', async () => {
    await copy.merge({ ...EMPTY_STATE, flag: flag(2) });
    expect((await copy.merge({ ...EMPTY_STATE, flag: flag(1) })).flag?.revision).toBe(2);
    expect((await copy.merge({ ...EMPTY_STATE, flag: flag(3) })).flag).toEqual(flag(3));
  });

  it('keeps a mark until it has ended, and never takes it again', async () => {
    const forcedOff = mark();
    const known: State = { ...EMPTY_STATE, marks: { [forcedOff.id]: forcedOff } };
    expect(activeMarks(await copy.merge(known))).toEqual([forcedOff]);
    await copy.merge({ ...EMPTY_STATE, ended: { [forcedOff.id]: 4 } });
    const late = await copy.merge(known);
    expect(activeMarks(late)).toEqual([]);
    expect(late.ended).toEqual({ [forcedOff.id]: 4 });
  });

  it('ends what the flag clears, with the flag', async () => {
    const [cleared, other] = [mark(), mark()];
    await copy.merge({ ...EMPTY_STATE, marks: { [cleared.id]: cleared, [other.id]: other } });
    const merged = await copy.merge({ ...EMPTY_STATE, flag: flag(5, { clears: [cleared.id] }) });
    expect(activeMarks(merged)).toEqual([other]);
    expect(merged.ended).toEqual({ [cleared.id]: 5 });
  });

  it('does not end what a late, older flag clears', async () => {
    const forcedOff = mark();
    await copy.merge({ ...EMPTY_STATE, flag: flag(6), marks: { [forcedOff.id]: forcedOff } });
    const merged = await copy.merge({ ...EMPTY_STATE, flag: flag(5, { clears: [forcedOff.id] }) });
    expect(activeMarks(merged)).toEqual([forcedOff]);
  });

  it('ends in the same state whatever the order and repetition', async () => {
    const marks = [mark(), mark(), mark()];
    const parts: State[] = [
      { ...EMPTY_STATE, marks: Object.fromEntries(marks.map((one) => [one.id, one])) },
      { ...EMPTY_STATE, flag: flag(1) },
      { ...EMPTY_STATE, flag: flag(2), ended: { [marks[0]!.id]: 2 } },
      { ...EMPTY_STATE, flag: flag(3, { clears: [marks[1]!.id] }), ended: { [marks[0]!.id]: 2 } },
    ];
    const order = fc.array(fc.nat(parts.length - 1), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(order, async (late) => {
        const store = redisStore(redis.url, `${key}-${randomUUID()}`);
        try {
          for (const i of [...late, 3, 0, ...late]) await store.merge(parts[i]!);
          const merged = await store.read();
          expect(merged.flag).toEqual(parts[3]!.flag);
          expect(activeMarks(merged)).toEqual([marks[2]]);
          expect(merged.ended).toEqual({ [marks[0]!.id]: 2, [marks[1]!.id]: 3 });
        } finally {
          await store.close();
        }
      }),
      { numRuns: 30 },
    );
  });

  it('leaves what foreign readers rely on: the flag as JSON with empty lists, and no :off when nothing is', async () => {
    const forcedOff = mark();
    await copy.merge({ ...EMPTY_STATE, flag: flag(1), marks: { [forcedOff.id]: forcedOff } });
    const foreign = new Redis(redis.url);
    expect(JSON.parse((await foreign.get(`atmr-ml:{${key}}:flag`)) ?? '')).toEqual(flag(1));
    expect(await foreign.exists(`atmr-ml:{${key}}:off`)).toBe(1);
    await copy.merge({ ...EMPTY_STATE, ended: { [forcedOff.id]: 2 } });
    expect(await foreign.exists(`atmr-ml:{${key}}:off`)).toBe(0);
    await foreign.quit();
  });
});

describe('the record beside a copy', () => {
  let record: RecordStore;
  beforeEach(() => {
    record = postgresStore(postgres.url, key);
    return async () => await record.close();
  });

  it('carries endings in every kind of write until they are proven, then drops them', async () => {
    const forcedOff = mark();
    await record.commit({ ...disableCommand(key, await record.read(), forcedOff), hasCopy: true });
    await record.commit(command(key, await record.read(), { named: [forcedOff.id], hasCopy: true }));
    for (const kind of ['percentage', 'model', 'disable'] as const) {
      const read = await record.read();
      expect(activeMarks(read)).toEqual([forcedOff]);
      expect(read.flag?.clears).toEqual([forcedOff.id]);
      await record.commit(command(key, read, { kind, hasCopy: true }));
    }
    const carried = await record.read();
    expect(carried.flag?.clears).toEqual([forcedOff.id]);
    const proven = await copy.merge(carried);
    expect(proven.ended).toEqual({ [forcedOff.id]: 5 });
    await record.end(proven.ended);
    await record.end({ [forcedOff.id]: 99 });
    expect((await record.read()).ended).toEqual({ [forcedOff.id]: 5 });
    await record.commit(command(key, await record.read(), { kind: 'percentage', hasCopy: true }));
    expect((await record.read()).flag?.clears).toEqual([]);
  });
});
