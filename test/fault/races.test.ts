import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { activate } from '../../src/flag/activate.js';
import { disable } from '../../src/flag/disable.js';
import type { Holders } from '../../src/flag/holders.js';
import { setPercentage } from '../../src/flag/percentage.js';
import type { FlagReader } from '../../src/flag/reader.js';
import type { CommitCommand } from '../../src/flag/store.js';
import { CLOCKS, copyOf, expectSoundHistory, pairOfStores } from './pair.js';
import { expectStillOff, untilOff, witness } from './scene.js';
import { type Machine, tapped } from './site.js';
import { until } from './wait.js';

describe.each(CLOCKS)('Races on Postgres and Redis, %s', (_clocks, clockOffMs) => {
  const pair = pairOfStores(clockOffMs);
  /** Where the operator sits, and a host that serves. */
  let ops: Machine;
  let host: Machine;
  let reader: FlagReader;
  beforeEach(() => {
    ({ ops, host, reader } = pair());
  });

  function rowsOf(entries: readonly { changeId: string }[], changeId: string | null): number {
    return entries.filter((entry) => entry.changeId === changeId).length;
  }

  it('3 sends the same commit again when its reply is lost', async () => {
    let commits = 0;
    const lossy = tapped(ops.holders, {
      record: {
        commit(command) {
          if (++commits === 1) ops.postgres?.dropNextReply();
          return ops.holders.record.commit(command);
        },
      },
    });
    const change = await activate(lossy, 50, ops.request('ana'));
    expect(commits).toBe(2);
    expect(change.incomplete).toBeNull();
    expect(rowsOf(await ops.holders.record.history(100), change.changeId)).toBe(1);
    expect(change.after?.revision).toBe((change.before?.revision ?? 0) + 1);
  });

  it('4 a commit that arrives after its retry and after another writer changes nothing', async () => {
    const { delayed, late } = firstCommitDelayed();
    const first = await activate(delayed, 50, ops.request('ana'));
    const second = await setPercentage(host.holders, 30, host.request('bob'));
    const arrival = await ops.holders.record.commit(late[0]!);
    expect(arrival).toEqual({ kind: 'committed', revision: first.after?.revision });
    const { flag } = await ops.holders.record.read();
    expect(flag?.changeId).toBe(second.changeId);
    expect(rowsOf(await ops.holders.record.history(100), first.changeId)).toBe(1);
  });

  it('4 the same with the other writer first: the conflict is final', async () => {
    const { delayed, late } = firstCommitDelayed(() =>
      setPercentage(host.holders, 30, host.request('bob', 'week 2')),
    );
    const activation = activate(delayed, 50, ops.request('ana'));
    await expect(activation).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/at revision 2, not 1: bob set 30 % at \d\d:\d\d \(“week 2”\)/),
    });
    expect((await ops.holders.record.commit(late[0]!)).kind).toBe('conflict');
    expect(await ops.holders.record.change(late[0]!.changeId)).toBeNull();
  });

  it('7 a disable between the read and the commit of an activate wins', async () => {
    const raced = tapped(ops.holders, {
      record: {
        async commit(command) {
          await disable(host.holders, host.request('bob'));
          return await ops.holders.record.commit(command);
        },
      },
    });
    const activation = activate(raced, 50, ops.request('ana'));
    await expect(activation).rejects.toMatchObject({ code: 'CONFLICT' });
    await untilOff(reader);
    await expectStillOff(reader);
  });

  it('7 a disable between the commit and the merge of an activate wins', async () => {
    let committed = false;
    const raced = tapped(ops.holders, {
      record: {
        async commit(command) {
          const result = await ops.holders.record.commit(command);
          committed = true;
          return result;
        },
      },
      copy: {
        async merge(state) {
          if (committed) {
            committed = false;
            await disable(host.holders, host.request('bob'));
          }
          return await copyOf(ops.holders).merge(state);
        },
      },
    });
    const activation = activate(raced, 50, ops.request('ana'));
    await expect(activation).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/recorded as revision \d+, then bob forced it off/),
    });
    await untilOff(reader);
    await expectStillOff(reader);
  });

  it('8 a late merge of an old state does not take the copy back', async () => {
    const old = await ops.holders.record.read();
    const written = await setPercentage(ops.holders, 50, ops.request('ana'));
    const merged = await copyOf(host.holders).merge(old);
    expect(merged.flag?.changeId).toBe(written.changeId);
    expect((await copyOf(ops.holders).read()).flag?.changeId).toBe(written.changeId);
  });

  it('14 an answer that Postgres gave before a write is no regression', async () => {
    host.postgres?.delayReplies(600);
    const seen = witness(reader);
    for (const percentage of [90, 80, 70, 60, 50]) {
      const { changeId } = await setPercentage(ops.holders, percentage, ops.request('ana'));
      await until('the reader has it from Redis', () => reader.view().state.flag?.changeId === changeId);
    }
    await sleep(1500);
    expect(seen.regressed()).toBe(false);
    seen.end();
  });

  it('17 of two activates at once, one is done and one is a conflict', async () => {
    let arrived = 0;
    let open = () => {};
    const both = new Promise<void>((resolve) => {
      open = resolve;
    });
    const meeting = (holders: Holders) =>
      tapped(holders, {
        record: {
          async commit(command) {
            if (++arrived === 2) open();
            await both;
            return await holders.record.commit(command);
          },
        },
      });
    const results = await Promise.allSettled([
      activate(meeting(ops.holders), 40, ops.request('ana')),
      activate(meeting(host.holders), 60, host.request('bob')),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'CONFLICT' });
    await expectSoundHistory(ops);
  });

  /** The first commit of these holders is under way until the test sends it; `meanwhile` happens before the retry. */
  function firstCommitDelayed(meanwhile?: () => Promise<unknown>) {
    const late: CommitCommand[] = [];
    const delayed = tapped(ops.holders, {
      record: {
        async commit(command) {
          if (late.length > 0) return await ops.holders.record.commit(command);
          late.push(command);
          await meanwhile?.();
          throw new AtmrError('UNAVAILABLE', 'the message is still under way');
        },
      },
    });
    return { delayed, late };
  }
});
