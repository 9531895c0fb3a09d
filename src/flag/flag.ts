import { type Rollout, type RolloutEvent, stepPercentage } from '../rollout/rollout.js';
import { isRefusal, transition } from '../rollout/transition.js';
import { t } from '../wording/t.js';
import { NO_REASON } from '../wording/why-said.js';

/** The switch that every process reads: which share of the bookings the model answers. */
export interface Flag {
  readonly key: string;
  readonly enabled: boolean;
  /** 0–100, at most two decimals. */
  readonly percentage: number;
  readonly fallbackOnError: boolean;
  /** Mixed into the bucket hash; the default is the key. */
  readonly salt: string;
  /** The model that answers; `null` until one was chosen. */
  readonly model: ModelReference | null;
  /** Counts the writes; made by the record alone. */
  readonly revision: number;
  /** Tells two contents of one revision apart after a store lost data. */
  readonly changeId: string;
  /** Marks whose ending is not yet proven in every store. */
  readonly clears: readonly string[];
  /** ISO 8601, UTC. For people; never compared. */
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly reason: string;
  readonly action: FlagAction;
  /** The rollout under way; absent where none was ever started. */
  readonly rollout?: Rollout;
}

export interface ModelReference {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

export type FlagAction = 'init' | 'activate' | 'percentage' | 'disable' | 'model' | 'rollout';

export const DEFAULT_FLAG_KEY = 'ml-delay-prediction';

/** What a flag may be called: a key names folders (so not `.` and `..`), channels and the stores' own keys. */
export const FLAG_KEY = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
export const keyExpected = () => t`1 to 100 letters, digits, dots, dashes and underscores`;

/** A flag without what only the record decides. */
export type FlagContent = Omit<Flag, 'revision' | 'changeId' | 'clears'>;

/** Who changes the flag, when, and why. */
export interface Authorship {
  /** ISO 8601, UTC. For people; never compared. */
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

/** What a flag is before anybody wrote one: off. */
export function unwrittenFlag(key: string): FlagContent {
  return {
    key,
    enabled: false,
    percentage: 0,
    fallbackOnError: true,
    salt: key,
    model: null,
    updatedAt: new Date(0).toISOString(),
    updatedBy: '',
    reason: '',
    action: 'init',
  };
}

/** What a write may set. */
export type FlagChanges = Partial<
  Pick<Flag, 'enabled' | 'percentage' | 'fallbackOnError' | 'model' | 'rollout'>
>;

/**
 * The next content: what `before` says, but for `changes` and who made them. A rollout under way follows whatever else
 * changes the flag, here and so in the same write.
 */
export function changedContent(
  before: FlagContent,
  changes: FlagChanges,
  action: FlagAction,
  authorship: Authorship,
): FlagContent {
  const { at, by, reason } = authorship;
  const { key, enabled, percentage, fallbackOnError, salt, model } = before;
  const content = {
    ...{ key, enabled, percentage, fallbackOnError, salt, model },
    ...changes,
    updatedAt: at,
    updatedBy: by,
    reason,
    action,
  };
  if (changes.rollout !== undefined || before.rollout === undefined) return content;
  const rollout = rolloutAfter(before, content, before.rollout, authorship);
  // Another model begins with little traffic again.
  const isLess = action === 'model' && rollout !== before.rollout && content.enabled;
  const most = isLess ? stepPercentage(rollout) : content.percentage;
  return { ...content, percentage: Math.min(content.percentage, most), rollout };
}

/** A rollout cannot refuse what was done past it. */
function rolloutAfter(
  before: FlagContent,
  after: FlagContent,
  rollout: Rollout,
  { at, by, reason }: Authorship,
) {
  const event = eventOf(rollout, before, after, `${by}: ${reason || NO_REASON}`);
  if (event === null) return rollout;
  const next = transition(rollout, event, at);
  return isRefusal(next) ? rollout : next;
}

function eventOf(
  rollout: Rollout,
  before: FlagContent,
  after: FlagContent,
  text: string,
): RolloutEvent | null {
  if (after.action === 'disable') return { kind: 'forced_off', text };
  const model = after.model?.sha256 ?? null;
  // The model that it is of, chosen again, is no other one.
  if (after.action === 'model') return model === rollout.model ? null : { kind: 'model', model };
  // A share that is set while the flag is off moves nothing.
  if (!after.enabled) return null;
  const isSame = before.enabled === after.enabled && before.percentage === after.percentage;
  return isSame ? null : { kind: 'manual', percentage: after.percentage, text };
}
