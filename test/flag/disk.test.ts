import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DiskOwner, openDisk } from '../../src/flag/disk.js';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import { EMPTY_STATE, type Mark } from '../../src/flag/state.js';

const author = { at: '2026-03-01T10:00:00.000Z', by: 'ana', reason: 'r' };
const content = changedContent(unwrittenFlag('k'), { enabled: true, percentage: 5 }, 'activate', author);
const flagAt = (revision: number): Flag => ({ ...content, revision, changeId: `c${revision}`, clears: [] });
const LONG_AGO = new Date('2020-01-01T00:00:00Z');
const mark = (id: string): Mark => ({ id, ...author, host: 'h' });

function owner(overrides: Partial<DiskOwner> = {}): DiskOwner {
  const home = mkdtempSync(join(tmpdir(), 'atmr-ml-disk-'));
  const self = { instance: 'a', host: 'h', pid: 1, fingerprint: 'db-1' };
  return { home, key: 'flag/with slash', ...self, isRunning: () => true, ...overrides };
}

describe('openDisk', () => {
  it('joins what every process of the machine knew, and the journal', async () => {
    const first = owner();
    const a = await openDisk(first);
    const b = await openDisk({ ...first, instance: 'b' });
    await a.save({ ...EMPTY_STATE, flag: flagAt(4), ended: { x: 2 } });
    await b.save({ ...EMPTY_STATE, flag: flagAt(3), marks: { y: mark('y') } });
    await a.addMark(mark('z'));
    const known = await (await openDisk({ ...first, instance: 'c' })).load();
    expect(known.flag?.revision).toBe(4);
    expect(Object.keys(known.marks).sort()).toEqual(['y', 'z']);
    expect(known.ended).toEqual({ x: 2 });
  });

  it('holds nothing of another record against this one, and tells of its journal', async () => {
    const first = owner();
    const disk = await openDisk(first);
    await disk.save({ ...EMPTY_STATE, flag: flagAt(9) });
    await disk.addMark(mark('z'));
    expect(await disk.journal()).toEqual([mark('z')]);
    const other = await openDisk({ ...first, instance: 'b', fingerprint: 'db-2' });
    expect(await other.load()).toEqual(EMPTY_STATE);
    expect(await other.journal()).toEqual([]);
    expect(await other.foreignJournal()).toEqual([mark('z')]);
  });

  it('clears up after dead processes, once their knowledge is in its own file', async () => {
    const first = owner({ instance: 'dead', pid: 7 });
    await (await openDisk(first)).save({ ...EMPTY_STATE, flag: flagAt(2) });
    const next = { ...first, instance: 'next', pid: 8, isRunning: (pid: number) => pid === 8 };
    const disk = await openDisk(next);
    const folder = join(first.home, 'lkg', 'flag%2Fwith%20slash');
    utimesSync(join(folder, 'dead.json'), LONG_AGO, LONG_AGO);
    const known = await disk.load();
    expect(readdirSync(folder)).toEqual(['dead.json']);
    await disk.save(known);
    expect(readdirSync(folder)).toEqual(['next.json']);
    expect((await disk.load()).flag?.revision).toBe(2);
  });

  it('leaves what may be of a living process of another container', async () => {
    const first = owner({ instance: 'other', pid: 1 });
    const other = await openDisk(first);
    await other.save({ ...EMPTY_STATE, flag: flagAt(2) });
    const folder = join(first.home, 'lkg', 'flag%2Fwith%20slash');
    const disk = await openDisk({
      ...first,
      instance: 'next',
      pid: 8,
      isRunning: (pid: number) => pid === 8,
    });
    // Fresh: whoever wrote it may be there behind another process number.
    await disk.save(await disk.load());
    expect(readdirSync(folder).sort()).toEqual(['next.json', 'other.json']);
    // Old, but written again after it was read.
    utimesSync(join(folder, 'other.json'), LONG_AGO, LONG_AGO);
    const known = await disk.load();
    await other.save({ ...EMPTY_STATE, flag: flagAt(3) });
    await disk.save(known);
    expect(readdirSync(folder).sort()).toEqual(['next.json', 'other.json']);
  });

  it('never knows less after a save, however two of one process overlap', async () => {
    const first = owner();
    const disk = await openDisk(first);
    const ids = Array.from({ length: 20 }, (_, i) => `m${i}`);
    await Promise.all(ids.map((id) => disk.save({ ...EMPTY_STATE, marks: { [id]: mark(id) } })));
    const known = await (await openDisk({ ...first, instance: 'b' })).load();
    expect(Object.keys(known.marks).sort()).toEqual(ids.sort());
  });

  it('shows a mark in the journal with its content or not at all', async () => {
    const first = owner();
    const disk = await openDisk(first);
    let writing = true;
    const seen = (async () => {
      const authors = new Set<string>();
      while (writing) for (const { by } of await disk.journal()) authors.add(by);
      return authors;
    })();
    for (let i = 0; i < 100; i++) await disk.addMark(mark(`z${i}`));
    writing = false;
    expect([...(await seen)]).toEqual(['ana']);
    expect(await disk.journal()).toHaveLength(100);
  });

  it('takes a journal file that a crash cut short for what it is: a forced off', async () => {
    const first = owner();
    const disk = await openDisk(first);
    writeFileSync(join(first.home, 'off', 'flag%2Fwith%20slash', 'half.json'), '{"id":"ha');
    expect((await disk.journal()).map(({ id }) => id)).toEqual(['half']);
    await disk.dropMarks(['half', 'never-there']);
    expect(await disk.journal()).toEqual([]);
  });

  it('refuses to write one mark twice', async () => {
    const disk = await openDisk(owner());
    await disk.addMark(mark('z'));
    await expect(disk.addMark(mark('z'))).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it('does not try for ever where no folder can be made', async () => {
    await expect(openDisk(owner({ home: '/proc/nope' }))).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });

  it('says which folder cannot be written', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'atmr-ml-disk-')), 'file');
    writeFileSync(file, '');
    await expect(openDisk(owner({ home: file }))).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('Set ATMR_ML_HOME to a folder this user may write'),
    });
  });
});
