import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { disable } from '../../src/flag/disable.js';
import { changedContent, type Flag } from '../../src/flag/flag.js';
import { writeInitialState } from '../../src/flag/initial.js';
import { setPercentage } from '../../src/flag/percentage.js';
import type { FlagReader } from '../../src/flag/reader.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import {
  expectStillOff,
  openScene,
  type Scene,
  snapshotRedis,
  untilOff,
  untilRegressed,
  untilServed,
  wipeRedis,
} from './scene.js';
import type { Machine } from './site.js';
import { until } from './wait.js';

describe.each([
  ['true clocks', 0],
  ['18 clocks an hour off, either way', 3_600_000],
])('15 Redis alone, %s', (_clocks, clockOffMs) => {
  let redis: TestServer;
  let scene: Scene;
  let ops: Machine;
  let host: Machine;
  let reader: FlagReader;

  beforeAll(async () => {
    redis = await startRedis({ durable: true });
  });
  afterAll(() => redis.remove());
  beforeEach(async () => {
    scene = openScene({ postgres: null, redis }, clockOffMs);
    ops = await scene.machine('ops');
    host = await scene.machine('host');
    reader = await host.reader();
    await activate(ops.holders, 100, ops.request('ana'));
    await untilServed(reader);
  });
  afterEach(() => scene.close());

  function knownFlag(): Flag {
    const { flag } = reader.view().state;
    if (flag === null) throw new Error('expected the reader to know a flag');
    return flag;
  }

  it.each(['wiped', 'replaced by an old replica'])(
    'serves control when Redis was %s, until a write above',
    async (how) => {
      const restore = await snapshotRedis(redis);
      await setPercentage(ops.holders, 90, ops.request('ana'));
      await until('the reader knows it', () => knownFlag().percentage === 90);
      const lost = knownFlag().revision;
      if (how === 'wiped') await wipeRedis(redis);
      else await restore();
      await untilRegressed(reader);
      await until('the reader reports what was lost', async () => {
        const seen = await ops.holders.record.instances();
        return seen.some(({ report }) => report.revision === lost);
      });

      const stranger = await scene.machine('stranger');
      const change = await activate(stranger.holders, 100, stranger.request('bob'));
      expect(change.after?.revision).toBeGreaterThan(lost);
      await untilServed(reader);
    },
  );

  it('detects another content under the same revision', async () => {
    const restore = await snapshotRedis(redis);
    const before = knownFlag();
    await setPercentage(ops.holders, 90, ops.request('ana'));
    await until('the reader knows it', () => knownFlag().percentage === 90);
    host.redis?.cut();
    await restore();
    const { head } = await ops.holders.record.read();
    const authorship = { at: '2026-03-01T10:00:00.000Z', by: 'bob', reason: 'fork' };
    const forked = await ops.holders.record.commit({
      ...{ key: scene.key, changeId: 'fork', kind: 'percentage', expected: before.revision, floor: 0 },
      content: changedContent(before, {}, 'percentage', authorship),
      ...{ named: [], mark: null, hasCopy: false, previousHash: head },
    });
    expect(forked).toEqual({ kind: 'committed', revision: knownFlag().revision });
    host.redis?.heal();
    await untilRegressed(reader);

    await until('the reader reports', async () => (await ops.holders.record.instances()).length > 0);
    const { revision } = knownFlag();
    const change = await activate(ops.holders, 100, ops.request('ana'));
    expect(change.after?.revision).toBeGreaterThan(revision);
    await untilServed(reader);
  });

  it('the journal brings back a disable that was lost before any reader saw it', async () => {
    host.redis?.cut();
    const restore = await snapshotRedis(redis);
    const stopped = await disable(ops.holders, ops.request('ana'));
    expect(stopped.confirmedIn).toEqual(['redis']);
    await restore();
    host.redis?.heal();
    await ops.reader();
    await untilOff(reader);
    await expectStillOff(reader);
    expect(await ops.holders.record.change(stopped.changeId ?? '')).toMatchObject({ by: 'ana' });
  });

  it('ignores an initial ML_ENABLED=true: it cannot tell a wiped store from a new one', async () => {
    const other = openScene({ postgres: null, redis }, clockOffMs);
    const fresh = await other.machine('fresh');
    const initial = { enabled: true, percentage: 10, fallbackOnError: true };
    const written = await writeInitialState(fresh.holders, initial, fresh.request('ana').authorship);
    expect(written).toMatchObject({ revision: 1, warning: { code: 'INITIAL_STATE' } });
    expect((await fresh.holders.record.read()).flag).toMatchObject({ revision: 1, enabled: false });
    await other.close();
  });
});
