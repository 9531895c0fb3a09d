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
}

export interface ModelReference {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

export type FlagAction = 'init' | 'activate' | 'percentage' | 'disable' | 'model';

export const DEFAULT_FLAG_KEY = 'ml-delay-prediction';

/** What a flag may be called: a key names folders (so not `.` and `..`), channels and the stores' own keys. */
export const FLAG_KEY = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;

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

/** The next content: what `before` says, but for `changes` and who made them. */
export function changedContent(
  before: FlagContent,
  changes: Partial<Pick<Flag, 'enabled' | 'percentage' | 'fallbackOnError' | 'model'>>,
  action: FlagAction,
  { at, by, reason }: Authorship,
): FlagContent {
  const { key, enabled, percentage, fallbackOnError, salt, model } = before;
  return {
    ...{ key, enabled, percentage, fallbackOnError, salt, model },
    ...changes,
    updatedAt: at,
    updatedBy: by,
    reason,
    action,
  };
}
