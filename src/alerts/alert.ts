/** Something that people should know: what the guard found, did or saw end, and what the plan did by itself. No personal data. */
export interface Alert {
  /** The same event has the same id, whoever tells of it: it is sent once. */
  readonly id: string;
  readonly flag: string;
  /** A rule of the guard, `telemetry` where nothing could be looked at, `rollout` for the plan's own moves, or `test`. */
  readonly subject: string;
  readonly kind: AlertKind;
  readonly severity: Severity;
  /** Since when, and when it was seen to be so; ms since the epoch. */
  readonly beganMs: number;
  readonly atMs: number;
  /** What was measured, and what it is held against; `null` where there is no number. */
  readonly value: number | null;
  readonly threshold: number | null;
  /** The guard's own sentence, in English, with the evidence. */
  readonly evidence: string;
  /** What was done; `null` for nothing. `percentage` is what the model answers afterwards. */
  readonly done: {
    readonly action: DoneAction;
    readonly percentage: number | null;
    readonly dryRun: boolean;
  } | null;
  /** Whether it rests on simulated bookings. */
  readonly simulated: boolean;
  /** Those of a digest, oldest first; absent else. */
  readonly items?: readonly Alert[];
}

/**
 * `begun`: an episode began; `acted`: the guard did something about it; `recovered`: it is over; `reminder`: it lasts, and nobody
 * has acknowledged it; `moved`: the plan went on by itself; `digest`: notices of a day; `test`: somebody asked for it.
 */
export type AlertKind = 'begun' | 'acted' | 'recovered' | 'reminder' | 'moved' | 'digest' | 'test';

/** `critical`: traffic was taken back, or should be; `warning`: somebody should look today; `notice`: good to know. */
export type Severity = 'critical' | 'warning' | 'notice';

export type DoneAction =
  | 'hold'
  | 'halve'
  | 'roll_back'
  | 'disable'
  | 'ready'
  | 'not_ready'
  | 'advance'
  | 'confirmed'
  | 'complete';
