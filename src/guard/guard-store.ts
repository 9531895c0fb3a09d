/** What the guard did, or would have done in a dry run, about an episode. */
export type GuardAction = 'notify' | 'hold' | 'halve' | 'roll_back' | 'disable';

/** One stretch of time in which a rule found something, from the first look that saw it to the one that no longer did. */
export interface Episode {
  readonly id: string;
  /** By its name in the table of rules. */
  readonly rule: string;
  readonly level: 'notice' | 'warn' | 'act';
  readonly beganMs: number;
  /** `null` while it lasts. */
  readonly endedMs: number | null;
  /** How many looks in a row saw it last. */
  readonly looks: number;
  /** What was found, for people: no personal data. */
  readonly text: string;
  readonly value: number | null;
  readonly threshold: number | null;
  /** `null` while nothing was done. */
  readonly action: GuardAction | null;
  /** The rule only says what it would have done. */
  readonly dryRun: boolean;
  readonly actedMs: number | null;
  /** A breach that was acted on counts again only after somebody has seen it. */
  readonly acknowledgedMs: number | null;
  readonly acknowledgedBy: string | null;
}

/** What guards of one flag remember together. All but `close` reject with UNAVAILABLE when it does not answer. */
export interface GuardStore {
  /** For a notice: where it is. */
  readonly where: string;
  /**
   * Takes or renews the lead for `forMs`, by the database's clock. True for the one that has it; another one's lead
   * ends by itself.
   */
  lead(holder: string, forMs: number): Promise<boolean>;
  /** Gives the lead back, if it is the holder's. */
  resign(holder: string): Promise<void>;
  /** Who leads now; `null` when nobody does. */
  leader(): Promise<string | null>;
  /** Episodes that last, that ended since `sinceMs`, or that acted and were not acknowledged; oldest first. */
  episodes(sinceMs: number): Promise<readonly Episode[]>;
  /** Adds episodes or replaces those of the same id, all or none; that one was acknowledged is never taken back by it. */
  put(episodes: readonly Episode[]): Promise<void>;
  /** Marks episodes as seen, by the database's clock; those that were before are left alone. */
  acknowledge(ids: readonly string[], by: string): Promise<void>;
  /** The database's clock. */
  nowMs(): Promise<number>;
  /** Marks that a process of the service was alive in the minute of `atMs`. */
  markMinute(atMs: number): Promise<void>;
  /** How many minutes since `fromMs` had a mark, and when the first mark since then was; `null` when there is none. */
  minutes(
    fromMs: number,
    untilMs: number,
  ): Promise<{ readonly marked: number; readonly firstMs: number | null }>;
  close(): Promise<void>;
}
