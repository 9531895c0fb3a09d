import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { activate } from '../../src/flag/activate.js';
import { type Disk, marksOnly } from '../../src/flag/disk.js';
import { startReader } from '../../src/flag/reader.js';
import { activeMarks, EMPTY_STATE, type Mark } from '../../src/flag/state.js';
import { sync } from '../../src/flag/sync.js';
import { type Machine, request, startMachine, tapped } from '../fault/site.js';

const mark: Mark = {
  ...{ id: '6f2c9a4e-0d0b-4f4e-9a53-6a1d9f0f7c11', at: '2026-03-01T10:00:00.000Z', by: 'ana' },
  ...{ reason: 'fire', host: 'host' },
};
const refuse = () => Promise.reject(new Error('EROFS: read-only file system'));

describe('what a disk holds while stores are repaired', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
  });
  afterEach(() => machine.close());
  const withDisk = (taps: Partial<Disk>) => ({
    ...machine.holders,
    disk: { ...machine.holders.disk, ...taps },
  });

  it('has a mark in its own memory before it leaves the journal', async () => {
    const steps: string[] = [];
    const { disk } = machine.holders;
    await disk.addMark(mark);
    const holders = withDisk({
      async save(state) {
        steps.push(`save ${activeMarks(state).length}`);
        await disk.save(state);
      },
      async dropMarks(ids) {
        steps.push(`drop ${ids.length}`);
        await disk.dropMarks(ids);
      },
    });
    expect((await sync(holders, EMPTY_STATE)).agreed).toBe(true);
    expect(steps).toEqual(['save 1', 'drop 1']);
  });

  it.each(['save', 'dropMarks'] as const)('agrees, and keeps the journal, when %s fails', async (name) => {
    await machine.holders.disk.addMark(mark);
    expect((await sync(withDisk({ [name]: refuse }), EMPTY_STATE)).agreed).toBe(true);
    expect(await machine.holders.disk.journal()).toHaveLength(1);
  });

  it('makes no failure of a recorded change when the disk fails after it', async () => {
    const { record } = machine.holders;
    let reads = 0;
    const read = async () => {
      reads += 1;
      if (reads > 3) throw new TypeError('a bug after the commit');
      return record.read();
    };
    const change = await activate(tapped(machine.holders, { record: { read } }), 10, request('ana'));
    expect(change).toMatchObject({
      changed: true,
      after: { revision: 1 },
      incomplete: expect.stringContaining('Revision 1 is recorded'),
    });
  });

  it('has a reader write what it begins with before it reports it', async () => {
    const { disk, record } = machine.holders;
    await disk.save(marksOnly([mark]));
    const steps: string[] = [];
    const own = {
      ...tapped(machine.holders, {
        record: {
          async report(report) {
            if (report.off.length > 0) steps.push('report');
            await record.report(report);
          },
        },
      }),
      disk: {
        ...disk,
        async save(state: Parameters<Disk['save']>[0]) {
          if (activeMarks(state).length > 0) steps.push('save');
          await disk.save(state);
        },
      },
    };
    const reader = await startReader(own, {
      ...{ instance: 'host-reader', pid: 1, url: null, model: null, staleAfterMs: 600_000, repairs: false },
      onNotice: () => {},
    });
    await reader.stop();
    expect(steps.slice(0, 2)).toEqual(['save', 'report']);
  });
});

describe('sync and the reports of instances', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
  });
  afterEach(() => machine.close());

  it('carries a forced off without any, and says that it does not know them', async () => {
    await machine.holders.disk.addMark(mark);
    const instances = () => Promise.reject(new AtmrError('UNAVAILABLE', 'no reply'));
    const result = await sync(tapped(machine.holders, { record: { instances } }), EMPTY_STATE);
    expect(result).toEqual({ agreed: false, cause: 'sqlite did not say which instances read it.' });
    expect(activeMarks(await machine.holders.record.read())).toHaveLength(1);
    expect(await machine.holders.disk.journal()).toEqual([]);
  });
});
