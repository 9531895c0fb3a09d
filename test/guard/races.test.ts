import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { disable } from '../../src/flag/disable.js';
import { setPercentage } from '../../src/flag/percentage.js';
import { acknowledge } from '../../src/guard/acknowledge.js';
import { act } from '../../src/guard/act.js';
import { survey } from '../../src/guard/survey.js';
import { tick } from '../../src/guard/tick.js';
import { moveRollout } from '../../src/rollout/move.js';
import { DEFAULT_PLAN } from '../../src/rollout/plan.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import type { TestServer } from '../servers/process.js';
import { type Stage, WAYS, withStage } from './stage.js';

/** What happens between a guard's look and its act, or between two that do not know of each other. */
describe('A guard beside others', () => {
  let postgres: TestServer;
  beforeAll(async () => {
    postgres = await startMigratedPostgres();
  });
  afterAll(async () => await postgres?.remove());

  const onStage = (work: (stage: Stage) => Promise<void>) =>
    withStage({ postgres, redis: null }, async (stage) => {
      await WAYS.collecting(stage);
      await work(stage);
    });

  it.each([
    ['without a rollout', WAYS.not_started],
    ['in a rollout', WAYS.collecting],
  ])('never halves what somebody has lowered since it looked, %s', (_name, begin) =>
    withStage({ postgres, redis: null }, async (stage) => {
      await begin(stage);
      const guard = await stage.guard();
      const seen = await survey(guard);
      await setPercentage(stage.machine.holders, 4, stage.machine.request('ana'));
      const halve = { rule: 'prediction_time', action: 'halve', text: 'slow' } as const;
      const { done } = await act(guard.holders, seen, halve, guard.act);
      expect(done).toBe(false);
      expect((await stage.flag())?.percentage).toBe(4);
    }),
  );

  it('lets a server that saw the failures itself act while the ledger is away, though another leads', () =>
    onStage(async (stage) => {
      await stage.machine.holders.disk.save(await stage.machine.holders.record.read());
      const { guard: blind } = await stage.anotherMachine();
      expect((await tick(blind)).leads).toBe(true);
      const seeing = await stage.guard({ since: () => Array.from({ length: 40 }, () => true) });
      const away = () => Promise.reject(new AtmrError('UNAVAILABLE', 'away'));
      const { acted, leads } = await tick({ ...seeing, ledger: { ...seeing.ledger, recentAttempts: away } });
      expect(leads).toBe(false);
      expect(acted).toMatchObject({ done: true, what: 'rolled back to 0 %' });
      expect((await stage.flag())?.percentage).toBe(0);
    }));

  it('does not go on by another plan than the rollout follows, but rolls back', () =>
    withStage({ postgres, redis: null }, async (stage) => {
      await WAYS.ready(stage);
      const other = {
        ...DEFAULT_PLAN,
        steps: DEFAULT_PLAN.steps.map((step) => ({ ...step, approvals: 0, gates: [] })),
      };
      const guard = { ...(await stage.guard()), plan: { ...other, window: null } };
      expect((await tick(guard)).moved).toBeNull();
      await stage.attempts(40, 40);
      expect((await tick(guard)).acted?.done).toBe(true);
    }));

  it('does not undo that somebody acknowledged what it had read before', () =>
    onStage(async (stage) => {
      await stage.attempts(40, 40);
      const guard = await stage.guard();
      await tick(guard);
      const before = await guard.guardStore.episodes(0);
      await acknowledge(guard.guardStore, null, 'ana', stage.nowMs());
      await guard.guardStore.put(before);
      expect(await guard.guardStore.episodes(0)).toMatchObject([{ acknowledgedBy: 'ana' }]);
    }));

  it('counts the attempts of the step by its revision, whatever the clock of who began it showed', () =>
    onStage(async (stage) => {
      const usual = stage.machine.request('ana');
      const at = new Date(Date.now() + 2 * 3_600_000).toISOString();
      const ahead = { ...usual, authorship: { ...usual.authorship, at } };
      await disable(stage.machine.holders, stage.machine.request('ana'));
      const flag = await stage.flag();
      const event = { kind: 'start', percentages: [5, 10, 25, 50, 100], planId: 'p', model: 'ab' } as const;
      await moveRollout(stage.machine.holders, event, { flag }, ahead);
      await stage.attempts(40, 40);
      expect((await tick(await stage.guard())).acted?.what).toBe('rolled back to 0 %');
    }));

  it('refuses a move of another revision than it was made of', () =>
    onStage(async (stage) => {
      const flag = await stage.flag();
      await stage.move({ kind: 'hold', code: 'guard', text: 'so' });
      const request = { ...stage.machine.request('ana'), ifRevision: (flag?.revision ?? 0) + 1 };
      const advance = { kind: 'advance', planId: 'p' } as const;
      await expect(moveRollout(stage.machine.holders, advance, { flag }, request)).rejects.toMatchObject({
        code: 'CONFLICT',
      });
      expect((await stage.flag())?.rollout?.phase).toBe('held');
    }));

  it('keeps a forced off rollout as it is where a share is set while it holds', () =>
    onStage(async (stage) => {
      await disable(stage.machine.holders, stage.machine.request('ana'));
      await setPercentage(stage.machine.holders, 5, stage.machine.request('zoe'));
      expect((await stage.flag())?.rollout).toMatchObject({
        phase: 'rolled_back',
        stop: { code: 'forced_off' },
      });
    }));
});
