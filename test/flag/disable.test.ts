import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { disable } from '../../src/flag/disable.js';
import { missingDisk } from '../../src/flag/disk.js';
import { activeMarks } from '../../src/flag/state.js';
import type { CommitCommand } from '../../src/flag/store.js';
import { type Machine, request, startMachine, tapped } from '../fault/site.js';

describe('disable, when this machine’s disk fails', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
  });
  afterEach(() => machine.close());

  it('forces off in the stores, and says what it could not write', async () => {
    const holders = { ...machine.holders, disk: missingDisk(new Error('EROFS: read-only file system')) };
    const change = await disable(holders, request('ana'));
    expect(change).toMatchObject({
      confirmedIn: ['sqlite'],
      after: { enabled: false },
      warnings: [{ code: 'JOURNAL_FAILED', text: expect.stringContaining('EROFS') }],
    });
    expect(activeMarks(await holders.record.read())).toHaveLength(1);
  });

  it('claims nothing that is not so when no store says yes either', async () => {
    const away = () => Promise.reject(new AtmrError('UNAVAILABLE', 'sqlite is away.'));
    const disk = missingDisk(new Error('EROFS: read-only file system'));
    const dead = tapped({ ...machine.holders, disk }, { record: { read: away, instances: away } });
    await expect(disable(dead, request('ana'))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(
        /^No store confirmed the forced off [-\da-f]{36} \(.*\): this machine's disk failed too \(EROFS.*\), so nothing/,
      ),
    });
  });

  it('does so too when only what was known cannot be read', async () => {
    const load = () => Promise.reject(new Error('EACCES: permission denied'));
    const holders = { ...machine.holders, disk: { ...machine.holders.disk, load } };
    expect(await disable(holders, request('ana'))).toMatchObject({
      confirmedIn: ['sqlite'],
      warnings: [{ code: 'JOURNAL_FAILED', text: expect.stringContaining('EACCES') }],
    });
  });
});

describe('disable, when a store is silent', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
  });
  afterEach(() => machine.close());

  it('says that a commit without a reply may have arrived, and how to find out', async () => {
    let sent = '';
    const commit = async (command: CommitCommand) => {
      sent = command.changeId;
      throw new AtmrError('UNAVAILABLE', 'no reply');
    };
    const failure: unknown = await disable(
      tapped(machine.holders, { record: { commit } }),
      request('ana'),
    ).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      message: expect.stringContaining(`\`atmr-ml history --change ${sent}\` tells`),
    });
    expect((await machine.holders.disk.journal()).map(({ id }) => id)).toEqual([sent]);
  });

  it('gives up in the end, however long a store takes, and waits for no report', async () => {
    const never = () => new Promise<never>(() => {});
    const holders = tapped(machine.holders, { record: { commit: never, instances: never } });
    await expect(disable(holders, request('ana'))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });
});
