import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disable } from '../../src/flag/disable.js';
import { act } from '../../src/guard/act.js';
import type { OwnAttempts } from '../../src/guard/own-attempts.js';
import { survey } from '../../src/guard/survey.js';
import { tick } from '../../src/guard/tick.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { type Servers, tapped } from '../fault/site.js';
import { until } from '../fault/wait.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { isOff, type Stage, WAYS, withStage } from './stage.js';

/** The guard's evidence while the ledger is away: what its own server saw. */
const ALL_FAILED: OwnAttempts = { since: () => Array.from({ length: 40 }, () => true) };

let postgres: TestServer;
let redis: TestServer;
beforeAll(async () => {
  [postgres, redis] = await Promise.all([startMigratedPostgres(), startRedis()]);
});
afterAll(async () => await Promise.all([postgres?.remove(), redis?.remove()]));

const places: Readonly<Record<string, () => Servers>> = {
  'Postgres and Redis': () => ({ postgres, redis }),
  'Postgres alone': () => ({ postgres, redis: null }),
  'Redis alone': () => ({ postgres: null, redis }),
  SQLite: () => ({ postgres: null, redis: null }),
};

/** What breaks before the guard looks, and whether its ledger is away with it. */
const FAULTS = {
  'all is well': { on: ['Postgres and Redis', 'Postgres alone', 'Redis alone', 'SQLite'], cut: [] },
  'Redis is away': { on: ['Postgres and Redis', 'Redis alone'], cut: ['redis'] },
  'Postgres is away': { on: ['Postgres and Redis', 'Postgres alone'], cut: ['postgres'] },
  'both are away': { on: ['Postgres and Redis'], cut: ['postgres', 'redis'] },
} as const satisfies Record<string, { on: readonly string[]; cut: readonly ('postgres' | 'redis')[] }>;

const cases = Object.entries(FAULTS).flatMap(([fault, { on, cut }]) =>
  on.flatMap((place) => Object.keys(WAYS).map((phase) => ({ fault, place, phase, cut }))),
);

describe.concurrent('A breach is rolled back at the next look', () => {
  it.each(cases)('$phase, on $place, where $fault', async ({ place, phase, cut }) => {
    await withStage(places[place]!(), async (stage) => {
      await WAYS[phase as keyof typeof WAYS](stage);
      const before = await stage.flag();
      expect(before?.percentage).toBeGreaterThan(0);
      await stage.attempts(40, 40);
      // Another command of this machine has seen the flag: that is on its disk.
      await stage.machine.holders.disk.save(await stage.machine.holders.record.read());
      const guard = await stage.guard(ALL_FAILED);
      for (const name of cut) stage.machine[name]?.cut();

      const startMs = performance.now();
      const { acted, survey: seen } = await tick(guard);
      ticksMs.push({ ms: performance.now() - startMs, cut: cut.join(' and ') || 'nothing' });
      expect(acted?.what).toMatch(/^rolled back to 0 %/);
      expect(seen.guard?.act).toMatchObject({ rule: 'failure_rate', action: 'roll_back' });
      expect(await isOff(stage.machine.holders)).toBe(true);

      for (const name of cut) stage.machine[name]?.heal();
      await until('every store is off', async () => {
        const { acted: again, survey: later } = await tick(guard);
        expect(again).toBeNull(); // once was enough
        return later.status.state === 'forced off' && later.status.stores.every(({ answers }) => answers);
      });
      const after = await stage.flag();
      expect(after).toMatchObject({ enabled: false, percentage: 0 });
      if (phase !== 'not_started') {
        expect(after?.rollout).toMatchObject({ phase: 'rolled_back', stop: { code: 'forced_off' } });
      }
      expect(await disables(stage)).toBe(1);
    });
  });
});

/** How long the one tick took that acted; printed, for people. */
const ticksMs: { ms: number; cut: string }[] = [];
afterAll(() => {
  for (const cut of new Set(ticksMs.map((one) => one.cut))) {
    const all = ticksMs.filter((one) => one.cut === cut).map(({ ms }) => ms);
    const longest = Math.round(Math.max(...all));
    process.stderr.write(`guard: ${all.length} rollbacks with ${cut} cut off, longest tick ${longest} ms\n`);
  }
});

describe.concurrent('A guard on Postgres and Redis', () => {
  const onBoth = (work: (stage: Stage) => Promise<void>) =>
    withStage({ postgres, redis }, async (stage) => {
      await WAYS.collecting(stage);
      await work(stage);
    });

  it('acts though Postgres dies between its look and its act', () =>
    onBoth(async (stage) => {
      await stage.attempts(40, 40);
      const guard = await stage.guard();
      const seen = await survey(guard);
      stage.machine.postgres?.cut();
      const acted = await act(guard.holders, seen, seen.guard!.act!, guard.act);
      expect(acted).toMatchObject({ done: true, what: 'rolled back to 0 %' });
      expect(Object.keys((await guard.holders.copy!.read()).marks)).toHaveLength(1);
      stage.machine.postgres?.heal();
      await until('the record has it', async () => {
        await tick(guard);
        return (await stage.flag())?.rollout?.phase === 'rolled_back';
      });
    }));

  it.each(['journal', 'copy', 'record'] as const)(
    'finishes at the next tick what a kill after the %s left of a rollback',
    (last) =>
      onBoth(async (stage) => {
        await stage.attempts(40, 40);
        const { holders } = stage.machine;
        const never = () => new Promise<never>(() => {});
        const killed = tapped(holders, {
          record: last === 'record' ? {} : { commit: never, read: never },
          copy: last === 'copy' ? {} : { merge: never },
        });
        // Nothing of it is waited for: the process is gone.
        void disable(killed, stage.machine.request('guard', 'failure_rate')).catch(() => {});
        await until('it got so far', async () => {
          if (last === 'journal') return (await holders.disk.journal()).length > 0;
          const state = await (last === 'copy' ? holders.copy! : holders.record).read();
          return Object.keys(state.marks).length > 0;
        });
        await tick(await stage.guard());
        expect(await stage.flag()).toMatchObject({ percentage: 0, rollout: { phase: 'rolled_back' } });
        expect(await disables(stage)).toBe(1);
        expect(Object.keys((await holders.copy!.read()).marks)).toHaveLength(1);
      }),
  );

  it('acts once where two guards run', () =>
    onBoth(async (stage) => {
      await stage.attempts(40, 40);
      const here = await stage.guard();
      const { guard: there } = await stage.anotherMachine();
      const ticks = await Promise.all([tick(here), tick(there)]);
      expect(ticks.filter(({ acted }) => acted !== null)).toHaveLength(1);
      expect(ticks.filter(({ leads }) => leads)).toHaveLength(1);
      const idle = ticks.find(({ leads }) => !leads);
      expect(idle?.leader).toBe(ticks[0]?.leads ? here.holder : there.holder);
      expect(await disables(stage)).toBe(1);
    }));

  it('is taken over when the leader is gone', () =>
    onBoth(async (stage) => {
      const gone = { ...(await stage.guard()), leaseMs: 200 };
      expect((await tick(gone)).leads).toBe(true);
      await stage.attempts(40, 40);
      const { guard } = await stage.anotherMachine();
      await until('the other one acts', async () => (await tick(guard)).acted !== null);
      expect((await stage.flag())?.percentage).toBe(0);
    }));

  it('remembers the episode, and does not let the rollout go on until somebody has seen it', () =>
    onBoth(async (stage) => {
      await stage.attempts(40, 40);
      const guard = await stage.guard();
      await tick(guard);
      const [episode] = await guard.guardStore.episodes(0);
      expect(episode).toMatchObject({
        rule: 'failure_rate',
        level: 'act',
        action: 'roll_back',
        endedMs: null,
      });
      const { assessment } = await survey(guard);
      expect(assessment).toMatchObject({ decision: 'hold', safeToAdvance: false });
    }));

  it('tells a ledger that is away from a model that is bad, and does nothing about it', () =>
    onBoth(async (stage) => {
      const guard = await stage.guard();
      stage.machine.postgres?.cut();
      const { acted, survey: seen } = await tick(guard);
      expect(acted).toBeNull();
      expect(seen.telemetryFault).toMatch(/^nothing is known of the model/);
      expect(seen.assessment).toMatchObject({ decision: 'wait', safeToAdvance: false });
      stage.machine.postgres?.heal();
      await until('it looks again', async () => (await tick(guard)).survey.telemetryFault === null);
      expect((await stage.flag())?.percentage).toBe(10);
    }));
});

async function disables({ machine }: Stage): Promise<number> {
  const history = await machine.holders.record.history(100);
  return history.filter(({ action }) => action === 'disable').length;
}
