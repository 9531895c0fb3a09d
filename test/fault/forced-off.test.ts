import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { disable } from '../../src/flag/disable.js';
import { marksOnly } from '../../src/flag/disk.js';
import { setPercentage } from '../../src/flag/percentage.js';
import type { FlagReader } from '../../src/flag/reader.js';
import { activeMarks, EMPTY_STATE } from '../../src/flag/state.js';
import { sync } from '../../src/flag/sync.js';
import { CLOCKS, copyOf, expectSoundHistory, pairOfStores } from './pair.js';
import { expectStillOff, snapshotRedis, untilOff, untilServed, wipeRedis, witness } from './scene.js';
import { type Machine, tapped } from './site.js';
import { until } from './wait.js';

describe.each(CLOCKS)('A forced off on Postgres and Redis, %s', (_clocks, clockOffMs) => {
  const pair = pairOfStores(clockOffMs);
  /** Where the operator sits, and a host that serves. */
  let ops: Machine;
  let host: Machine;
  let reader: FlagReader;
  beforeEach(() => {
    ({ ops, host, reader } = pair());
  });

  it('1, 2 keeps a forced off that only Redis took, and brings it into the record', async () => {
    const machines = [ops, host];
    for (const { postgres: network } of machines) network?.cut();
    const stopped = await disable(ops.holders, ops.request('ana', 'night shift'));
    expect(stopped.confirmedIn).toEqual(['redis']);
    expect(stopped.warnings.map(({ code }) => code)).toContain('STORE_MISSING');
    await untilOff(reader);

    for (const { postgres: network, redis: other } of machines) {
      other?.cut();
      network?.heal();
    }
    const colleague = await pair().scene.machine('colleague');
    colleague.redis?.cut();
    const activation = activate(colleague.holders, 100, colleague.request('bob'));
    await expect(activation).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expectStillOff(reader);

    for (const { redis: network } of machines) network?.heal();
    await until('the record has the disable', async () => {
      return (await ops.holders.record.change(stopped.changeId ?? '')) !== null;
    });
    const entry = await ops.holders.record.change(stopped.changeId ?? '');
    expect(entry).toMatchObject({ action: 'disable', by: 'ana', reason: 'night shift' });
    await expectSoundHistory(ops);
    await expectStillOff(reader);
  });

  it('5 an activate killed before Redis does not reach readers that see Postgres alone', async () => {
    await disable(ops.holders, ops.request('ana'));
    await untilOff(reader);
    host.redis?.cut();
    await killedBefore('merge');
    await expectStillOff(reader);

    expect((await sync(ops.holders, EMPTY_STATE)).agreed).toBe(true);
    await untilServed(reader);
  });

  it('6 the next write carries an unfinished ending through a wipe of Redis', async () => {
    const colleague = await (await pair().scene.machine('second')).reader({ repairs: false });
    const quiet = await (await pair().scene.machine('third')).reader({ repairs: false });
    await disable(ops.holders, ops.request('ana'));
    for (const one of [reader, colleague, quiet]) await untilOff(one);
    await killedBefore('end');
    await wipeRedis(pair().redis);
    const written = await setPercentage(ops.holders, 60, ops.request('bob'));
    await until('every reader agrees', () =>
      [reader, colleague, quiet].every((one) => {
        const { state, forcedOff } = one.view();
        return state.flag?.changeId === written.changeId && !forcedOff;
      }),
    );
  });

  it.each(['wiped', 'replaced by an old replica'])(
    '9 a forced off survives a Redis that was %s',
    async (how) => {
      const restore = await snapshotRedis(pair().redis);
      const stopped = await disable(ops.holders, ops.request('ana'));
      await untilOff(reader);
      const seen = witness(reader);
      if (how === 'wiped') await wipeRedis(pair().redis);
      else await restore();
      await until('Redis has the forced off again', async () => {
        return (await copyOf(ops.holders).read()).marks[stopped.changeId ?? ''] !== undefined;
      });
      await expectStillOff(reader);
      expect(seen.servedModel()).toBe(false);
      seen.end();
    },
  );

  it('10 the journal restores a forced off that only a wiped Redis held', async () => {
    for (const { postgres: network } of [ops, host]) network?.cut();
    host.redis?.cut();
    const stopped = await disable(ops.holders, ops.request('ana'));
    expect(stopped.confirmedIn).toEqual(['redis']);
    await wipeRedis(pair().redis);
    for (const { postgres: network } of [ops, host]) network?.heal();
    host.redis?.heal();

    await ops.reader();
    await untilOff(reader);
    expect(await ops.holders.record.change(stopped.changeId ?? '')).toMatchObject({ by: 'ana' });
  });

  it('11 a late mark stays ended', async () => {
    const stopped = await disable(ops.holders, ops.request('ana'));
    await activate(ops.holders, 100, ops.request('ana'));
    await untilServed(reader);
    const merged = await copyOf(host.holders).merge(marksOnly([stopped.mark!]));
    expect(activeMarks(merged)).toEqual([]);
    expect(activeMarks(await copyOf(ops.holders).read())).toEqual([]);
    await sleep(1500);
    expect(reader.decide('booking-1').variant).toBe('model');
  });

  /** Runs an activate up to this message, which is never sent: the writer was killed there. */
  async function killedBefore(operation: 'merge' | 'end'): Promise<void> {
    let committed = false;
    const gone = new Promise<never>(() => {});
    let reached = () => {};
    const stopped = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const stop = () => {
      reached();
      return gone;
    };
    const dying = tapped(ops.holders, {
      record: {
        async commit(command) {
          const result = await ops.holders.record.commit(command);
          committed = true;
          return result;
        },
        end: (endings) => (operation === 'end' ? stop() : ops.holders.record.end(endings)),
      },
      copy: {
        merge: (state) => (operation === 'merge' && committed ? stop() : copyOf(ops.holders).merge(state)),
      },
    });
    // A reader that repairs may have sent the endings first; then the writer has none to send, and ends.
    await Promise.race([stopped, activate(dying, 100, ops.request('ana'))]);
  }
});
