import type { FeatureName } from '../features/features.js';
import type { WeatherDefaultReason } from '../weather/default-reason.js';

/** One settled booking with what both arms said: what the analysis of errors sees, wherever it was kept. */
export interface ScoredRow {
  readonly bookingId: string;
  /** The pickup's time; `null` in a table without times. */
  readonly atMs: number | null;
  /** Its local day, counted from 1970-01-01. */
  readonly day: number | null;
  readonly driverId: string | null;
  /** Bookings that the driver had completed before this one. */
  readonly driverTotalBookings: number | null;
  readonly modelMinutes: number;
  readonly heuristicMinutes: number;
  /** Minutes late, negative when early. */
  readonly actualMinutes: number;
  readonly lowerMinutes: number | null;
  readonly upperMinutes: number | null;
  /** The promised probability of an error of at most 3 minutes. */
  readonly confidence: number | null;
  /** The error that the model itself expected; `null` where its manifest has no interval. */
  readonly expectedErrorMinutes: number | null;
  readonly weatherFactor: number;
  /** In the order of the manifest, NaN for missing. */
  readonly features: Float32Array;
  /** Inputs outside of what training had seen, moving ones excepted. */
  readonly outOfRange: readonly FeatureName[];
}

/** Minutes; positive when the model predicted too late. */
export function errorOf({ modelMinutes, actualMinutes }: ScoredRow): number {
  return modelMinutes - actualMinutes;
}

export function absoluteErrorOf(row: ScoredRow): number {
  return Math.abs(errorOf(row));
}

/** |model error| − |heuristic error|, minutes; negative when the model was nearer. */
export function differenceOf(row: ScoredRow): number {
  return absoluteErrorOf(row) - Math.abs(row.heuristicMinutes - row.actualMinutes);
}

/** What was asked for in the window, settled or not. */
export interface Asked {
  readonly bookings: number;
  /** Attempts of the model; the last three kinds of `failures` are failed ones. */
  readonly attempts: number;
  readonly failures: Readonly<Record<FailureKind, number>>;
  /** Bookings that lack an input which the model needs. */
  readonly ineligible: number;
  readonly missingDistance: number;
  readonly weatherDefault: number;
  readonly weatherReasons: Readonly<Partial<Record<WeatherDefaultReason, number>>>;
  /** By local day of the pickup. */
  readonly perDay: ReadonlyMap<number, number>;
}

export type FailureKind = 'failed' | 'late' | 'not_finite';
