import type { Flag } from '../flag/flag.js';
import type { Instance } from '../flag/instances.js';
import type { Assessment, ReasonCode } from '../rollout/assess.js';
import type { Rollout, RolloutEvent } from '../rollout/rollout.js';

/** An event that the plan calls for by itself, with the reason that goes into the history. */
export interface PlanMove {
  readonly event: RolloutEvent;
  readonly reason: string;
}

/** These only say when: whatever else there is keeps a step from being ready. */
const ONLY_WHEN: readonly ReasonCode[] = ['calendar'];

/**
 * What the plan does without a person, where nothing is wrong; `null` for nothing. `mayFollow`: this guard knows the plan that
 * the rollout follows; without, it only sees an advance to its end. Pure.
 */
export function planMove(
  rollout: Rollout | null,
  { decision, reasons, approvals, nextPercentage }: Assessment,
  flag: Flag | null,
  instances: readonly Instance[],
  mayFollow = true,
): PlanMove | null {
  if (rollout?.phase === 'advancing') {
    return decision === 'rollback' || reasons.some(({ code }) => code === 'forced_off')
      ? null
      : confirmation(flag, instances);
  }
  if (!mayFollow) return null;
  if (rollout === null || decision === 'rollback' || decision === 'hold') return unready(rollout, reasons);
  switch (rollout.phase) {
    case 'baking':
      return decision === 'advance'
        ? { event: { kind: 'complete' }, reason: 'the bake period is over' }
        : null;
    case 'collecting':
      return reasons.every(({ code }) => ONLY_WHEN.includes(code))
        ? { event: { kind: 'ready' }, reason: 'every gate passes' }
        : null;
    case 'ready': {
      if (decision === 'advance' && approvals.given.length >= approvals.needed) {
        const reason =
          nextPercentage === null ? 'every gate passes' : `every gate passes; ${nextPercentage} % next`;
        return { event: { kind: 'advance', planId: rollout.planId }, reason };
      }
      return unready(rollout, reasons);
    }
    default:
      return null;
  }
}

function unready(rollout: Rollout | null, reasons: Assessment['reasons']): PlanMove | null {
  const why = reasons.find(({ code }) => !ONLY_WHEN.includes(code));
  if (rollout?.phase !== 'ready' || why === undefined) return null;
  return { event: { kind: 'not_ready' }, reason: why.text };
}

/**
 * That everybody has the share is so whatever the gates of the new step say; else one that fails would keep the rollout in
 * a phase that nobody can advance. Those lost are left out once they serve no model any more; until then they might serve
 * the old share.
 */
function confirmation(flag: Flag | null, instances: readonly Instance[]): PlanMove | null {
  const isEverywhere = flag !== null && instances.every(({ revision }) => revision >= flag.revision);
  return isEverywhere ? { event: { kind: 'confirmed' }, reason: 'every live instance has it' } : null;
}
