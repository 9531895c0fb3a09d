import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Episode, GuardStore } from '../../src/guard/guard-store.js';
import { openGuardStore } from '../../src/guard/open-guard-store.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { until } from '../fault/wait.js';
import { MINUTE_MS, START_MS } from '../ledger/rows.js';
import type { TestServer } from '../servers/process.js';
import { type Place, postgresPlace, sqlitePlace } from './places.js';

const DAY_MS = 24 * 60 * MINUTE_MS;
const LONG_MS = 60_000;
const EVER = Number.NEGATIVE_INFINITY;
const KEY = 'ml-delay-prediction';

let postgres: TestServer;
beforeAll(async () => {
  postgres = await startMigratedPostgres();
});
afterAll(async () => await postgres?.remove());

/** One that ended, and did nothing. */
function episode(overrides: Partial<Episode> = {}): Episode {
  return {
    ...{ id: 'episode-1', rule: 'errors', level: 'warn' },
    ...{ beganMs: START_MS, endedMs: START_MS + MINUTE_MS, looks: 3 },
    ...{ text: 'The model failed 7 of 100 times.', value: 0.07, threshold: 0.05 },
    ...{ action: null, dryRun: false, actedMs: null, acknowledgedMs: null, acknowledgedBy: null },
    ...overrides,
  };
}

describe.each([
  ['SQLite', sqlitePlace],
  ['Postgres', () => postgresPlace(postgres)],
])('what guards remember in %s', (_name, makePlace) => {
  let place: Place;
  let opened: GuardStore[];
  let store: GuardStore;

  const open = async (flagKey = KEY) => {
    const store = await openGuardStore({ ...place.address, flagKey });
    opened.push(store);
    return store;
  };

  beforeEach(async () => {
    place = makePlace();
    opened = [];
    store = await open();
    return async () => {
      for (const one of opened) await one.close();
      await place.clear();
    };
  });

  describe('the lead', () => {
    it('is one holder’s, who renews it and gives it back', async () => {
      expect(await store.leader()).toBeNull();
      expect(await store.lead('a', LONG_MS)).toBe(true);
      expect(await store.lead('b', LONG_MS)).toBe(false);
      expect(await store.lead('a', LONG_MS)).toBe(true);
      expect(await store.leader()).toBe('a');
      await store.resign('b');
      expect(await store.leader()).toBe('a');
      await store.resign('a');
      expect(await store.leader()).toBeNull();
      expect(await store.lead('b', LONG_MS)).toBe(true);
      expect(await store.leader()).toBe('b');
    });

    it('ends by itself, for whoever comes next', async () => {
      expect(await store.lead('a', 1500)).toBe(true);
      expect(await store.lead('b', LONG_MS)).toBe(false);
      await sleep(800);
      expect(await store.lead('a', 3000)).toBe(true);
      await sleep(1000);
      expect(await store.leader()).toBe('a');
      expect(await store.lead('b', LONG_MS)).toBe(false);
      await until('nobody leads', async () => (await store.leader()) === null);
      expect(await store.lead('b', LONG_MS)).toBe(true);
      expect(await store.lead('a', LONG_MS)).toBe(false);
      await store.resign('a');
      expect(await store.leader()).toBe('b');
    });

    it('goes to exactly one of eight who ask at once, when it is new and when it has ended', async () => {
      const holders = await Promise.all(Array.from({ length: 8 }, () => open()));
      for (let round = 0; round < 10; round++) {
        const won = await Promise.all(holders.map((one, i) => one.lead(`${round} ${i}`, LONG_MS)));
        expect(won.filter(Boolean)).toHaveLength(1);
        expect(await store.leader()).toBe(`${round} ${won.indexOf(true)}`);
        if (round % 2 === 0) await store.resign(`${round} ${won.indexOf(true)}`);
        else {
          expect(await store.lead(`${round} ${won.indexOf(true)}`, 20)).toBe(true);
          await sleep(40);
        }
      }
    });

    it('is apart for each flag', async () => {
      const other = await open('another');
      expect(await store.lead('a', LONG_MS)).toBe(true);
      expect(await other.leader()).toBeNull();
      expect(await other.lead('b', LONG_MS)).toBe(true);
      await other.resign('b');
      expect(await store.leader()).toBe('a');
    });
  });

  describe('the episodes', () => {
    it('come back as they were put, or put again', async () => {
      const bare = episode({ id: 'bare', endedMs: null, value: null, threshold: null });
      const full = episode({
        ...{ id: 'full', rule: 'misses', level: 'act', beganMs: START_MS + 1, looks: 12 },
        ...{ text: 'It’s 40 % — “missed”; 100 %', value: -0.125, threshold: 1e-9 },
        ...{ action: 'roll_back', dryRun: true, actedMs: START_MS + 2 },
        ...{ acknowledgedMs: START_MS + 3, acknowledgedBy: 'Zoë' },
      });
      await store.put([full, bare]);
      await store.put([]);
      expect(await store.episodes(EVER)).toEqual([bare, full]);
      const changed = episode({ id: 'bare', looks: 4, action: 'notify', actedMs: START_MS + 5 });
      const added = episode({ id: 'added', beganMs: START_MS + 9 });
      await store.put([bare, added, changed]);
      expect(await (await open()).episodes(EVER)).toEqual([changed, full, added]);
      expect(await (await open('another')).episodes(EVER)).toEqual([]);
    });

    it.each(['notify', 'hold', 'halve', 'roll_back', 'disable'] as const)(
      'keep the action %s',
      async (action) => {
        await store.put([episode({ action, actedMs: START_MS })]);
        expect(await store.episodes(EVER)).toMatchObject([{ action }]);
      },
    );

    it('are those that last, that ended since, or that acted and nobody acknowledged', async () => {
      const ended = { endedMs: START_MS + MINUTE_MS };
      const acted = { action: 'hold', actedMs: START_MS + 1 } as const;
      const seen = { acknowledgedMs: START_MS + 2, acknowledgedBy: 'Ana' };
      await store.put([
        episode({ id: 'lasts', endedMs: null, beganMs: START_MS + 5 }),
        episode({ id: 'lasts, seen', ...acted, ...seen, endedMs: null, beganMs: START_MS + 4 }),
        episode({ id: 'ended', ...ended, beganMs: START_MS + 3 }),
        episode({ id: 'acted', ...ended, ...acted, beganMs: START_MS + 2 }),
        episode({ id: 'acted, seen', ...ended, ...acted, ...seen, beganMs: START_MS + 2 }),
        episode({ id: 'acted, first', ...ended, ...acted, beganMs: START_MS - DAY_MS }),
      ]);
      const ids = async (sinceMs: number) => (await store.episodes(sinceMs)).map(({ id }) => id);
      expect(await ids(START_MS + MINUTE_MS)).toEqual([
        ...['acted, first', 'acted', 'acted, seen', 'ended', 'lasts, seen', 'lasts'],
      ]);
      expect(await ids(START_MS + MINUTE_MS + 0.5)).toEqual([
        ...['acted, first', 'acted', 'lasts, seen', 'lasts'],
      ]);
    });

    it('are put all or none', async () => {
      const bad = { ...episode({ id: 'bad' }), level: null } as unknown as Episode;
      await expect(store.put([episode(), bad])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(await store.episodes(EVER)).toEqual([]);
      const many = Array.from({ length: 450 }, (_, i) => episode({ id: `${1000 + i}` }));
      await expect(store.put([...many, bad])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(await store.episodes(EVER)).toEqual([]);
      await store.put(many);
      expect(await store.episodes(EVER)).toEqual(many);
    });

    it('take numbers that are none, and text that Postgres does not', async () => {
      await store.put([
        episode({
          text: 'a\0b \ud800',
          value: Number.NaN,
          threshold: Number.POSITIVE_INFINITY,
          beganMs: 7.4,
        }),
      ]);
      expect(await store.episodes(EVER)).toEqual([
        episode({ text: 'ab \ufffd', value: null, threshold: null, beganMs: 7 }),
      ]);
    });

    it('are UNAVAILABLE where another program wrote something else', async () => {
      await store.put([episode()]);
      await place.rows("UPDATE atmr_ml.guard_episode SET level = 'odd' RETURNING id");
      await expect(store.episodes(EVER)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: expect.stringContaining(`${store.where} holds something unreadable at 0.level`),
      });
    });

    it('of two who write at once are all there', async () => {
      const other = await open();
      const batch = (from: string) =>
        Array.from({ length: 20 }, (_, i) => episode({ id: `${i}`, text: `from ${from}` }));
      await Promise.all([
        ...[1, 2, 3].map(() => store.put(batch('a'))),
        ...[1, 2, 3].map(() => other.put(batch('b').toReversed())),
      ]);
      const texts = (await store.episodes(EVER)).map(({ text }) => text);
      expect(texts).toHaveLength(20);
      expect(new Set(texts).size).toBe(1);
    });
  });

  describe('the minutes', () => {
    const at = (minute: number) => START_MS + minute * MINUTE_MS;

    it('are marked once, whoever marks them', async () => {
      expect(await store.minutes(EVER, at(100))).toEqual({ marked: 0, firstMs: null });
      const other = await open();
      const marks = [at(0) + 59_999, at(0), at(1) + 1, at(5)];
      await Promise.all(marks.flatMap((ms) => [store.markMinute(ms), other.markMinute(ms)]));
      expect(await store.minutes(EVER, Number.POSITIVE_INFINITY)).toEqual({ marked: 3, firstMs: at(0) });
      expect(await store.minutes(at(0), at(5))).toEqual({ marked: 2, firstMs: at(0) });
      expect(await store.minutes(at(0) + 1, at(5) + 1)).toEqual({ marked: 2, firstMs: at(1) });
      expect(await store.minutes(at(2), at(5))).toEqual({ marked: 0, firstMs: null });
      expect(await (await open('another')).minutes(EVER, at(100))).toEqual({ marked: 0, firstMs: null });
    });

    it('are dropped after forty days, for this flag', async () => {
      const other = await open('another');
      await other.markMinute(at(0));
      for (const minute of [0, 1]) await store.markMinute(at(minute));
      await store.markMinute(at(0) + 40 * DAY_MS);
      expect((await store.minutes(EVER, at(100))).marked).toBe(2);
      await store.markMinute(at(1) + 40 * DAY_MS);
      expect(await store.minutes(EVER, at(100))).toEqual({ marked: 1, firstMs: at(1) });
      expect((await other.minutes(EVER, at(100))).marked).toBe(1);
    });
  });
});

it('says UNAVAILABLE when nobody answers, without the password', async () => {
  const databaseUrl = 'postgresql://a:not-for-messages@127.0.0.1:1/c';
  const store = await openGuardStore({ databaseUrl, home: '/nowhere', flagKey: KEY });
  expect(store.where).toBe('Postgres at 127.0.0.1:1/c');
  for (const call of [
    ...[() => store.lead('a', 1), () => store.resign('a'), () => store.leader()],
    ...[() => store.episodes(EVER), () => store.put([episode()])],
    ...[() => store.markMinute(START_MS), () => store.minutes(0, 1)],
  ]) {
    await expect(call()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.not.stringContaining('not-for-messages'),
    });
  }
  await store.close();
});
