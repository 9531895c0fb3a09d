import type { DayFigures } from '../rollout/day-figures.js';

/** A local day, whose bounds the caller computes. */
export interface DayWindow {
  /** Local days since 1970-01-01. */
  readonly dayNumber: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Different bookings that the flag assigned, by where it did. */
export interface Assignments {
  readonly model: number;
  readonly control: number;
  /** Those that were in both variants, as the share moved between two answers: they count in neither of the others. */
  readonly both: number;
}

/** What a rollout and its guard ask of the ledger; of one version of the model, or where that is `null` of any. */
export interface RolloutReads {
  /**
   * One entry for each window, in their order: the bookings that were scheduled in it, by their predictions. A booking is asked about once, however often; it is settled where its score-bearing prediction is one of
   * these, with an answer of the model, and its delay is at most 180 min. Beyond a day, an error counts as one.
   */
  dayFigures(windows: readonly DayWindow[], modelVersion: string | null): Promise<readonly DayFigures[]>;
  /**
   * The newest attempts of the model since `fromMs`, by answers of this revision of the flag or a later one, at most
   * `limit`, oldest first: whether each failed.
   */
  recentAttempts(
    fromMs: number,
    limit: number,
    modelVersion: string | null,
    revisionFrom?: number,
  ): Promise<readonly boolean[]>;
  /**
   * Of the settled bookings of {@link dayFigures} that are scheduled in the window, the newest `limit` by their
   * schedule, oldest first: whether the model was off by more than 5 min.
   */
  recentMisses(
    fromMs: number,
    untilMs: number,
    limit: number,
    modelVersion: string | null,
  ): Promise<readonly boolean[]>;
  /** What the flag's split did since `fromMs`, by answers of this revision or a later one. */
  assignments(fromMs: number, revisionFrom: number): Promise<Assignments>;
}
