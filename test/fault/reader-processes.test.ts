import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { confirm } from '../../src/flag/confirmation.js';
import { disable } from '../../src/flag/disable.js';
import { setPercentage } from '../../src/flag/percentage.js';
import { LIVE_MS } from '../../src/flag/store-timeouts.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { startMigratedPostgres } from './postgres.js';
import { type ChildPlan, startReaderChild } from './reader-child.js';
import { expectStillOff, openScene, type Scene, untilOff, untilServed } from './scene.js';
import type { Machine } from './site.js';
import { until } from './wait.js';

describe.each([
  ['true clocks', 0],
  ['18 clocks an hour off, either way', 3_600_000],
])('Readers, %s', (_clocks, clockOffMs) => {
  let postgres: TestServer;
  let redis: TestServer;
  let scene: Scene;
  let ops: Machine;
  let host: Machine;

  beforeAll(async () => {
    postgres = await startMigratedPostgres();
    redis = await startRedis({ durable: true });
  });
  afterAll(async () => {
    await Promise.all([postgres.remove(), redis.remove()]);
  });
  beforeEach(async () => {
    scene = openScene({ postgres, redis }, clockOffMs);
    ops = await scene.machine('ops');
    host = await scene.machine('host');
    await activate(ops.holders, 100, ops.request('ana'));
  });
  afterEach(() => scene.close());

  it('12 with both stores dead only this machine is off; when they return, every machine is', async () => {
    const [local, remote] = await Promise.all([ops.reader(), host.reader()]);
    await Promise.all([untilServed(local), untilServed(remote)]);
    ops.postgres?.cut();
    ops.redis?.cut();
    const stopping = disable(ops.holders, ops.request('ana', 'fire'));
    await untilOff(local);
    await expect(stopping).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining("this machine's readers are off"),
    });
    expect(remote.decide('booking-1').variant).toBe('model');

    ops.postgres?.heal();
    ops.redis?.heal();
    await untilOff(remote);
    // The copy may have heard of it first.
    await until('the record has it', async () => {
      const [entry] = await host.holders.record.history(1);
      return entry?.action === 'disable' && entry.by === 'ana' && entry.reason === 'fire';
    });
    await expectStillOff(local, remote);
  });

  it.each<ChildPlan['dieAfter']>(['save', 'report'])(
    '13 a reader killed after its %s is off when it starts again, with every store down',
    async (dieAfter) => {
      const child = await startReaderChild(host, { dieAfter, lookEveryMs: 2 });
      expect(child.latest()?.variant).toBe('model');
      await disable(ops.holders, ops.request('ana'));
      await child.ended;
      host.postgres?.cut();
      host.redis?.cut();
      const again = await startReaderChild(host, { lookEveryMs: 2 });
      expect(await again.look()).toMatchObject({ variant: 'control', reason: 'FORCED_OFF' });
      expect(again.answers.every(({ variant }) => variant === 'control')).toBe(true);
      await again.kill();
    },
  );

  it('confirms three processes, and one that is lost until its knowledge is stale by this clock', async () => {
    const children = await Promise.all([host, host, ops].map((machine) => startReaderChild(machine)));
    const settings = { waitMs: 10_000, expectInstances: 3, staleAfterMs: 600_000, place: 'the test' };
    const first = await setPercentage(ops.holders, 50, ops.request('ana'));
    const confirmed = await confirm(ops.holders, first, settings);
    expect(confirmed.verdict).toBe('confirmed');
    expect(confirmed.instances.filter(({ live, confirmed }) => live && confirmed)).toHaveLength(3);
    expect(confirmed.warnings).toEqual([]);

    await children[0]!.kill();
    await sleep(LIVE_MS + 500);
    const second = await setPercentage(ops.holders, 60, ops.request('ana'));
    const lost = await confirm(ops.holders, second, { ...settings, expectInstances: 2 });
    expect(lost.verdict).toBe('confirmed');
    expect(lost.instances.filter(({ live }) => !live).map(({ instance }) => instance)).toEqual([
      children[0]!.instance,
    ]);
    expect(lost.warnings.map(({ code }) => code)).toEqual(['LOST_INSTANCE']);
    await Promise.all(children.map((child) => child.kill()));
  });

  it('16 a reader that was stopped answers control first', async () => {
    const child = await startReaderChild(host, { lookEveryMs: 2 });
    expect(child.latest()?.variant).toBe('model');
    child.signal('SIGSTOP');
    await disable(ops.holders, ops.request('ana'));
    await sleep(3500);
    const before = child.answers.length;
    child.signal('SIGCONT');
    await until('it knows of the forced off', async () => (await child.look())?.reason === 'FORCED_OFF');
    expect(child.answers.slice(before).map(({ variant }) => variant)).not.toContain('model');
    await child.kill();
  });
});
