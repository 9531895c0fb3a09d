import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { activate } from '../../src/flag/activate.js';
import { answer, isForcedOff } from '../../src/flag/answer.js';
import { verifyChain } from '../../src/flag/audit.js';
import { disable } from '../../src/flag/disable.js';
import type { Flag } from '../../src/flag/flag.js';
import type { Holders } from '../../src/flag/holders.js';
import { changeModel } from '../../src/flag/model-change.js';
import { setPercentage } from '../../src/flag/percentage.js';
import { planMove } from '../../src/guard/follow-plan.js';
import { assessRollout } from '../../src/rollout/assess.js';
import { NO_EVIDENCE } from '../../src/rollout/evidence.js';
import { moveRollout } from '../../src/rollout/move.js';
import { DEFAULT_PLAN, percentagesOf, type RolloutPlan } from '../../src/rollout/plan.js';
import type { RolloutEvent } from '../../src/rollout/rollout.js';
import { emptyStores, machineOn, type Stores } from './memory-stores.js';

/** Histories; `RUNS=5000 npx vitest run test/machine` plays more. */
const RUNS = Number(process.env.RUNS ?? 40);
const SEED = Number(process.env.SEED ?? 20_261_128);
const DAY_MS = 86_400_000;

/** Time and approvals are all that it asks for; days on which nothing fails are all that it is shown. */
const PLAN: RolloutPlan = {
  ...DEFAULT_PLAN,
  steps: [10, 25, 100].map((percentage) => ({
    ...{ percentage, minimumMs: percentage === 100 ? 0 : 2 * DAY_MS, minimumSettled: 0 },
    ...{ gates: [], approvals: percentage === 10 ? 1 : 0 },
  })),
  recovery: { percentage: 5, minimumMs: DAY_MS, minimumSettled: 0, gates: [], approvals: 0 },
  bakeMs: 3 * DAY_MS,
  window: null,
};
const SHARES = percentagesOf(PLAN);
const EVIDENCE = { ...NO_EVIDENCE, failures: { successes: 0, trials: 100 } };

type Command =
  | { readonly kind: 'start' | 'advance' | 'approve' | 'hold' | 'resume' | 'disable' | 'plan' }
  | { readonly kind: 'activate' | 'percentage' | 'lower'; readonly share: number }
  | { readonly kind: 'guard'; readonly finds: 'roll_back' | 'halve' | 'hold' }
  | { readonly kind: 'model'; readonly sha256: string }
  | { readonly kind: 'wait'; readonly days: number };

const share = fc.constantFrom(0, 3, 5, 10, 20, 25, 60, 100);
const command: fc.Arbitrary<Command> = fc.oneof(
  // Often, or hardly any rollout would come to its end.
  { weight: 8, arbitrary: fc.constant<Command>({ kind: 'plan' }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 0, max: 4 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Command>({ kind: 'start' }, { kind: 'advance' }, { kind: 'approve' }),
  },
  fc.constantFrom<Command>({ kind: 'hold' }, { kind: 'resume' }, { kind: 'resume' }, { kind: 'disable' }),
  fc.record({ kind: fc.constantFrom('activate' as const, 'percentage' as const, 'lower' as const), share }),
  fc.record({
    kind: fc.constant('guard' as const),
    finds: fc.constantFrom('roll_back' as const, 'halve' as const, 'hold' as const),
  }),
  fc.record({ kind: fc.constant('model' as const), sha256: fc.constantFrom('a', 'b') }),
);

const plan = { kind: 'plan' } as const;
const later = { kind: 'wait', days: 4 } as const;
/** To the end in peace; chance alone hardly ever comes there. */
const WHOLE: readonly Command[] = [
  ...[{ kind: 'start' } as const, later, { kind: 'approve' } as const, plan, plan, plan],
  ...[later, plan, plan, plan, plan, plan, later, plan],
];
const histories = fc
  .tuple(fc.nat(WHOLE.length), fc.array(command, { minLength: 3, maxLength: 40, size: 'max' }))
  .map(([begun, others]) => [...WHOLE.slice(0, begun), ...others]);

/** What the bookings are given, in the simplest terms: what a person who kept a list by hand would say. */
interface Simple {
  readonly off: boolean;
  readonly share: number;
  readonly revision: number;
  /** Shares that a person, or the guard in a person's stead, chose past the plan. */
  readonly byHand: readonly number[];
}

describe(`a rollout and whatever else happens to its flag (SEED=${SEED}, ${RUNS} histories)`, () => {
  it('keeps to its plan, to its word and to its history', async () => {
    const reached = new Set<string>();
    const property = fc.asyncProperty(histories, async (commands) => {
      const stores = emptyStores();
      const clock = { nowMs: Date.UTC(2026, 2, 2) };
      const machine = machineOn(stores, 'ana', async () => {}, clock, false);
      let simple: Simple = { off: false, share: 0, revision: 0, byHand: [] };
      for (const one of commands) {
        if (one.kind === 'wait') clock.nowMs += one.days * DAY_MS;
        const before = stores.record.flag;
        const written = await perform(machine, stores, one);
        simple = expectedAfter(simple, one, written, before, stores.record.flag);
        requireSimple(stores, simple);
        requireHonest(one, before, stores.record.flag, clock.nowMs);
        reached.add(stores.record.flag?.rollout?.phase ?? 'not_started');
      }
      expect(verifyChain(stores.audit.toReversed(), stores.record.flag)).toMatchObject({ kind: 'intact' });
      await requireWayOut(machine, stores);
    });
    await fc.assert(property, { seed: SEED, numRuns: RUNS });
    expect([...reached].sort()).toEqual(
      ['advancing', 'baking', 'collecting', 'complete', 'held', 'not_started', 'ready', 'rolled_back'].sort(),
    );
  }, 600_000);
});

/** Does it as its command or the guard does; the event that was written, `null` for nothing, and what was refused with. */
async function perform(machine: Holders, stores: Stores, one: Command): Promise<RolloutEvent['kind'] | null> {
  const { flag } = stores.record;
  const at = new Date(machine.clock.nowMs()).toISOString();
  const request = { authorship: { at, by: 'ana', reason: one.kind }, ifRevision: null, dryRun: false };
  const revision = flag?.revision ?? 0;
  const move = async (event: RolloutEvent, percentage?: number) => {
    await moveRollout(machine, event, { flag, ...(percentage !== undefined && { percentage }) }, request);
    return event.kind;
  };
  try {
    switch (one.kind) {
      case 'wait':
        return null;
      case 'start':
        return await move({
          kind: 'start',
          percentages: SHARES,
          planId: 'p',
          model: flag?.model?.sha256 ?? null,
        });
      case 'advance':
        if (!assessed(stores, machine).safeToAdvance) return null;
        return await move(
          flag?.rollout?.phase === 'baking' ? { kind: 'complete' } : { kind: 'advance', planId: 'p' },
        );
      case 'approve':
        return await move({ kind: 'approve', by: 'ana' });
      case 'hold':
        return await move({ kind: 'hold', code: 'operator', text: 'strike' });
      case 'resume':
        return await move({ kind: 'resume' });
      case 'plan': {
        const next = planMove(flag?.rollout ?? null, assessed(stores, machine), flag, []);
        return next === null ? null : await move(next.event);
      }
      case 'guard':
        if (flag === null || one.finds === 'roll_back') await disable(machine, request);
        else if (one.finds === 'hold') return await move({ kind: 'hold', code: 'guard', text: 'mae' });
        else if (flag.percentage > 0 && flag.enabled)
          return await move({ kind: 'halve', text: 'slow' }, flag.percentage / 2);
        break;
      case 'lower':
        if (flag?.enabled && one.share > 0 && one.share < flag.percentage)
          return await move({ kind: 'lower', code: 'operator', percentage: one.share, text: '' }, one.share);
        break;
      case 'disable':
        await disable(machine, request);
        break;
      case 'activate':
        await activate(machine, one.share, request);
        break;
      case 'percentage':
        await setPercentage(machine, one.share, request);
        break;
      case 'model':
        await changeModel(machine, { name: 'm', version: one.sha256, sha256: one.sha256 }, request);
    }
    return (stores.record.flag?.revision ?? 0) === revision
      ? null
      : (stores.record.flag?.rollout?.event ?? 'manual');
  } catch (thrown) {
    if (!(thrown instanceof AtmrError) || thrown.code !== 'USAGE') throw thrown;
    expect(thrown.message).toMatch(/^Nothing was changed\. /);
    expect(stores.record.flag?.revision ?? 0).toBe(revision);
    return null;
  }
}

function assessed({ record }: Stores, { clock }: Holders) {
  return assessRollout({
    ...{ rollout: record.flag?.rollout ?? null, evidence: EVIDENCE, plan: PLAN, nowMs: clock.nowMs() },
    ...{
      timeZone: 'UTC',
      modelSimulated: false,
      forcedOff: isForcedOff(record),
      breaches: [],
      telemetryFault: null,
    },
  });
}

/** Written down without a look at how it is done: who sets the traffic, and to what. */
function expectedAfter(
  simple: Simple,
  one: Command,
  written: RolloutEvent['kind'] | null,
  before: Flag | null,
  after: Flag | null,
): Simple {
  if (written === null) return simple;
  const next = { ...simple, revision: simple.revision + 1 };
  const step = SHARES[after?.rollout?.step ?? 0] ?? 0;
  const byHand = (given: number) => ({ ...next, byHand: [...simple.byHand, given] });
  switch (one.kind) {
    case 'start':
      return {
        ...next,
        off: false,
        share: before?.rollout?.phase === 'rolled_back' ? SHARES[0]! : SHARES[1]!,
      };
    case 'advance':
    case 'plan':
      return written === 'advance' ? { ...next, share: step } : next;
    case 'resume':
      return { ...next, share: step };
    case 'lower':
      return { ...byHand(one.share), share: one.share };
    case 'disable':
      return { ...next, off: true, share: 0 };
    case 'guard':
      if (written === 'halve') return { ...byHand(simple.share / 2), share: simple.share / 2 };
      return written === 'hold' ? next : { ...next, off: true, share: 0 };
    case 'activate':
      return { ...byHand(one.share), off: false, share: one.share };
    case 'percentage':
      // What is off stays off; the share waits for an activate.
      return before?.enabled ? { ...byHand(one.share), share: one.share } : byHand(one.share);
    case 'model':
      return before?.enabled && before.rollout !== after?.rollout && after?.rollout?.event === 'model'
        ? { ...next, share: Math.min(simple.share, step) }
        : next;
    default:
      return next;
  }
}

function requireSimple({ record, audit }: Stores, { off, share: expected, revision, byHand }: Simple): void {
  const { flag } = record;
  expect(flag?.revision ?? 0).toBe(revision);
  expect(audit.length).toBe(revision);
  expect(isForcedOff(record)).toBe(off);
  if (flag === null) return;
  expect(flag.enabled ? flag.percentage : 0).toBe(expected);
  expect([0, ...SHARES, ...byHand]).toContain(flag.percentage);
  const view = { state: record, forcedOff: isForcedOff(record), regressed: false, modelMissing: false };
  const { variant, reason } = answer({ ...view, attemptedUntilMs: 1, contactUntilMs: 1 }, 'booking-1', 0);
  if (off) expect([variant, reason]).toEqual(['control', 'FORCED_OFF']);
  if (expected === 0) expect(variant).toBe('control');
  if (expected === 100) expect(variant).toBe('model');
}

/** What a step, a hold and a bake are for. */
function requireHonest({ kind }: Command, before: Flag | null, after: Flag | null, nowMs: number): void {
  const [was, is] = [before?.rollout, after?.rollout];
  if (was === undefined || is === undefined || is === was) return;
  const rises = (after?.enabled ? after.percentage : 0) > (before?.enabled ? before.percentage : 0);
  if (['held', 'rolled_back'].includes(was.phase) && rises) {
    expect(['start', 'resume', 'activate', 'percentage']).toContain(kind);
  }
  if (is.step > was.step && kind !== 'start') {
    expect(['advance', 'plan']).toContain(kind);
    const { minimumMs } = was.step === 0 ? PLAN.recovery : PLAN.steps[was.step - 1]!;
    expect(nowMs - Date.parse(was.stepAt)).toBeGreaterThanOrEqual(minimumMs);
  }
  if (is.phase === 'complete' && was.phase !== 'complete') {
    expect(was.phase).toBe('baking');
    expect(nowMs - Date.parse(was.phaseAt)).toBeGreaterThanOrEqual(PLAN.bakeMs);
  }
  if (kind === 'plan' && was.phase === 'ready' && is.phase === 'advancing') {
    expect(was.approvals.length).toBeGreaterThanOrEqual(PLAN.steps[was.step - 1]?.approvals ?? 0);
  }
}

/** Wherever it stands, one command takes everything back, and one begins again. */
async function requireWayOut(machine: Holders, stores: Stores): Promise<void> {
  await perform(machine, stores, { kind: 'guard', finds: 'roll_back' });
  expect(isForcedOff(stores.record)).toBe(true);
  const { rollout } = stores.record.flag!;
  if (rollout !== undefined)
    expect(rollout).toMatchObject({ phase: 'rolled_back', stop: { code: 'forced_off' } });
  expect(await perform(machine, stores, { kind: 'plan' })).toBeNull();
  expect(await perform(machine, stores, { kind: 'start' })).toBe('start');
  expect(stores.record.flag).toMatchObject({
    enabled: true,
    percentage: rollout === undefined ? SHARES[1] : SHARES[0],
  });
}
