import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyChain } from '../../src/flag/audit.js';
import { activeMarks } from '../../src/flag/state.js';
import type { InstanceReport, RecordStore } from '../../src/flag/store.js';
import { until } from '../fault/wait.js';
import { command, disableCommand, mark, write } from './commands.js';
import { RECORDS, type RecordPlace } from './records.js';

describe.each(Object.entries(RECORDS))('the record in %s', (_name, start) => {
  let place: RecordPlace;
  let key: string;
  let store: RecordStore;
  let other: RecordStore;

  beforeAll(async () => {
    place = await start();
  });
  afterAll(async () => await place.remove());
  beforeEach(() => {
    key = `flag-${randomUUID()}`;
    store = place.open(key);
    other = place.open(key);
  });
  afterEach(async () => {
    await store.close();
    await other.close();
  });

  it('holds nothing for a flag that nobody wrote', async () => {
    expect(await store.read()).toEqual({ flag: null, marks: {}, ended: {}, head: null });
    expect(await store.history(10)).toEqual([]);
    expect(await store.change(randomUUID())).toBeNull();
  });

  it('gives back what was committed, to others and after reopening', async () => {
    const first = command(key, await store.read());
    expect(await store.commit(first)).toEqual({ kind: 'committed', revision: 1 });
    const flag = { ...first.content, revision: 1, changeId: first.changeId, clears: [] };
    expect((await other.read()).flag).toEqual(flag);
    await store.close();
    expect((await store.read()).flag).toEqual(flag);
  });

  it('keeps flags of other keys apart', async () => {
    await write(store, key);
    const stranger = place.open(`${key}-2`);
    expect((await stranger.read()).flag).toBeNull();
    expect(await stranger.history(10)).toEqual([]);
    await stranger.close();
  });

  it('refuses a revision that is not the present one, and names the winner', async () => {
    const stale = await store.read();
    await write(store, key);
    await write(store, key, { kind: 'percentage' });
    const result = await store.commit(command(key, stale));
    expect(result).toMatchObject({ kind: 'conflict', winner: { revision: 2, before: { revision: 1 } } });
    expect((await store.read()).flag?.revision).toBe(2);
    expect(await store.history(10)).toHaveLength(2);
  });

  it('refuses a revision when there is no flag', async () => {
    const missing = command(key, await store.read(), { expected: 3 });
    expect(await store.commit(missing)).toEqual({ kind: 'conflict', winner: null });
  });

  it('refuses the present revision with another history', async () => {
    await write(store, key);
    const forged = command(key, await store.read(), { previousHash: 'f'.repeat(64) });
    expect(await store.commit(forged)).toMatchObject({ kind: 'conflict' });
  });

  it('lets one of many racing writers win each revision', async () => {
    for (let round = 0; round < 5; round++) {
      const read = await store.read();
      const racers = Array.from({ length: 8 }, (_, i) => (i % 2 ? store : other).commit(command(key, read)));
      const kinds = (await Promise.all(racers)).map((result) => result.kind);
      expect(kinds.filter((kind) => kind === 'committed')).toHaveLength(1);
      expect(await store.history(100)).toHaveLength(round + 1);
    }
    const { flag } = await store.read();
    expect(verifyChain(await store.history(100), flag)).toEqual({ kind: 'intact', rows: 5 });
  });

  it('does the same commit once, however late it comes again', async () => {
    const first = command(key, await store.read());
    await store.commit(first);
    await write(store, key, { kind: 'percentage' });
    expect(await other.commit(first)).toEqual({ kind: 'committed', revision: 1 });
    expect((await store.read()).flag?.revision).toBe(2);
    expect(await store.history(10)).toHaveLength(2);
    expect(await other.change(first.changeId)).toMatchObject({ revision: 1, before: null, by: 'Zoë' });
  });

  it('counts on from the floor after a loss', async () => {
    await write(store, key);
    expect(await write(store, key, { floor: 41 })).toEqual({ kind: 'committed', revision: 42 });
    expect(verifyChain(await store.history(10), (await store.read()).flag)).toEqual({
      kind: 'intact',
      rows: 2,
    });
  });

  it('disables with a mark, once', async () => {
    await write(store, key);
    const forcedOff = mark();
    const disable = disableCommand(key, await store.read(), forcedOff);
    expect(await store.commit(disable)).toEqual({ kind: 'committed', revision: 2 });
    expect(await store.commit(disable)).toEqual({ kind: 'committed', revision: 2 });
    const read = await other.read();
    expect(read.marks).toEqual({ [forcedOff.id]: forcedOff });
    expect(read.ended).toEqual({});
    expect(read.flag).toMatchObject({ enabled: false, percentage: 0, revision: 2 });
  });

  it('does nothing for a mark it has under another change', async () => {
    const forcedOff = mark();
    await store.commit(disableCommand(key, await store.read(), forcedOff));
    const again = { ...disableCommand(key, await store.read(), forcedOff), changeId: randomUUID() };
    expect(await store.commit(again)).toEqual({ kind: 'committed', revision: 1 });
    expect(await store.history(10)).toHaveLength(1);
  });

  it('ends the named marks with the commit when there is no copy, and no other mark', async () => {
    const [seen, unseen] = [mark(), mark({ by: 'ben' })];
    await store.commit(disableCommand(key, await store.read(), seen));
    await store.commit(disableCommand(key, await store.read(), unseen));
    await write(store, key, { named: [seen.id] });
    const read = await store.read();
    expect(activeMarks(read)).toEqual([unseen]);
    expect(read.ended).toEqual({ [seen.id]: 3 });
    expect(read.flag?.clears).toEqual([]);
    const late = { ...disableCommand(key, read, seen), changeId: randomUUID() };
    await store.commit(late);
    expect(activeMarks(await store.read())).toEqual([unseen]);
  });

  it('keeps a history that shows when it was tampered with', async () => {
    for (const kind of ['activate', 'percentage', 'model'] as const) await write(store, key, { kind });
    const { flag } = await store.read();
    expect(verifyChain(await store.history(10), flag)).toEqual({ kind: 'intact', rows: 3 });
    expect((await store.history(2)).map((entry) => entry.revision)).toEqual([3, 2]);
    expect(verifyChain(await store.history(2), flag)).toEqual({ kind: 'intact', rows: 2 });
    await place.tamper(key);
    expect(verifyChain(await store.history(10), flag)).toMatchObject({ kind: 'broken', revision: 1 });
  });

  it('names an instance whose report cannot be read, and tells of the others', async () => {
    const report = { host: 'h', pid: 1, url: null, revision: 7, changeId: null, model: null, off: [] };
    const readable: InstanceReport = { ...report, instance: 'a', at: '1999-01-01T00:00:00.000Z' };
    await store.report(readable);
    await store.report({ ...readable, instance: 'b', revision: -1 });
    const told = (await other.instances()).map((seen) => seen.report);
    expect(told.find(({ instance }) => instance === 'a')).toEqual(readable);
    expect(told.find(({ instance }) => instance === 'b')).toMatchObject({ revision: 0, off: [] });
  });

  it('reports instances with the time since, by its own clock', async () => {
    const report: InstanceReport = {
      instance: 'host-1:4711:a',
      host: 'host-1',
      pid: 4711,
      url: null,
      revision: 7,
      changeId: randomUUID(),
      model: { name: 'delay_predictor', version: '1', sha256: 'ab' },
      off: [],
      at: '1999-01-01T00:00:00.000Z',
    };
    await store.report(report);
    await store.report({ ...report, instance: 'b', off: ['x'], revision: 8 });
    await store.report({ ...report, revision: 8 });
    const seen = await other.instances();
    expect(seen.map((one) => one.report.instance).sort()).toEqual(['b', 'host-1:4711:a']);
    expect(seen.find((one) => one.report.instance !== 'b')?.report).toEqual({ ...report, revision: 8 });
    for (const { seenAgoMs } of seen) expect(seenAgoMs).toBeLessThan(60_000);
    await store.forget('b');
    expect(await other.instances()).toHaveLength(1);
  });

  it('hints at a change made elsewhere, until the watch ends', async () => {
    await write(store, key);
    let hints = 0;
    const stop = await store.watch(() => {
      hints += 1;
    });
    await until('a change is hinted at', async () => {
      const before = hints;
      await write(other, key, { kind: 'percentage' });
      return await holdsSoon(() => hints > before);
    });
    await stop();
    const after = hints;
    await write(other, key, { kind: 'percentage' });
    expect(await holdsSoon(() => hints > after)).toBe(false);
  });

  it('tells its health', async () => {
    const { version, latencyMs } = await store.health();
    expect(version).toMatch(/^\d+\.\d+/);
    expect(latencyMs).toBeGreaterThan(0);
  });
});

async function holdsSoon(check: () => boolean): Promise<boolean> {
  for (let i = 0; i < 50 && !check(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
  return check();
}
