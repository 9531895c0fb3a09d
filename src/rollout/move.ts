import { AtmrError } from '../errors.js';
import type { Change } from '../flag/change.js';
import { conflict } from '../flag/conflict.js';
import { writeEdit } from '../flag/edit.js';
import type { Flag, FlagChanges, ModelReference } from '../flag/flag.js';
import type { Holders } from '../flag/holders.js';
import type { WriteRequest } from '../flag/plan.js';
import { t } from '../wording/t.js';
import { isLastStep, type Rollout, type RolloutEvent, stepPercentage } from './rollout.js';
import { isRefusal, transition } from './transition.js';

/** The flag that a move builds on, as it was read: a move is of that revision alone. */
export interface MoveBase {
  readonly flag: Flag | null;
  /** Less traffic than the step's, for `lower` and `halve`. */
  readonly percentage?: number;
  /** For a flag that names no model. */
  readonly firstModel?: ModelReference | null;
}

/**
 * Moves the rollout by one event, the traffic with it, in one write with one audit row. USAGE where the event is not
 * possible now; else it rejects as every change of the flag does, with CONFLICT when the flag was changed since it was read.
 */
export async function moveRollout(
  holders: Holders,
  event: RolloutEvent,
  { flag, percentage, firstModel = null }: MoveBase,
  request: WriteRequest,
): Promise<Change> {
  const rollout = transition(flag?.rollout ?? null, event, request.authorship.at);
  if (isRefusal(rollout)) throw new AtmrError('USAGE', t`Nothing was changed. ${rollout.refused}`);
  const revision = flag?.revision ?? 0;
  // The event was made of this revision: what somebody asks of another one is no reason to write over that.
  if (request.ifRevision !== null && request.ifRevision !== revision) {
    throw conflict(holders, request.ifRevision, flag);
  }
  const changes: FlagChanges = { rollout, ...trafficOf(event, rollout, percentage) };
  // Only what somebody starts anew ends a forced off.
  const endsMarks = event.kind === 'start';
  return await writeEdit(
    holders,
    { kind: 'rollout', changes, endsMarks, firstModel },
    { ...request, ifRevision: revision },
  );
}

/** What the event does to the traffic; nothing for most. */
function trafficOf(
  { kind }: RolloutEvent,
  rollout: Rollout,
  percentage: number | undefined,
): Pick<FlagChanges, 'enabled' | 'percentage'> {
  switch (kind) {
    case 'start':
    case 'resume':
      return { enabled: true, percentage: stepPercentage(rollout) };
    case 'advance':
      return isLastStep(rollout) && rollout.phase === 'baking'
        ? {}
        : { enabled: true, percentage: stepPercentage(rollout) };
    case 'lower':
    case 'halve':
      return percentage === undefined ? {} : { percentage };
    default:
      return {};
  }
}
