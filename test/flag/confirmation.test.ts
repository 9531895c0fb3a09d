import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { activate } from '../../src/flag/activate.js';
import type { Change } from '../../src/flag/change.js';
import { confirm } from '../../src/flag/confirmation.js';
import { changeModel } from '../../src/flag/model-change.js';
import { exitCodeOf } from '../../src/flag/outcome.js';
import type { InstanceReport, SeenInstance } from '../../src/flag/store.js';
import { type Machine, request, startMachine, tapped } from '../fault/site.js';

const settings = { waitMs: 120, expectInstances: 0, staleAfterMs: 600_000, place: 'here' };
const report: InstanceReport = {
  ...{ instance: 'host-3-42', host: 'host-3', pid: 42, url: null, model: null, changeId: 'c' },
  ...{ at: '2026-03-01T10:00:00.000Z', revision: 1, off: [] },
};

describe('confirm', () => {
  let machine: Machine;
  let change: Change;
  beforeEach(async () => {
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
    change = await activate(machine.holders, 10, request('ana'));
  });
  afterEach(() => machine.close());

  /** The outcome when the record tells of these instances. */
  async function outcomeWith(seen: readonly SeenInstance[], overrides: Partial<typeof settings> = {}) {
    const holders = tapped(machine.holders, { record: { instances: async () => seen } });
    const given = { ...settings, ...overrides };
    const confirmation = await confirm(holders, change, given);
    return { ...confirmation, exitCode: exitCodeOf({ change, confirmation, dryRun: false }, given) };
  }

  it('is done when every live instance has it on disk', async () => {
    expect(await outcomeWith([{ report, seenAgoMs: 900 }])).toMatchObject({
      ...{ verdict: 'confirmed', exitCode: 0, warnings: [] },
    });
  });

  it('waits for a live instance, then names it and exits 6', async () => {
    expect(await outcomeWith([{ report: { ...report, revision: 0 }, seenAgoMs: 900 }])).toMatchObject({
      ...{ verdict: 'unconfirmed', exitCode: 6, confirmedAfterMs: null },
      warnings: [{ code: 'UNCONFIRMED', text: 'host-3-42 on host-3 is live and still at revision 0.' }],
    });
  });

  it('warns of a lost instance and says how long it may go on, without failing', async () => {
    const outcome = await outcomeWith([{ report: { ...report, revision: 0 }, seenAgoMs: 6000 }]);
    expect(outcome).toMatchObject({ verdict: 'confirmed', exitCode: 0 });
    expect(outcome.warnings.find(({ code }) => code === 'LOST_INSTANCE')?.text).toMatch(
      /^host-3-42, last seen 6 s ago, may serve the model until \d\d:\d\d, or, if it is started again, for 10 min from then, unless it reaches a store$/,
    );
  });

  it('waits for one that was live when the change was sent, however long it has been silent since', async () => {
    const startMs = performance.now();
    const seenBefore = { ...report, revision: 0 };
    // Seen 4.95 s before the change was sent, and never again: lost while the writer waits.
    const instances = async () => [{ report: seenBefore, seenAgoMs: 4950 + performance.now() - startMs }];
    const holders = tapped(machine.holders, { record: { instances } });
    const confirmation = await confirm(holders, change, { ...settings, waitMs: 200 }, startMs);
    expect(exitCodeOf({ change, confirmation, dryRun: false }, settings)).toBe(6);
    expect(confirmation).toMatchObject({ verdict: 'unconfirmed', instances: [{ live: false }] });
    expect(confirmation.warnings.map(({ code }) => code)).toEqual(['UNCONFIRMED', 'LOST_INSTANCE']);
    expect(confirmation.warnings[0]?.text).toBe(
      'host-3-42 on host-3 was live when the change was sent, fell silent since, and was still at revision 0.',
    );
  });

  it('finds a live instance above the record: the record lost data', async () => {
    expect(await outcomeWith([{ report: { ...report, revision: 9 }, seenAgoMs: 0 }])).toMatchObject({
      ...{ verdict: 'regressed', exitCode: 6 },
      warnings: [
        { code: 'STORE_REGRESSED', text: expect.stringContaining('revision 9, the record is at 1') },
      ],
    });
  });

  it('names a live instance that runs another model than the flag names, and has it confirmed all the same', async () => {
    const named = { name: 'spring', version: '2', sha256: 'b'.repeat(64) };
    change = await changeModel(machine.holders, named, request('ana'));
    const at = { ...report, revision: 2 };
    expect(await outcomeWith([{ report: { ...at, model: named }, seenAgoMs: 0 }])).toMatchObject({
      ...{ exitCode: 0, warnings: [] },
    });
    const other = { name: 'spring', version: '1', sha256: 'a'.repeat(64) };
    expect(await outcomeWith([{ report: { ...at, model: other }, seenAgoMs: 0 }])).toMatchObject({
      exitCode: 0,
      warnings: [
        {
          code: 'MODEL_MISSING',
          text: 'host-3-42 on host-3 runs spring 1 (aaaaaaaa), the flag names spring 2 (bbbbbbbb): it answers control until it runs that.',
        },
      ],
    });
  });

  it('takes no silence for a confirmation: a store that never told of its readers is named, and exits 6', async () => {
    const away = async () => {
      throw new AtmrError('UNAVAILABLE', 'no reply');
    };
    const holders = tapped(machine.holders, { record: { instances: away } });
    const confirmation = await confirm(holders, change, settings);
    expect(exitCodeOf({ change, confirmation, dryRun: false }, settings)).toBe(6);
    expect(confirmation.warnings.map(({ code, text }) => ({ code, text }))).toEqual([
      {
        code: 'UNCONFIRMED',
        text: 'sqlite did not say which instances read it: whether they have the change is not known.',
      },
    ]);
  });

  it('waits for a store that answers late, and forgets nothing that it told', async () => {
    let looks = 0;
    const instances = async () => {
      looks += 1;
      if (looks !== 2) throw new AtmrError('UNAVAILABLE', 'no reply');
      return [{ report: { ...report, revision: 0 }, seenAgoMs: 900 }];
    };
    const holders = tapped(machine.holders, { record: { instances } });
    const confirmation = await confirm(holders, change, { ...settings, waitMs: 300 });
    expect(looks).toBeGreaterThan(2);
    expect(confirmation).toMatchObject({ verdict: 'unconfirmed', warnings: [{ code: 'UNCONFIRMED' }] });
  });

  it('does not wait for a store that is known as missing', async () => {
    const away = async () => {
      throw new AtmrError('UNAVAILABLE', 'no reply');
    };
    const holders = tapped(machine.holders, { record: { instances: away } });
    const missing = { ...change, confirmedIn: [] };
    expect(await confirm(holders, missing, settings)).toMatchObject({ verdict: 'confirmed', warnings: [] });
  });

  it('ends at an interruption, and says that the change is recorded', async () => {
    const interruption = new AbortController();
    const instances = async () => {
      interruption.abort();
      return [{ report: { ...report, revision: 0 }, seenAgoMs: 0 }];
    };
    const holders = tapped(machine.holders, { record: { instances } });
    const given = { ...settings, waitMs: 3_600_000, interrupted: interruption.signal };
    const confirmation = await confirm(holders, change, given);
    expect(exitCodeOf({ change, confirmation, dryRun: false }, given)).toBe(6);
    expect(confirmation.warnings).toMatchObject([
      { code: 'INTERRUPTED', text: 'Interrupted while waiting: recorded as revision 1, not confirmed.' },
      { code: 'UNCONFIRMED' },
    ]);
  });

  it('minds missing instances even without waiting, and nothing else then', async () => {
    expect(await outcomeWith([], { waitMs: 0, expectInstances: 1 })).toMatchObject({ exitCode: 6 });
    const behind = [{ report: { ...report, revision: 0 }, seenAgoMs: 0 }];
    expect(await outcomeWith(behind, { waitMs: 0 })).toMatchObject({ exitCode: 0, verdict: 'unconfirmed' });
  });
});
