import type { Asked, FailureKind, ScoredRow } from '../analysis/scored-row.js';
import { localTime } from '../booking/local-time.js';
import { LARGEST_DELAY_MINUTES } from '../booking/outcome.js';
import { rangeChecker } from '../features/out-of-range.js';
import type { Ledger, PredictionRow, StoredPrediction } from '../ledger/ledger.js';
import type { Manifest } from '../model/manifest.js';
import { daysAsked } from './days-asked.js';
import type { Reading, RowSinks, Windows } from './replayed-rows.js';

interface LedgerReading extends Windows {
  readonly manifest: Manifest;
  readonly timeZone: string;
  readonly nowMs: number;
}

/**
 * What was answered and settled, by the one model version that `manifest` describes: errors of two models tell of
 * neither. The window is of settlement for errors, and of requests for what was asked; a baseline is of pickup times.
 */
export async function ledgerRows(ledger: Ledger, reading: LedgerReading, sinks: RowSinks): Promise<Reading> {
  const { manifest, window, baseline, nowMs } = reading;
  const fromMs = window.fromMs ?? 0;
  const rowOf = rowMaker(reading);
  const excluded: Record<string, number> = {};
  let simulated = false;
  for await (const stored of ledger.scored(baseline === null ? fromMs : 0, nowMs + 1)) {
    const reason = unfit(stored, manifest);
    const isEarlier = baseline !== null && isDue(stored.row, baseline);
    if (!isEarlier && (stored.settledMs ?? 0) < fromMs) continue;
    if (reason !== null) {
      if (!isEarlier) excluded[reason] = (excluded[reason] ?? 0) + 1;
      continue;
    }
    if (isEarlier) sinks.earlier(rowOf(stored));
    else await sinks.row(rowOf(stored));
    simulated ||= stored.row.simulated;
  }
  const asked = await askedOf(ledger.recorded(fromMs, nowMs + 1), reading);
  return { asked, excluded, simulated };
}

function unfit({ row, actualDelayMinutes }: StoredPrediction, { version }: Manifest): LedgerExclusion | null {
  if (row.modelVersion !== version) return 'other_model';
  if (row.modelMinutes === null) return 'not_scored_by_model';
  return Math.abs(actualDelayMinutes ?? 0) > LARGEST_DELAY_MINUTES ? 'delay_over_180_min' : null;
}

/** Why a settled answer takes no part. */
type LedgerExclusion = 'other_model' | 'not_scored_by_model' | 'delay_over_180_min';

function isDue(
  { scheduledMs }: PredictionRow,
  { fromMs, untilMs }: NonNullable<Windows['baseline']>,
): boolean {
  if (scheduledMs === null) return false;
  return (fromMs === null || scheduledMs >= fromMs) && (untilMs === null || scheduledMs < untilMs);
}

/** Makes rows of what is stored: of answers of the model, settled or not (the outcome is then missing). */
export function rowMaker({
  manifest,
  timeZone,
}: Pick<LedgerReading, 'manifest' | 'timeZone'>): (stored: StoredPrediction) => ScoredRow {
  const names = manifest.features.map(({ name }) => name);
  const beyond = rangeChecker(manifest.features);
  return ({ row, actualDelayMinutes }) => {
    const features = Float32Array.from(names, (name) => row.features[name] ?? Number.NaN);
    const { lowerMinutes, upperMinutes } = row;
    return {
      bookingId: row.bookingId,
      atMs: row.scheduledMs,
      day: dayOf(row, timeZone),
      driverId: row.driverId,
      driverTotalBookings: row.features.driver_total_bookings ?? null,
      modelMinutes: row.modelMinutes!,
      heuristicMinutes: row.heuristicMinutes,
      actualMinutes: actualDelayMinutes!,
      lowerMinutes,
      upperMinutes,
      confidence: row.confidence,
      // An interval is as wide as the error that was expected; only proportions matter.
      expectedErrorMinutes:
        lowerMinutes === null || upperMinutes === null ? null : (upperMinutes - lowerMinutes) / 2,
      weatherFactor: row.weatherFactor,
      features,
      outOfRange: beyond(features).map(({ name }) => name),
    };
  };
}

function dayOf({ scheduledMs, createdMs }: PredictionRow, timeZone: string): number {
  return localTime(scheduledMs ?? createdMs, timeZone).dayNumber;
}

/** A booking may be asked about again and again: it counts once for the day, an attempt each time. */
async function askedOf(
  recorded: AsyncIterable<StoredPrediction>,
  { timeZone, manifest }: LedgerReading,
): Promise<Asked> {
  const failures: Record<FailureKind, number> = { failed: 0, late: 0, not_finite: 0 };
  const weatherReasons: Record<string, number> = {};
  const days = daysAsked();
  const counts = { bookings: 0, attempts: 0, ineligible: 0, missingDistance: 0, weatherDefault: 0 };
  const takesDistance = manifest.features.some(({ name }) => name === 'distance_km');
  for await (const { row } of recorded) {
    counts.bookings += 1;
    days.add(row.bookingId, dayOf(row, timeZone));
    if (row.attempt === 'ineligible') counts.ineligible += 1;
    else if (row.attempt !== 'none') counts.attempts += 1;
    if (isFailure(row.attempt)) failures[row.attempt] += 1;
    if (takesDistance && row.features.distance_km === null) counts.missingDistance += 1;
    if (row.weatherReason === null) continue;
    counts.weatherDefault += 1;
    weatherReasons[row.weatherReason] = (weatherReasons[row.weatherReason] ?? 0) + 1;
  }
  return { ...counts, failures, weatherReasons, perDay: days.perDay() };
}

function isFailure(attempt: PredictionRow['attempt']): attempt is FailureKind {
  return attempt === 'failed' || attempt === 'late' || attempt === 'not_finite';
}
