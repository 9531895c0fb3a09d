import { AtmrError } from '../errors.js';
import { oneLine } from '../one-line.js';
import type { Rollout, RolloutEvent } from '../rollout/rollout.js';
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
      ? `flag ${key} was never written, so it is not at revision ${expected}`
      : `flag ${key} is at revision ${winner.revision}, not ${expected}: ${whoDidWhat(authorOf(winner), wallOf(holders))}`;
  return new AtmrError('CONFLICT', `${fact}. Run \`atmr-ml status\` and try again.`);
}

/** CONFLICT: ours was recorded, and then somebody changed the flag again. */
export function superseded(holders: Teller, revision: number, later: ChangeAuthor): AtmrError {
  return new AtmrError(
    'CONFLICT',
    `flag ${holders.key}: recorded as revision ${revision}, then ${whoDidWhat(later, wallOf(holders))}. ` +
      'Run `atmr-ml status` before you change it again.',
  );
}

/** "ana set 25 % at 10:42 (“week 2”)", in the time zone of the people. */
export function whoDidWhat(change: ChangeAuthor, wall: Wall): string {
  const what = {
    init: `wrote the initial ${change.percentage} %`,
    activate: `set ${change.percentage} %`,
    percentage: `set ${change.percentage} %`,
    disable: 'forced it off',
    model: 'changed the model',
    rollout: `${ROLLOUT_WORDS[change.rollout?.event ?? 'start']}, ${change.percentage} %`,
  } satisfies Record<FlagAction, string>;
  const why = change.reason === '' ? '' : ` (“${oneLine(change.reason)}”)`;
  return `${oneLine(change.by)} ${what[change.action]} at ${wallTime(change.at, wall)}${why}`;
}

const ROLLOUT_WORDS: Readonly<Record<RolloutEvent['kind'], string>> = {
  start: 'started the rollout',
  ready: 'found the step ready',
  not_ready: 'found the step not ready any more',
  approve: 'approved the step',
  advance: 'advanced the rollout',
  confirmed: 'saw the advance confirmed',
  hold: 'held the rollout',
  resume: 'resumed the rollout',
  lower: 'rolled back',
  halve: 'halved the traffic',
  forced_off: 'forced it off',
  manual: 'set the share by hand',
  model: 'changed the model',
  complete: 'completed the rollout',
};

export function authorOf(flag: Flag): ChangeAuthor {
  const { updatedBy, updatedAt, reason, action, percentage, rollout } = flag;
  return { by: updatedBy, at: updatedAt, reason, action, percentage, rollout };
}
