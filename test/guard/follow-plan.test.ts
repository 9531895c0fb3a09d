import { describe, expect, it } from 'vitest';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import type { Instance } from '../../src/flag/instances.js';
import { type PlanMove, planMove } from '../../src/guard/follow-plan.js';
import type { Assessment, Decision, Reason, ReasonCode } from '../../src/rollout/assess.js';
import { PHASES, type Phase, type Rollout } from '../../src/rollout/rollout.js';
import { isRefusal, transition } from '../../src/rollout/transition.js';

const AT = '2026-06-08T07:00:00.000Z';
const REVISION = 7;
const author = { at: AT, by: 'ana', reason: '' };
const content = changedContent(unwrittenFlag('k'), { enabled: true, percentage: 25 }, 'activate', author);
const FLAG: Flag = { ...content, revision: REVISION, changeId: 'c7', clears: [] };

function rolloutIn(phase: Phase, step = 2): Rollout {
  return {
    ...{ phase, step, percentages: [5, 10, 25, 50, 100], event: 'start', model: null, planId: 'the plan' },
    ...{ startedAt: AT, stepAt: AT, baselineAt: AT, phaseAt: AT, stop: null, approvals: [] },
  };
}

interface Judged {
  readonly decision?: Decision;
  readonly reasons?: readonly ReasonCode[];
  readonly given?: readonly string[];
  readonly needed?: number;
  readonly next?: number | null;
}

/** By default all is well, and nobody has to agree. */
function assessed({ reasons = [], given = [], needed = 0, next = 50, ...judged }: Judged): Assessment {
  const decision = judged.decision ?? (reasons.length === 0 ? 'advance' : 'wait');
  return {
    ...{
      decision,
      nextCommand: null,
      safeToAdvance: decision === 'advance',
      phase: 'collecting',
      step: 2,
      steps: 4,
    },
    ...{ percentage: 25, nextPercentage: next, gates: [], nextAtMs: null, expectedAtMs: null },
    reasons: reasons.map((code): Reason => ({ code, text: `because of ${code}` })),
    bookings: { settled: 0, needed: 0, perDay: null, coverage: null, simulated: false },
    approvals: { given, needed },
  };
}

function instance(revision: number, changes: Partial<Instance> = {}): Instance {
  return {
    ...{ instance: `host-${revision}`, host: 'host', pid: 42, url: null, changeId: null, model: null },
    ...{ revision, off: [], seenAgoMs: 400, live: true, confirmed: false },
    ...changes,
  };
}

function move(phase: Phase, judged: Judged = {}, instances: readonly Instance[] = []): PlanMove | null {
  return planMove(rolloutIn(phase), assessed(judged), FLAG, instances);
}

const kindOf = (...given: Parameters<typeof move>) => move(...given)?.event.kind ?? null;

/** Whatever keeps a step from being left, but for the calendar. */
const MISSING: readonly ReasonCode[] = ['minimum_time', 'not_enough_data', 'no_traffic', 'telemetry'];

describe('what a plan does by itself', () => {
  it('is nothing where no rollout was started', () => {
    for (const decision of ['advance', 'hold', 'rollback', 'wait'] as const) {
      expect(planMove(null, assessed({ decision }), FLAG, [])).toBeNull();
      expect(planMove(null, assessed({ decision, reasons: ['not_started'] }), null, [])).toBeNull();
    }
  });

  it('collecting: ready once nothing is missing but an open window', () => {
    expect(move('collecting')).toEqual({ event: { kind: 'ready' }, reason: 'every gate passes' });
    expect(kindOf('collecting', { reasons: ['calendar'] })).toBe('ready');
    for (const code of MISSING) {
      expect([code, kindOf('collecting', { reasons: [code] })]).toEqual([code, null]);
      expect(kindOf('collecting', { reasons: [code, 'calendar'] })).toBeNull();
    }
    for (const code of ['breach', 'forced_off', 'gate_failed'] as const) {
      expect(kindOf('collecting', { decision: 'hold', reasons: [code] })).toBeNull();
    }
    expect(kindOf('collecting', { decision: 'rollback', reasons: ['breach'] })).toBeNull();
  });

  it('ready: on to the next step where nobody has to agree, or enough have', () => {
    expect(move('ready')).toEqual({
      event: { kind: 'advance', planId: 'the plan' },
      reason: 'every gate passes; 50 % next',
    });
    expect(move('ready', { next: null })?.reason).toBe('every gate passes');
    expect(kindOf('ready', { needed: 1 })).toBeNull();
    expect(kindOf('ready', { needed: 1, given: ['ana'] })).toBe('advance');
    expect(kindOf('ready', { needed: 2, given: ['ana'] })).toBeNull();
    expect(kindOf('ready', { needed: 2, given: ['ana', 'zoe'] })).toBe('advance');
  });

  it('ready: waits for the window, also where nobody has to agree', () => {
    expect(kindOf('ready', { reasons: ['calendar'] })).toBeNull();
    expect(kindOf('ready', { reasons: ['calendar'], needed: 1, given: ['ana'] })).toBeNull();
  });

  it('ready: not any more once something is missing again, or stands against it, and says what', () => {
    for (const code of MISSING) {
      expect(move('ready', { reasons: ['calendar', code], needed: 1, given: ['ana'] })).toEqual({
        event: { kind: 'not_ready' },
        reason: `because of ${code}`,
      });
    }
    expect(move('ready', { decision: 'hold', reasons: ['gate_failed', 'calendar'] })).toEqual({
      event: { kind: 'not_ready' },
      reason: 'because of gate_failed',
    });
    expect(kindOf('ready', { decision: 'rollback', reasons: ['breach'] })).toBe('not_ready');
  });

  it('advancing: confirmed once every instance has the share', () => {
    const waiting: Judged = { reasons: ['advancing', 'minimum_time'] };
    expect(move('advancing', waiting, [instance(REVISION), instance(REVISION + 1)])).toEqual({
      event: { kind: 'confirmed' },
      reason: 'every live instance has it',
    });
    expect(kindOf('advancing', waiting, [instance(REVISION), instance(REVISION - 1)])).toBeNull();
    expect(kindOf('advancing', waiting, [])).toBe('confirmed');
    expect(planMove(rolloutIn('advancing'), assessed(waiting), null, [])).toBeNull();
  });

  it('advancing: not while one that was lost might serve the old share; it is left out once it cannot', () => {
    const waiting: Judged = { reasons: ['advancing'] };
    const lost = { live: false, seenAgoMs: 60_000 };
    const here = instance(REVISION);
    expect(kindOf('advancing', waiting, [here, instance(REVISION - 1, lost)])).toBeNull();
    expect(kindOf('advancing', waiting, [here, instance(REVISION, lost)])).toBe('confirmed');
    expect(kindOf('advancing', waiting, [here])).toBe('confirmed');
  });

  it('advancing: confirmed also where a gate of the step that begins fails: that says nothing of instances', () => {
    const failing: Judged = { decision: 'hold', reasons: ['advancing', 'gate_failed', 'minimum_time'] };
    expect(kindOf('advancing', failing, [instance(REVISION)])).toBe('confirmed');
    expect(kindOf('advancing', failing, [instance(REVISION - 1)])).toBeNull();
    // A breach that was acted on before, which somebody passed over.
    expect(kindOf('advancing', { decision: 'hold', reasons: ['breach'] })).toBe('confirmed');
  });

  it('advancing: nothing where the traffic goes back', () => {
    const here = [instance(REVISION)];
    expect(kindOf('advancing', { decision: 'rollback', reasons: ['breach'] }, here)).toBeNull();
    expect(kindOf('advancing', { decision: 'hold', reasons: ['forced_off'] }, here)).toBeNull();
  });

  it('baking: complete once it was watched for long enough and nothing stands against it', () => {
    expect(move('baking')).toEqual({ event: { kind: 'complete' }, reason: 'the bake period is over' });
    for (const code of ['baking', 'telemetry'] as const) {
      expect(kindOf('baking', { reasons: [code] })).toBeNull();
    }
    expect(kindOf('baking', { decision: 'hold', reasons: ['breach'] })).toBeNull();
  });

  it.each(['held', 'rolled_back', 'complete'] as const)('%s: nothing, whatever is found', (phase) => {
    for (const decision of ['advance', 'hold', 'rollback', 'wait'] as const) {
      expect(kindOf(phase, { decision })).toBeNull();
      expect(kindOf(phase, { decision, reasons: ['gate_failed', 'minimum_time'] })).toBeNull();
    }
  });

  it('is only to see an advance to its end, for a guard that does not know the plan of the rollout', () => {
    const moved = (phase: Phase, judged: Judged) =>
      planMove(rolloutIn(phase), assessed(judged), FLAG, [instance(REVISION)], false)?.event.kind ?? null;
    for (const phase of PHASES) {
      const expected = phase === 'advancing' ? 'confirmed' : null;
      expect([phase, moved(phase, {})]).toEqual([phase, expected]);
      expect([phase, moved(phase, { reasons: ['minimum_time'] })]).toEqual([phase, expected]);
    }
  });

  it('is always possible in the phase that it is done in', () => {
    for (const phase of PHASES) {
      for (const step of [2, 4]) {
        if (phase === 'baking' && step !== 4) continue;
        for (const reasons of [[], ['calendar'], ['minimum_time'], ['gate_failed']] as const) {
          const rollout = rolloutIn(phase, step);
          const next = planMove(rollout, assessed({ reasons }), FLAG, [instance(REVISION)]);
          if (next === null) continue;
          expect(isRefusal(transition(rollout, next.event, AT))).toBe(false);
        }
      }
    }
  });
});
