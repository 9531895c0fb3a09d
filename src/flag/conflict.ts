import { AtmrError } from '../errors.js';
import { oneLine } from '../one-line.js';
import type { Rollout, RolloutEvent } from '../rollout/rollout.js';
import { t } from '../wording/t.js';
import type { Flag, FlagAction } from './flag.js';
import type { Holders } from './holders.js';
import { type Wall, wallOf, wallTime } from './wall-time.js';

/** Who tells of a flag, when and where. */
type Teller = Pick<Holders, 'key' | 'clock' | 'timeZone'>;

/** What the sentence about a change needs of it: an audit row and a flag both have it. */
export interface ChangeAuthor {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  readonly action: FlagAction;
  readonly percentage: number;
  readonly rollout?: Rollout | undefined;
}

/** CONFLICT: somebody else changed the flag first, and nothing of ours was recorded. */
export function conflict(holders: Teller, expected: number, winner: Flag | null): AtmrError {
  const { key } = holders;
  const fact =
    winner === null
      ? t`flag ${key} was never written, so it is not at revision ${expected}`
      : t`flag ${key} is at revision ${winner.revision}, not ${expected}: ${whoDidWhat(authorOf(winner), wallOf(holders))}`;
  return new AtmrError('CONFLICT', t`${fact}. Run \`atmr-ml status\` and try again.`);
}

/** CONFLICT: ours was recorded, and then somebody changed the flag again. */
export function superseded(holders: Teller, revision: number, later: ChangeAuthor): AtmrError {
  return new AtmrError(
    'CONFLICT',
    t`flag ${holders.key}: recorded as revision ${revision}, then ${whoDidWhat(later, wallOf(holders))}. Run \`atmr-ml status\` before you change it again.`,
  );
}

/** "ana set 25 % at 10:42 (“week 2”)", in the time zone of the people. */
export function whoDidWhat(change: ChangeAuthor, wall: Wall): string {
  const by = oneLine(change.by);
  const { percentage } = change;
  const did = {
    init: t`${by} wrote the initial ${percentage} %`,
    activate: t`${by} set ${percentage} %`,
    percentage: t`${by} set ${percentage} %`,
    disable: t`${by} forced it off`,
    model: t`${by} changed the model`,
    rollout: t`${ROLLOUT_DEEDS[change.rollout?.event ?? 'start'](by)}, ${percentage} %`,
  } satisfies Record<FlagAction, string>;
  const why = change.reason === '' ? '' : t` (“${oneLine(change.reason)}”)`;
  return t`${did[change.action]} at ${wallTime(change.at, wall)}${why}`;
}

const ROLLOUT_DEEDS: Readonly<Record<RolloutEvent['kind'], (by: string) => string>> = {
  start: (by) => t`${by} started the rollout`,
  ready: (by) => t`${by} found the step ready`,
  not_ready: (by) => t`${by} found the step not ready any more`,
  approve: (by) => t`${by} approved the step`,
  advance: (by) => t`${by} advanced the rollout`,
  confirmed: (by) => t`${by} saw the advance confirmed`,
  hold: (by) => t`${by} held the rollout`,
  resume: (by) => t`${by} resumed the rollout`,
  lower: (by) => t`${by} rolled back`,
  halve: (by) => t`${by} halved the traffic`,
  forced_off: (by) => t`${by} forced it off`,
  manual: (by) => t`${by} set the share by hand`,
  model: (by) => t`${by} changed the model`,
  complete: (by) => t`${by} completed the rollout`,
};

export function authorOf(flag: Flag): ChangeAuthor {
  const { updatedBy, updatedAt, reason, action, percentage, rollout } = flag;
  return { by: updatedBy, at: updatedAt, reason, action, percentage, rollout };
}
