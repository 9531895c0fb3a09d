import type { PredictionSource } from '../model/prediction.js';
import type { WeatherDefaultReason } from '../weather/default-reason.js';
import type { RolloutReads } from './rollout-reads.js';

/** One answer that was given, with what both arms said. */
export interface PredictionRow {
  /** The caller's, or made up: names the answer. A second row of the same id is left out. */
  readonly requestId: string;
  readonly bookingId: string;
  readonly createdMs: number;
  /** The pickup's time; `null` where the booking had none. */
  readonly scheduledMs: number | null;
  readonly variant: 'model' | 'control';
  readonly source: PredictionSource;
  readonly reason: string | null;
  /** The flag by which it was decided; `null` where no flag was known. */
  readonly revision: number | null;
  readonly percentage: number | null;
  readonly predictedMinutes: number;
  readonly modelMinutes: number | null;
  readonly heuristicMinutes: number;
  readonly lowerMinutes: number | null;
  readonly upperMinutes: number | null;
  /** 0–1, of the model's answer, shadow included. */
  readonly confidence: number | null;
  readonly attempt: ModelAttempt;
  /** Features, weather and model, measured to completion; `null` where the model was not asked. */
  readonly predictionTimeMs: number | null;
  readonly weatherFactor: number;
  readonly weatherReason: WeatherDefaultReason | null;
  /** How many inputs lay outside of what the model was trained on. */
  readonly outOfRange: number;
  /** The inputs by name, for the analysis of errors; no personal data. */
  readonly features: Readonly<Record<string, number | null>>;
  readonly driverId: string | null;
  readonly modelName: string;
  readonly modelVersion: string;
  readonly simulated: boolean;
  readonly instance: string;
  /** The answer as it was sent, where the caller named the request and may repeat it. */
  readonly answer: string | null;
}

/**
 * What became of asking the model: `none`, nobody asked; `ineligible`, the booking lacks an input and no attempt was
 * made; the last three count as failures of an attempt.
 */
export type ModelAttempt = 'none' | 'ineligible' | 'answered' | 'failed' | 'late' | 'not_finite';

/** What happened to a booking. */
export interface Outcome {
  readonly bookingId: string;
  /** Minutes late, negative when early. */
  readonly actualDelayMinutes: number;
  /** Where known; scores use the booking's last prediction before it. */
  readonly actualPickupMs: number | null;
  /** Who says so: `api`, `postgres`, `file`. */
  readonly origin: string;
}

export interface Settlement {
  /** Outcomes that were new. */
  readonly settled: number;
  /** Outcomes that replaced another value; each is audited. */
  readonly corrected: number;
  /** Outcomes already known. */
  readonly unchanged: number;
  /** Of all these, how many name a booking that nobody asked about (yet); they are kept. */
  readonly unpredicted: number;
}

/** Scores of one arm on settled bookings; `null` for what no booking tells. */
export interface ArmScores {
  readonly count: number;
  readonly mae: number | null;
  readonly rmse: number | null;
  readonly r2: number | null;
  /** Mean of predicted − actual, minutes. */
  readonly bias: number | null;
  /** Share with |error| < 3 min. */
  readonly accuracyRate: number | null;
  /** Share with |error| > 5 min. */
  readonly missRate: number | null;
}

/** What was asked and answered, by request time. */
export interface Traffic {
  readonly requests: number;
  readonly modelVariant: number;
  readonly bySource: Readonly<Record<PredictionSource, number>>;
  /** Attempts of the model, shadow included, and those that failed. */
  readonly attempts: number;
  readonly failures: number;
  readonly ineligible: number;
  readonly weatherDefaults: number;
  /** Those with an input outside of what the model was trained on. */
  readonly outOfRange: number;
  readonly simulated: number;
  readonly avgConfidence: number | null;
  readonly avgPredictionTimeMs: number | null;
  /** From a sketch: within 2 % of the true value. */
  readonly predictionTimeMs: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  /** Answers whose prediction time was measured, and of these, how many took longer than a second; within 2 % too. */
  readonly timed: number;
  readonly slow: number;
}

/** What became known in a window, by settlement time. */
export interface Accuracy {
  /** Bookings with a prediction from before their pickup: those that are scored. */
  readonly settled: number;
  /** Bookings that were asked about only after their pickup. */
  readonly unscored: number;
  /** Bookings that nobody asked about. */
  readonly unpredicted: number;
  /** Both arms on every settled booking that both scored. */
  readonly model: ArmScores;
  readonly heuristic: ArmScores;
  /** Only what was shown: the answers given, whoever gave them, and those the model gave. */
  readonly served: ArmScores;
  readonly servedByModel: ArmScores;
  /** MAE(model) / MAE(heuristic) − 1 on the same bookings; a point, without an interval. */
  readonly improvement: number | null;
  /** Of the bookings that the model scored: late more than 5 min, and of those, predicted late by it. */
  readonly late: number;
  readonly latePredicted: number;
  /** Settled bookings whose delay lay inside of the model's interval, and those that had one. */
  readonly covered: number;
  readonly withInterval: number;
}

export interface WindowMetrics {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly traffic: Traffic;
  readonly accuracy: Accuracy;
}

/** A stored answer with its outcome, newest first in pages. */
export interface StoredPrediction {
  readonly row: PredictionRow;
  readonly actualDelayMinutes: number | null;
  readonly settledMs: number | null;
}

export interface Page {
  readonly predictions: readonly StoredPrediction[];
  /** Continues after this page; `null` at the end. */
  readonly cursor: string | null;
}

/** A settled booking whose score-bearing prediction was far off. */
export interface Anomaly {
  readonly bookingId: string;
  readonly predictedMinutes: number;
  readonly actualMinutes: number;
  /** |predicted − actual|, minutes. */
  readonly errorMinutes: number;
  readonly confidence: number | null;
  readonly createdMs: number;
}

/** What is removed goes in small transactions, with a rest between them for everybody else. */
export interface SweepOptions {
  /** Rows, or spans of time, in one transaction. */
  readonly batch?: number;
  /** Ends it after the transaction under way. */
  readonly signal?: AbortSignal;
}

/** Predictions and outcomes, in SQLite or Postgres. All but `close` reject with UNAVAILABLE when it does not answer. */
export interface Ledger extends RolloutReads {
  /** Writes rows, all or none; rows already there are left alone. Durable when it resolves. */
  record(rows: readonly PredictionRow[]): Promise<void>;
  /** The answer stored for a request id; `null` when there is none. */
  answerOf(requestId: string): Promise<string | null>;
  /** The pickup's time of each booking that was asked about, by its newest row that has one; others are left out. */
  scheduledOf(bookingIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  settle(outcomes: readonly Outcome[], nowMs: number): Promise<Settlement>;
  /**
   * From the aggregates: its time does not grow with the history. The window is widened to whole minutes, and where
   * those are no longer kept, to whole days in UTC.
   */
  metrics(fromMs: number, untilMs: number): Promise<WindowMetrics>;
  /** One entry for each window, oldest first; for local days, whose bounds the caller computes. */
  daily(
    windows: readonly { readonly fromMs: number; readonly untilMs: number }[],
  ): Promise<readonly WindowMetrics[]>;
  /** Totals since the last reset, over all instances. */
  totals(): Promise<{ readonly sinceMs: number | null; readonly traffic: Traffic }>;
  resetTotals(nowMs: number): Promise<void>;
  predictions(limit: number, cursor: string | null): Promise<Page>;
  /** The answers about one booking, newest first. */
  predictionsOf(bookingId: string, limit: number): Promise<readonly StoredPrediction[]>;
  /** Settled since `fromMs` with an error above the threshold, largest first, at most `limit`; and how many there are. */
  anomalies(
    fromMs: number,
    thresholdMinutes: number,
    limit: number,
  ): Promise<{ readonly count: number; readonly anomalies: readonly Anomaly[] }>;
  /** Settled bookings with their score-bearing prediction, by settlement time, streamed; for the analysis of errors. */
  scored(fromMs: number, untilMs: number): AsyncIterable<StoredPrediction>;
  /** Every answer by request time, settled or not, streamed. */
  recorded(fromMs: number, untilMs: number): AsyncIterable<StoredPrediction>;
  /** The newest answer's time; `null` when there is none. */
  lastRecordedMs(): Promise<number | null>;
  /** How far `outcomes sync` has read, by name of the source. */
  watermark(source: string): Promise<string | null>;
  setWatermark(source: string, value: string): Promise<void>;
  /** Removes rows created before, and leaves the aggregates. Returns how many answers. */
  prune(beforeMs: number, options?: SweepOptions): Promise<number>;
  /** Keeps of all before the aggregates of days only. */
  coarsen(beforeMs: number, options?: SweepOptions): Promise<void>;
  /** For `doctor` and `status`. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
