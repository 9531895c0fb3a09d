import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { marksOnly, missingDisk } from '../../src/flag/disk.js';
import { EMPTY_STATE, type Mark } from '../../src/flag/state.js';
import { readStatus } from '../../src/flag/status.js';
import { sendJournal } from '../../src/flag/sync.js';
import { type Machine, request, startMachine, tapped } from '../fault/site.js';

const STALE_AFTER_MS = 600_000;

describe('readStatus', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
    await activate(machine.holders, 25, request('ana'));
  });
  afterEach(() => machine.close());

  it('tells what the record holds, and that somebody has seen more', async () => {
    expect(await readStatus(machine.holders, STALE_AFTER_MS)).toMatchObject({
      state: 'on',
      regressed: false,
    });
    const read = async () => ({ ...EMPTY_STATE, head: null });
    const wiped = tapped(machine.holders, { record: { read } });
    expect(await readStatus(wiped, STALE_AFTER_MS)).toMatchObject({
      state: 'never written',
      flag: null,
      regressed: true,
    });
  });

  it('is forced off since the earliest mark that holds, also one that only this disk knows', async () => {
    const mark = (id: string, at: string): Mark => ({ id, at, by: 'ana', reason: '', host: 'h' });
    const marks = [mark('a', '2026-03-01T12:00:00.000Z'), mark('b', '2026-03-01T09:00:00.000Z')];
    await machine.holders.disk.save(marksOnly(marks));
    expect(await readStatus(machine.holders, STALE_AFTER_MS)).toMatchObject({
      state: 'forced off',
      since: { id: 'b' },
      marks: [{ id: 'b' }, { id: 'a' }],
    });
  });

  it('needs no disk, and neither does sending what this machine’s journal holds', async () => {
    const holders = { ...machine.holders, disk: missingDisk(new Error('EROFS: read-only file system')) };
    await sendJournal(holders);
    expect(await readStatus(holders, STALE_AFTER_MS)).toMatchObject({ state: 'on', regressed: false });
  });
});
