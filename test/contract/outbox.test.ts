import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Alert, AlertKind, DoneAction, Severity } from '../../src/alerts/alert.js';
import { type OpenOutbox, openOutbox } from '../../src/alerts/open-outbox.js';
import { CHANNEL_NAMES, type NewEntry, type Outbox, type OutboxEntry } from '../../src/alerts/outbox.js';
import { claimEntries } from '../../src/alerts/outbox-claims.js';
import { dropEntries } from '../../src/alerts/outbox-entries.js';
import { postgresDatabase } from '../../src/ledger/postgres-database.js';
import { sqliteDatabase } from '../../src/ledger/sqlite-database.js';
import type { Statement } from '../../src/ledger/statement.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { until } from '../fault/wait.js';
import { MINUTE_MS, START_MS } from '../ledger/rows.js';
import { type TestServer, temporaryFolder } from '../servers/process.js';
import { startProxy } from '../servers/proxy.js';
import { type Place, postgresPlace, sqlitePlace } from './places.js';

const LONG_MS = 60_000;
const EVER = Number.POSITIVE_INFINITY;
const KEY = 'ml-delay-prediction';
const FRESH = { attempts: 0, sentMs: null, gaveUpMs: null, lastError: null };
/** All of them: the compiler knows when one is missing. */
const KINDS = {
  ...{ begun: true, acted: true, recovered: true, reminder: true, moved: true, digest: true, test: true },
} satisfies Record<AlertKind, true>;
const SEVERITIES = { critical: true, warning: true, notice: true } satisfies Record<Severity, true>;
const ACTIONS = {
  ...{ hold: true, halve: true, roll_back: true, disable: true, ready: true, not_ready: true },
  ...{ advance: true, confirmed: true, complete: true },
} satisfies Record<DoneAction, true>;

let postgres: TestServer;
beforeAll(async () => {
  postgres = await startMigratedPostgres();
});
afterAll(async () => await postgres?.remove());

function alert(overrides: Partial<Alert> = {}): Alert {
  return {
    ...{ id: 'alert-1', flag: KEY, subject: 'errors', kind: 'begun', severity: 'warning' },
    ...{ beganMs: START_MS, atMs: START_MS + MINUTE_MS, value: 0.07, threshold: 0.05 },
    ...{ evidence: 'The model failed 7 of 100 times.', done: null, simulated: false },
    ...overrides,
  };
}

/** One that is due. */
function entry(id: string, overrides: Partial<NewEntry> = {}): NewEntry {
  return {
    ...{ id, channel: 'slack', to: null, alert: alert({ id: `alert of ${id}` }) },
    ...{ createdMs: START_MS, notBeforeMs: 0 },
    ...overrides,
  };
}

const idsOf = (entries: readonly OutboxEntry[]) => entries.map(({ id }) => id);

describe.each([
  ['SQLite', sqlitePlace],
  ['Postgres', () => postgresPlace(postgres)],
])('alerts that are to arrive, in %s', (_name, makePlace) => {
  let place: Place;
  let opened: OpenOutbox[];
  let outbox: OpenOutbox;

  const open = async (flagKey = KEY) => {
    const one = await openOutbox({ ...place.address, flagKey });
    opened.push(one);
    return one;
  };
  const listed = async (id: string) => (await outbox.list(1000)).find((one) => one.id === id);
  const claimed = async (holder: string, forMs = LONG_MS) => idsOf(await outbox.claim(holder, 100, forMs));

  beforeEach(async () => {
    place = makePlace();
    opened = [];
    outbox = await open();
    await outbox.list(1);
    return async () => {
      await place.rows('DELETE FROM atmr_ml.alert_outbox RETURNING id');
      for (const one of opened) await one.close();
      await place.clear();
    };
  });

  describe('added', () => {
    it('come back as they were', async () => {
      const bare = entry('bare', { alert: alert({ value: null, threshold: null }) });
      const full = entry('full “é” 🚕', {
        ...{ channel: 'email', to: 'zoë@example.org', createdMs: START_MS + 1, notBeforeMs: 7 },
        alert: alert({
          ...{ id: 'digest “é”', subject: 'rollout', kind: 'digest', severity: 'critical', simulated: true },
          ...{ value: -0.125, threshold: 1e-9, evidence: 'It’s 40 % — “raté”;\n100 %\\ \0 \ud800 数 🚕' },
          done: { action: 'roll_back', percentage: 12.5, dryRun: true },
          items: [
            alert({ done: { action: 'hold', percentage: null, dryRun: false } }),
            alert({ id: 'alert-2', kind: 'digest', items: [alert({ evidence: 'été' })] }),
            alert({ id: 'alert-3', items: [] }),
          ],
        }),
      });
      expect(await outbox.add([full, bare])).toEqual(expect.arrayContaining(['bare', 'full “é” 🚕']));
      const expected = [full, bare].map((one) => ({ ...one, ...FRESH }));
      expect(await (await open()).list(10)).toEqual(expected);
      expect(await outbox.claim('a', 10, LONG_MS)).toEqual(expected.toReversed());
    });

    it('may be of every kind, severity, action and channel', async () => {
      const alerts = [
        ...Object.keys(KINDS).map((kind) => alert({ kind: kind as AlertKind })),
        ...Object.keys(SEVERITIES).map((severity) => alert({ severity: severity as Severity })),
        ...Object.keys(ACTIONS).map((action) =>
          alert({ done: { action: action as DoneAction, percentage: 25, dryRun: false } }),
        ),
      ];
      const entries = [
        ...alerts.map((one, i) => entry(`${100 + i}`, { alert: one })),
        ...CHANNEL_NAMES.map((channel, i) => entry(`${200 + i}`, { channel })),
      ];
      await outbox.add(entries);
      expect(await outbox.claim('a', 100, LONG_MS)).toEqual(entries.map((one) => ({ ...one, ...FRESH })));
    });

    it('are there once, whoever adds them, and the first stays', async () => {
      const other = await open();
      for (const round of [1, 2, 3, 4, 5]) {
        const batch = (from: string) =>
          Array.from({ length: 190 }, (_, i) =>
            entry(`${1000 * round + i}`, { createdMs: START_MS + round, alert: alert({ evidence: from }) }),
          );
        const added = await Promise.all([
          ...[1, 2].map(() => outbox.add(batch('a'))),
          ...[1, 2].map(() => other.add(batch('b').toReversed())),
        ]);
        expect(added.flat().sort()).toEqual(batch('').map(({ id }) => id));
        expect(await outbox.list(1000)).toHaveLength(190 * round);
        expect(new Set((await outbox.list(190)).map((one) => one.alert.evidence)).size).toBe(1);
      }
    });

    it('are there once also in one batch, and after they were sent', async () => {
      expect(await outbox.add([])).toEqual([]);
      const first = entry('x', { channel: 'email' });
      expect(await outbox.add([first, entry('x')])).toEqual(['x']);
      expect(await outbox.claim('a', 10, LONG_MS)).toEqual([{ ...first, ...FRESH }]);
      await outbox.sent('x', 'a');
      expect(await outbox.add([entry('y'), entry('x')])).toEqual(['y']);
      expect(await claimed('a')).toEqual(['y']);
    });

    it('are all there or none', async () => {
      const bad = { ...entry('9999'), channel: null } as unknown as NewEntry;
      const many = Array.from({ length: 450 }, (_, i) => entry(`${1000 + i}`));
      await expect(outbox.add([...many, bad])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(await outbox.list(1000)).toEqual([]);
      expect(await outbox.add(many)).toHaveLength(450);
      expect(idsOf(await outbox.list(1000)).sort()).toEqual(many.map(({ id }) => id));
    });

    it('have an id that an index takes', async () => {
      for (const id of ['', 'x'.repeat(513)]) {
        await expect(outbox.add([entry(id)])).rejects.toMatchObject({ code: 'BAD_INPUT' });
      }
      const longest = Array.from({ length: 512 }, (_, i) => String.fromCharCode(33 + ((i * i) % 90))).join(
        '',
      );
      expect(await outbox.add([entry(longest)])).toEqual([longest]);
    });

    it('have text that Postgres takes', async () => {
      await outbox.add([entry('a\0b \ud800', { to: 'c\0' })]);
      expect(await outbox.list(10)).toMatchObject([{ id: 'ab \ufffd', to: 'c' }]);
      expect(await claimed('h\0')).toEqual(['ab \ufffd']);
      await outbox.sent('a\0b \ud800', 'h\0');
      expect((await listed('ab \ufffd'))?.sentMs).not.toBeNull();
    });
  });

  it('are listed newest first, as many as are asked for', async () => {
    await outbox.add([
      ...['b', 'c', 'a'].map((id) => entry(id)),
      entry('newest', { createdMs: START_MS + 1, notBeforeMs: START_MS + LONG_MS }),
      entry('oldest', { createdMs: START_MS - 1 }),
    ]);
    expect(idsOf(await outbox.list(10))).toEqual(['newest', 'c', 'b', 'a', 'oldest']);
    expect(idsOf(await outbox.list(2))).toEqual(['newest', 'c']);
  });

  describe('claimed', () => {
    it('are the oldest, in their order', async () => {
      const at = (id: string, afterMs: number) => entry(id, { createdMs: START_MS + afterMs });
      await outbox.add([at('e', 30), at('d', 20), at('b', 10), at('c', 10), at('a', 40)]);
      expect(idsOf(await outbox.claim('a', 3, LONG_MS))).toEqual(['b', 'c', 'd']);
      expect(idsOf(await outbox.claim('a', 3, LONG_MS))).toEqual(['e', 'a']);
      expect(await outbox.claim('a', 3, LONG_MS)).toEqual([]);
    });

    it('are due, by the clock of the database', async () => {
      const atMs = Date.now() + 1500;
      const later = entry('later', { notBeforeMs: atMs, createdMs: START_MS - 1 });
      const never = entry('never', { notBeforeMs: Date.now() + LONG_MS });
      await outbox.add([later, never, entry('now', { notBeforeMs: Date.now() - 1 })]);
      expect(await claimed('a')).toEqual(['now']);
      await until('its time has come', async () => (await claimed('a')).includes('later'));
      expect(Date.now()).toBeGreaterThanOrEqual(atMs - 1);
      expect(await claimed('a')).toEqual([]);
    });

    it('are given to exactly one of eight who ask at once', async () => {
      const entries = Array.from({ length: 100 }, (_, i) => entry(`${1000 + i}`));
      for (const round of [1, 2, 3]) {
        const outboxes = await Promise.all(Array.from({ length: 8 }, () => open(`round ${round}`)));
        await outboxes[0]!.add(entries);
        const gotten = await Promise.all(outboxes.map((one, i) => claimAll(one, `claimer ${i}`)));
        expect(gotten.flat().sort()).toEqual(entries.map(({ id }) => id));
      }
    });

    it('go to another when the claim has ended, and are no longer the first one’s', async () => {
      await outbox.add([entry('x')]);
      expect(await claimed('a', 1500)).toEqual(['x']);
      expect(await claimed('a')).toEqual([]);
      expect(await claimed('b')).toEqual([]);
      await until('the claim has ended', async () => (await claimed('b')).includes('x'));
      await outbox.sent('x', 'a');
      await outbox.failed('x', 'a', 'too late', null);
      expect(await listed('x')).toMatchObject(FRESH);
      await outbox.failed('x', 'b', 'refused', 0);
      await outbox.sent('x', 'a');
      expect(await listed('x')).toMatchObject({ attempts: 1, sentMs: null, lastError: 'refused' });
      expect(await claimed('c')).toEqual(['x']);
      await outbox.sent('x', 'c');
      expect((await listed('x'))?.sentMs).not.toBeNull();
    });

    it('are still the holder’s after the claim, until another has them', async () => {
      await outbox.add([entry('x')]);
      expect(await claimed('a', 1)).toEqual(['x']);
      await sleep(30);
      await outbox.sent('x', 'a');
      expect(await claimed('b')).toEqual([]);
    });

    it('are looked for among those that are open, however many were sent', async () => {
      await outbox.add(Array.from({ length: 5000 }, (_, i) => entry(`${10_000 + i}`)));
      await place.rows("UPDATE atmr_ml.alert_outbox SET sent_ms = 1 WHERE id < '14990' RETURNING id");
      const isFile = place.address.databaseUrl === null;
      const { dialect } = isFile ? sqliteDatabase('/nowhere') : postgresDatabase(postgres.url);
      for (const work of [
        claimEntries(dialect, KEY, 'a', 10, LONG_MS),
        dropEntries(dialect, KEY, ['alert of 14995']),
      ]) {
        const { sql, values } = work.next([]).value as Statement;
        const filled = sql.replaceAll(
          /\$(\d+)/g,
          (_all, n) => `CAST('${values[n - 1]}' AS ${typeOf(values[n - 1])})`,
        );
        const plan = await place.rows(`EXPLAIN ${isFile ? 'QUERY PLAN' : ''} ${filled}`);
        expect(JSON.stringify(plan)).toMatch(/USING INDEX alert_outbox_open|using alert_outbox_open/);
      }
    });

    it('are the readable ones, where another program wrote something else', async () => {
      await outbox.add([entry('odd', { createdMs: 0 }), entry('x')]);
      await place.rows(
        `UPDATE atmr_ml.alert_outbox SET alert = '{"id":"odd"}' WHERE id = 'odd' RETURNING id`,
      );
      const failure = {
        code: 'UNAVAILABLE',
        message: expect.stringMatching(/unreadable at \d\.alert\.flag/),
      };
      await expect(outbox.list(10)).rejects.toMatchObject(failure);
      expect(await claimed('a', 1)).toEqual(['x']);
      await outbox.sent('x', 'a');
      await sleep(30);
      await expect(outbox.claim('a', 10, LONG_MS)).rejects.toMatchObject(failure);
      expect(await claimed('a')).toEqual([]);
    });
  });

  describe('sent', () => {
    it('are done, at the time of the database', async () => {
      await outbox.add([entry('x'), entry('y')]);
      await outbox.sent('x', 'a');
      expect(await listed('x')).toMatchObject(FRESH);
      await claimed('a', 1);
      await outbox.failed('x', 'a', 'refused', 0);
      await until('it is claimed', async () => (await claimed('a')).includes('x'));
      const startMs = Date.now();
      await outbox.sent('x', 'a');
      const sent = await listed('x');
      expect(sent).toMatchObject({ attempts: 2, gaveUpMs: null, lastError: null });
      expect(sent?.sentMs).toBeGreaterThanOrEqual(startMs - 1);
      expect(sent?.sentMs).toBeLessThanOrEqual(Date.now() + 1);
      await outbox.failed('x', 'a', 'no', null);
      await outbox.sent('nothing', 'a');
      expect(await listed('x')).toEqual(sent);
      expect(await listed('y')).toMatchObject(FRESH);
    });
  });

  describe('that failed', () => {
    it('are tried again after the delay, and not before', async () => {
      await outbox.add([entry('x'), entry('y')]);
      await claimed('a');
      const startMs = Date.now();
      await outbox.failed('x', 'a', 'HTTP 503 — réessayez', 1500);
      await outbox.failed('y', 'a', 'HTTP 503', LONG_MS);
      expect(await listed('x')).toMatchObject({
        ...{ attempts: 1, lastError: 'HTTP 503 — réessayez', gaveUpMs: null, notBeforeMs: 0 },
      });
      expect(await claimed('a')).toEqual([]);
      await until('it is due', async () => (await claimed('a')).length > 0);
      expect(Date.now() - startMs).toBeGreaterThanOrEqual(1495);
      await outbox.failed('x', 'a', 'HTTP 500', 0);
      expect(await outbox.claim('b', 10, LONG_MS)).toMatchObject([
        { id: 'x', attempts: 2, lastError: 'HTTP 500' },
      ]);
    });

    it('are given up for good', async () => {
      await outbox.add([entry('x')]);
      await claimed('a', 1);
      const startMs = Date.now();
      await outbox.failed('x', 'a', 'no such address', null);
      const given = await listed('x');
      expect(given).toMatchObject({ attempts: 1, sentMs: null, lastError: 'no such address' });
      expect(given?.gaveUpMs).toBeGreaterThanOrEqual(startMs - 1);
      await sleep(30);
      expect(await claimed('b')).toEqual([]);
      await outbox.sent('x', 'a');
      await outbox.failed('x', 'a', 'again', 0);
      expect(await outbox.add([entry('x')])).toEqual([]);
      expect(await listed('x')).toEqual(given);
    });

    it('keep 500 characters of the error, as databases take them', async () => {
      await outbox.add([entry('x')]);
      await claimed('a');
      await outbox.failed('x', 'a', `é\0\ud800${'x'.repeat(600)}`, 0);
      expect((await listed('x'))?.lastError).toBe(`é\ufffd${'x'.repeat(497)}`);
      await claimed('a');
      await outbox.failed('x', 'a', `${'x'.repeat(499)}🚕`, 0);
      expect((await listed('x'))?.lastError).toBe(`${'x'.repeat(499)}\ufffd`);
    });
  });

  it('are given up for good when somebody has seen to it, unless they are being sent, or it is over', async () => {
    const of = (id: string, alertId: string, at: Partial<NewEntry> = {}) =>
      entry(id, { alert: alert({ id: alertId }), ...at });
    await outbox.add(['sent', 'given up', 'failed', 'lapsed'].map((id) => of(id, 'seen')));
    await claimed('a', 1);
    await outbox.sent('sent', 'a');
    await outbox.failed('given up', 'a', 'no', null);
    await outbox.failed('failed', 'a', 'not now', LONG_MS);
    await outbox.add([of('claimed', 'seen', { createdMs: 0 })]);
    await outbox.claim('a', 1, LONG_MS);
    await outbox.add([of('due', 'seen'), of('later', 'seen too', { notBeforeMs: Date.now() + LONG_MS })]);
    await outbox.add([of('other', 'another'), of('seen', 'yet another')]);
    await sleep(30);
    await outbox.drop([]);
    expect(await outbox.list(100)).toHaveLength(9);
    await outbox.drop(['seen', 'seen too', 'unknown', 'seen']);
    const givenUp = async () =>
      idsOf((await outbox.list(100)).filter(({ gaveUpMs }) => gaveUpMs !== null)).sort();
    expect(await givenUp()).toEqual(['due', 'failed', 'given up', 'lapsed', 'later']);
    // Whoever tells again what was seen, tells nothing.
    const again = of('later', 'seen too', { notBeforeMs: Date.now() });
    expect(await outbox.add([again])).toEqual([]);
    expect(await listed('later')).toMatchObject({ lastError: 'somebody has seen to it', attempts: 0 });
    await outbox.sent('claimed', 'a');
    expect((await listed('claimed'))?.sentMs).not.toBeNull();
    await outbox.drop(Array.from({ length: 450 }, (_, i) => `${i}`).concat('another'));
    expect(await givenUp()).toEqual(['due', 'failed', 'given up', 'lapsed', 'later', 'other']);
    expect(await claimed('b')).toEqual(['seen']);
  });

  it('are removed when they are over for long', async () => {
    await outbox.add(['sent', 'given up', 'sent later', 'unsent', 'failed'].map((id) => entry(id)));
    await claimed('a');
    await outbox.sent('sent', 'a');
    await outbox.failed('given up', 'a', 'no', null);
    await outbox.failed('failed', 'a', 'not now', 0);
    await sleep(30);
    await outbox.sent('sent later', 'a');
    const laterMs = (await listed('sent later'))?.sentMs as number;
    const firstMs = (await listed('sent'))?.sentMs as number;
    await outbox.prune(firstMs);
    expect(await outbox.list(10)).toHaveLength(5);
    await outbox.prune(laterMs);
    expect(idsOf(await outbox.list(10)).sort()).toEqual(['failed', 'sent later', 'unsent']);
    await outbox.prune(EVER);
    expect(idsOf(await outbox.list(10)).sort()).toEqual(['failed', 'unsent']);
  });

  it('are apart for each flag', async () => {
    const other = await open('another');
    expect(await outbox.add([entry('x'), entry('y')])).toHaveLength(2);
    expect(await other.list(10)).toEqual([]);
    expect(await other.claim('a', 10, LONG_MS)).toEqual([]);
    expect(await other.add([entry('x', { channel: 'email' }), entry('z', { createdMs: 0 })])).toHaveLength(2);
    expect(idsOf(await outbox.claim('a', 1, LONG_MS))).toEqual(['x']);
    expect(idsOf(await outbox.claim('a', 1, LONG_MS))).toEqual(['y']);
    expect(await other.claim('a', 10, LONG_MS)).toMatchObject([{ id: 'z' }, { id: 'x', channel: 'email' }]);
    await other.failed('x', 'a', 'no', 0);
    await other.sent('y', 'a');
    expect(await outbox.list(10)).toMatchObject([FRESH, FRESH]);
    await outbox.drop(['alert of x', 'alert of y']);
    await outbox.sent('x', 'a');
    await outbox.failed('y', 'a', 'refused', null);
    await other.prune(EVER);
    expect(idsOf(await other.list(10))).toContain('x');
    await other.drop(['alert of x']);
    await other.prune(EVER);
    expect(idsOf(await other.list(10))).toEqual(['z']);
    expect(idsOf(await outbox.list(10))).toEqual(['y', 'x']);
    await other.add([entry('new')]);
    await outbox.add([entry('new')]);
    await outbox.drop(['alert of new']);
    const seen = (await outbox.list(10)).find(({ id }) => id === 'new');
    expect(seen).toMatchObject({ lastError: 'somebody has seen to it' });
    await outbox.prune(EVER);
    expect(await outbox.list(10)).toEqual([]);
    expect(idsOf(await other.list(10))).toEqual(['new', 'z']);
  });
});

/** What one claimer gets until there is nothing left. */
async function claimAll(outbox: Outbox, holder: string): Promise<readonly string[]> {
  const all: string[] = [];
  for (;;) {
    const entries = await outbox.claim(holder, 7, LONG_MS);
    expect(entries.length).toBeLessThanOrEqual(7);
    if (entries.length === 0) return all;
    all.push(...idsOf(entries));
  }
}

const typeOf = (value: unknown) => (typeof value === 'number' ? 'bigint' : 'text');

function operations(outbox: Outbox): (() => Promise<unknown>)[] {
  return [
    () => outbox.add([entry('x')]),
    () => outbox.claim('a', 10, LONG_MS),
    () => outbox.sent('x', 'a'),
    () => outbox.failed('x', 'a', 'refused', null),
    () => outbox.list(10),
    () => outbox.drop(['x']),
    () => outbox.prune(EVER),
  ];
}

async function expectAway(outbox: Outbox): Promise<void> {
  for (const operation of operations(outbox)) {
    await expect(operation()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.not.stringContaining('not-for-messages'),
    });
  }
}

describe('without the database', () => {
  it('says UNAVAILABLE while Postgres is cut off, and goes on afterwards', async () => {
    const network = await startProxy(postgres.port);
    const databaseUrl = postgres.url.replace(`:${postgres.port}/`, `:${network.port}/`);
    const outbox = await openOutbox({ databaseUrl, home: '/nowhere', flagKey: 'cut' });
    expect(outbox.where).toBe(`Postgres at 127.0.0.1:${network.port}/postgres`);
    await outbox.add([entry('before')]);
    network.cut();
    await expectAway(outbox);
    network.heal();
    expect(await outbox.add([entry('before'), entry('after')])).toEqual(['after']);
    expect(idsOf(await outbox.claim('a', 10, LONG_MS))).toEqual(['after', 'before']);
    await outbox.close();
    await network.remove();
  });

  it('says UNAVAILABLE while the file is no database, and goes on afterwards', async () => {
    const home = temporaryFolder('outbox');
    const path = join(home, 'atmr-ml.db');
    const outbox = await openOutbox({ databaseUrl: null, home, flagKey: KEY });
    expect(outbox.where).toBe(`SQLite at ${path}`);
    writeFileSync(path, 'certainly not a database, and long enough to be looked at as one'.repeat(100));
    await expectAway(outbox);
    rmSync(path);
    expect(await outbox.add([entry('x')])).toEqual(['x']);
    await outbox.close();
    rmSync(home, { recursive: true });
  });
});

it('does not wait in Postgres for what another is taking', async () => {
  const outbox = await openOutbox({ databaseUrl: postgres.url, home: '/nowhere', flagKey: 'locked' });
  await outbox.add([entry('x'), entry('y')]);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query("BEGIN; SELECT id FROM atmr_ml.alert_outbox WHERE id = 'x' FOR UPDATE");
  expect(idsOf(await outbox.claim('a', 10, LONG_MS))).toEqual(['y']);
  await client.query('COMMIT');
  await client.end();
  expect(idsOf(await outbox.claim('a', 10, LONG_MS))).toEqual(['x']);
  await outbox.close();
});
