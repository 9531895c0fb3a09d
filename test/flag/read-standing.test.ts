import { beforeEach, describe, expect, it } from 'vitest';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import type { Holders } from '../../src/flag/holders.js';
import { readStanding } from '../../src/flag/read-standing.js';
import { EMPTY_STATE } from '../../src/flag/state.js';
import { emptyStores, machineOn, type Stores } from '../machine/memory-stores.js';

const STALE_AFTER_MS = 600_000;
const author = { at: '2026-03-02T10:42:00.000Z', by: 'ana', reason: 'week 2' };
const content = changedContent(unwrittenFlag('k'), { enabled: true, percentage: 25 }, 'activate', author);
const flag: Flag = { ...content, revision: 7, changeId: 'c7', clears: [] };
const mark = { id: 'm1', ...author, host: 'host-1' };

describe('the flag as it stands, for a copy', () => {
  let stores: Stores;
  let holders: Holders;
  beforeEach(() => {
    stores = emptyStores();
    holders = machineOn(stores, 'desk', async () => {}, { nowMs: 0 }, true);
    stores.record = { ...EMPTY_STATE, flag };
    stores.copy = stores.record;
  });
  const standing = () => readStanding(holders, STALE_AFTER_MS);

  it('is what the record holds', async () => {
    expect(await standing()).toEqual({ key: 'k', flag, forcedOff: false });
  });

  it('is none where nobody wrote one', async () => {
    Object.assign(stores, { record: EMPTY_STATE, copy: EMPTY_STATE });
    expect(await standing()).toEqual({ key: 'k', flag: null, forcedOff: false });
  });

  it.each(['record', 'copy', 'journal'] as const)('is off by a mark in the %s alone', async (place) => {
    if (place === 'journal') await holders.disk.addMark(mark);
    else stores[place] = { ...stores[place], marks: { m1: mark } };
    expect(await standing()).toEqual({ key: 'k', flag, forcedOff: true });
  });

  it('is on again once the mark has ended', async () => {
    stores.record = { flag, marks: { m1: mark }, ended: { m1: 7 } };
    expect((await standing()).forcedOff).toBe(false);
  });

  it('is known without the copy', async () => {
    stores.weather.copy = 'away';
    expect(await standing()).toEqual({ key: 'k', flag, forcedOff: false });
  });

  it('is not known without the record, whatever the copy says', async () => {
    stores.weather.record = 'away';
    await expect(standing()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/^record did not answer\. Nothing was exported: .* Try again when it/),
    });
  });

  it('is not what a record says that lost what this machine knows', async () => {
    await holders.disk.save({ ...EMPTY_STATE, flag: { ...flag, revision: 8, changeId: 'c8' } });
    await expect(standing()).rejects.toMatchObject({
      code: 'STORE_REGRESSED',
      message: expect.stringMatching(
        /^The store lost data: .*Nothing was exported\. See `atmr-ml status`\.$/,
      ),
    });
  });
});
