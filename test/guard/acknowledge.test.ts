import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acknowledge, acknowledgeByName } from '../../src/guard/acknowledge.js';
import type { Episode, GuardStore } from '../../src/guard/guard-store.js';
import { LOST_INSTANCE } from '../../src/guard/lost-instances.js';
import { openGuardStore } from '../../src/guard/open-guard-store.js';
import { RULE_NAMES } from '../../src/guard/rule-names.js';
import { temporaryFolder } from '../servers/process.js';

const NOW_MS = Date.UTC(2026, 5, 8, 10);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One that lasts, and did nothing. */
function episode(id: string, changes: Partial<Episode> = {}): Episode {
  return {
    ...{ id, rule: 'miss_rate', level: 'act', beganMs: NOW_MS - 2 * HOUR_MS, endedMs: null, looks: 3 },
    ...{ text: 'of the last 50', value: 0.3, threshold: 0.2, action: null, dryRun: false, actedMs: null },
    ...{ acknowledgedMs: null, acknowledgedBy: null },
    ...changes,
  };
}

const ended = { endedMs: NOW_MS - HOUR_MS };
const acted = { action: 'hold', actedMs: NOW_MS - 2 * HOUR_MS } as const;
const seen = { acknowledgedMs: NOW_MS - HOUR_MS, acknowledgedBy: 'zoe' };
const lost = { rule: LOST_INSTANCE, level: 'warn', ...ended } as const;

const EPISODES: readonly Episode[] = [
  episode('acted', acted),
  episode('acted, over', { ...acted, ...ended, rule: 'drift' }),
  episode('acted, over long ago', { ...acted, beganMs: 0, endedMs: DAY_MS, rule: 'mae' }),
  episode('acted, seen', { ...acted, ...seen, ...ended }),
  episode('acted in a dry run', { ...acted, dryRun: true }),
  episode('lasts', { rule: 'uptime', level: 'notice' }),
  episode('over', ended),
  episode('lost_instance a', lost),
  episode('lost_instance b', { ...lost, ...seen }),
];

describe('what somebody has seen', () => {
  let home: string;
  let store: GuardStore;
  beforeEach(async () => {
    home = temporaryFolder('acknowledge');
    store = await openGuardStore({ databaseUrl: null, home, flagKey: 'k' });
    await store.put(EPISODES);
  });
  afterEach(async () => {
    await store.close();
    rmSync(home, { recursive: true });
  });

  const ids = (episodes: readonly Episode[]) => episodes.map(({ id }) => id).sort();
  const remembered = async () =>
    new Map((await store.episodes(Number.NEGATIVE_INFINITY)).map((one) => [one.id, one]));

  it('is what was acted on, however long ago, and which servers were lost', async () => {
    const marked = await acknowledge(store, null, 'ana', NOW_MS);
    expect(ids(marked)).toEqual(['acted', 'acted, over', 'acted, over long ago', 'lost_instance a']);
    const after = await remembered();
    for (const one of marked) expect(after.get(one.id)).toMatchObject({ acknowledgedBy: 'ana' });
    // By the database's clock.
    const by = { acknowledgedMs: expect.any(Number), acknowledgedBy: 'ana' };
    // What lasts is over with it: if it goes on, it begins anew.
    expect(after.get('acted')).toEqual({ ...EPISODES[0], ...by, endedMs: expect.any(Number) });
    expect(after.get('acted, over')).toEqual({ ...EPISODES[1], ...by });
  });

  it('is nothing else: not what is only going on, was only said, or somebody saw before', async () => {
    const before = await remembered();
    const marked = new Set(ids(await acknowledge(store, null, 'ana', NOW_MS)));
    const after = await remembered();
    const untouched = [...before.values()].filter(({ id }) => !marked.has(id));
    expect(ids(untouched)).toEqual([
      ...['acted in a dry run', 'acted, seen', 'lasts', 'lost_instance b', 'over'],
    ]);
    for (const one of untouched) expect(after.get(one.id)).toEqual(one);
  });

  it('is nothing that was done after somebody looked', async () => {
    await store.put([episode('acted just now', { ...acted, rule: 'drift', actedMs: NOW_MS + 1 })]);
    expect(ids(await acknowledge(store, null, 'ana', NOW_MS))).not.toContain('acted just now');
    expect((await remembered()).get('acted just now')?.acknowledgedMs).toBeNull();
    expect(ids(await acknowledge(store, null, 'ana', NOW_MS + 1))).toEqual(['acted just now']);
  });

  it('by rule, is all that the rule found, and nothing of another', async () => {
    const marked = await acknowledge(store, 'miss_rate', 'ana', NOW_MS);
    expect(ids(marked)).toEqual(['acted', 'acted in a dry run', 'over']);
    expect(ids(await acknowledge(store, 'uptime', 'ana', NOW_MS))).toEqual(['lasts']);
    expect(ids(await acknowledge(store, LOST_INSTANCE, 'ana', NOW_MS))).toEqual(['lost_instance a']);
    expect(await acknowledge(store, 'weather', 'ana', NOW_MS)).toEqual([]);
    expect((await remembered()).get('acted, over')).toEqual(EPISODES[1]);
  });

  it('is seen once: a second time there is nothing, and the first name stays', async () => {
    await acknowledge(store, null, 'ana', NOW_MS);
    const after = await remembered();
    expect(await acknowledge(store, null, 'bo', NOW_MS + 1)).toEqual([]);
    expect(await remembered()).toEqual(after);
    // Of the rule, the dry run and what did nothing are left.
    expect(ids(await acknowledge(store, 'miss_rate', 'bo', NOW_MS + 2))).toEqual([
      ...['acted in a dry run', 'over'],
    ]);
    expect((await remembered()).get('acted')?.acknowledgedBy).toBe('ana');
  });

  it('is of one flag alone', async () => {
    const other = await openGuardStore({ databaseUrl: null, home, flagKey: 'another' });
    expect(await acknowledge(other, null, 'ana', NOW_MS)).toEqual([]);
    await other.close();
    expect((await remembered()).get('acted')?.acknowledgedMs).toBeNull();
  });

  it('is named as a person writes it', async () => {
    for (const rule of [...RULE_NAMES, LOST_INSTANCE]) {
      await expect(acknowledgeByName(store, rule, 'ana', NOW_MS)).resolves.toBeInstanceOf(Array);
    }
    await expect(acknowledgeByName(store, 'mis_rate', 'ana', NOW_MS)).rejects.toMatchObject({
      ...{ code: 'USAGE', message: expect.stringContaining('(did you mean miss_rate?)') },
    });
    await expect(acknowledgeByName(store, '', 'ana', NOW_MS)).rejects.toMatchObject({ code: 'USAGE' });
    await expect(acknowledgeByName(store, null, '  ', NOW_MS)).rejects.toMatchObject({
      ...{ code: 'USAGE', message: '--by is empty; expected who acknowledges.' },
    });
  });

  it('is by whoever runs the program, where nobody is named', async () => {
    await acknowledgeByName(store, null, undefined, NOW_MS);
    expect((await remembered()).get('acted')?.acknowledgedBy).toMatch(/\S/);
  });
});
