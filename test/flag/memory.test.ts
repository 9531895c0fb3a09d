import { describe, expect, it } from 'vitest';
import { answer } from '../../src/flag/answer.js';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import { type Memory, openMemory } from '../../src/flag/memory.js';
import { EMPTY_STATE, type Mark, type State } from '../../src/flag/state.js';
import { startMachine, tapped } from '../fault/site.js';

const STALE_AFTER_MS = 600_000;
const author = { at: '2026-03-01T10:00:00.000Z', by: 'ana', reason: '' };
const content = changedContent(unwrittenFlag('k'), { enabled: true, percentage: 100 }, 'activate', author);
const flagAt = (revision: number): Flag => ({ ...content, revision, changeId: `c${revision}`, clears: [] });
const mark: Mark = { id: 'm', ...author, host: 'h' };
const withMark: State = { ...EMPTY_STATE, flag: flagAt(1), marks: { m: mark } };

/** A memory over a disk that saves when it is told to, on a clock that stands still. */
async function rig(known: State = EMPTY_STATE) {
  const machine = await startMachine({ name: 'h', key: 'k', servers: { postgres: null, redis: null } });
  const saves: { state: State; finish(): void; fail(): void }[] = [];
  const notices: string[] = [];
  const time = { nowMs: 0 };
  const holders = {
    ...tapped(machine.holders, {}),
    clock: { nowMs: () => 0, monotonicMs: () => time.nowMs },
    disk: {
      ...machine.holders.disk,
      save: (state: State) =>
        new Promise<void>((resolve, reject) => {
          saves.push({ state, finish: resolve, fail: () => reject(new Error('ENOSPC')) });
        }),
    },
  };
  const onNotice = (text: string) => notices.push(text);
  const memory = openMemory(
    holders,
    { known, onDisk: known },
    { model: null, staleAfterMs: STALE_AFTER_MS, onNotice },
  );
  const observe = (from: 'record' | 'copy', state: State) =>
    memory.observe({ from, answer: state, floor: memory.view.state.flag, sentMs: time.nowMs });
  return { memory, saves, notices, time, observe, close: machine.close };
}

/** Lets everything that is ready run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
const reasonOf = ({ view }: Memory, nowMs: number) => answer(view, 'booking-1', nowMs).reason;

describe('openMemory', () => {
  it('writes the disk before it swaps the view', async () => {
    const { memory, saves, observe, close } = await rig();
    const observed = observe('record', withMark);
    await settle();
    expect(saves.map(({ state }) => state.flag?.revision)).toEqual([1]);
    expect(memory.view.forcedOff).toBe(false);
    saves[0]?.finish();
    expect(await observed).toEqual({ grown: true, storeLacks: false });
    expect(memory.view.forcedOff).toBe(true);
    expect(memory.onDisk.marks).toHaveProperty('m');
    await close();
  });

  it('loses nothing of two answers at once', async () => {
    const { memory, saves, observe, close } = await rig();
    const both = [observe('record', { ...EMPTY_STATE, flag: flagAt(2) }), observe('copy', withMark)];
    await settle();
    expect(saves).toHaveLength(1);
    saves[0]?.finish();
    await settle();
    saves[1]?.finish();
    const [, second] = await Promise.all(both);
    expect(second?.storeLacks).toBe(true);
    expect(memory.view.state.flag?.revision).toBe(2);
    expect(memory.view.forcedOff).toBe(true);
    await close();
  });

  it('goes off on a full disk, and does not report what a crash would lose', async () => {
    const { memory, saves, notices, observe, close } = await rig();
    const observed = observe('record', withMark);
    await settle();
    saves[0]?.fail();
    await observed;
    expect(memory.view.forcedOff).toBe(true);
    expect(memory.onDisk.marks).toEqual({});
    expect(notices).toEqual(['The last known flag could not be written to disk: ENOSPC']);
    await close();
  });

  it('saves only what is new', async () => {
    const { saves, observe, close } = await rig(withMark);
    expect(await observe('record', withMark)).toEqual({ grown: false, storeLacks: false });
    expect(saves).toEqual([]);
    await close();
  });

  it('answers STALE until every store was tried, after a stand-still, and without contact for too long', async () => {
    const known = { ...EMPTY_STATE, flag: flagAt(1) };
    const { memory, time, observe, close } = await rig(known);
    expect(reasonOf(memory, time.nowMs)).toBe('STALE');
    memory.missed('record', 0);
    expect(reasonOf(memory, 3000)).toBe('SPLIT');
    expect(reasonOf(memory, 3001)).toBe('STALE');

    time.nowMs = STALE_AFTER_MS + 1;
    memory.missed('record', time.nowMs);
    expect(reasonOf(memory, time.nowMs)).toBe('STALE');
    await observe('record', known);
    expect(reasonOf(memory, time.nowMs)).toBe('SPLIT');
    await close();
  });

  it('is as fresh as the question, not as its late answer', async () => {
    const known = { ...EMPTY_STATE, flag: flagAt(1) };
    const { memory, close } = await rig(known);
    await memory.observe({ from: 'record', answer: known, floor: flagAt(1), sentMs: 0 });
    expect(memory.view.attemptedUntilMs).toBe(3000);
    expect(memory.view.contactUntilMs).toBe(STALE_AFTER_MS);
    await close();
  });
});
