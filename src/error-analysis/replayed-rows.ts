import type { Asked, FailureKind, ScoredRow } from '../analysis/scored-row.js';
import type { Batches } from '../booking/batches.js';
import type { Booking } from '../booking/booking.js';
import { isSettled, type SettledBooking } from '../booking/outcome.js';
import { bookingDistanceKm } from '../features/distance.js';
import { featureWriter } from '../features/features.js';
import { rangeChecker } from '../features/out-of-range.js';
import { confidenceOf, difficultyOf, intervalOf } from '../model/interval.js';
import type { Manifest } from '../model/manifest.js';
import { type Arms, type ScoredBatch, scoreBookings } from '../replay/score.js';
import { type ExclusionCounts, exclusionRules, type Window } from '../replay/selection.js';

/** Where scored rows go, one after another: nobody else holds them. */
export interface RowSinks {
  row(row: ScoredRow): void | Promise<void>;
  /** A row of the baseline window. */
  earlier(row: ScoredRow): void;
}

/** What is known of the bookings besides their rows. */
export interface Reading {
  readonly asked: Asked;
  /** Left out, by reason. */
  readonly excluded: Readonly<Record<string, number>>;
  readonly simulated: boolean;
}

export interface Windows {
  readonly window: Window;
  /** Bookings in it are what the others are held against, and not analysed. */
  readonly baseline: Window | null;
}

/** Replays a stream of bookings; what the model learned from is left out, but for a baseline, which nothing is scored on. */
export async function replayedRows(
  batches: Batches<Booking>,
  arms: Arms,
  { window, baseline }: Windows,
  sinks: RowSinks,
): Promise<Reading> {
  const tally = emptyTally();
  const exclude = exclusionRules(window, arms.model.manifest.data);
  const rowOf = rowMaker(arms.model.manifest);
  const isEarlier = (booking: Booking) => baseline !== null && isInside(baseline, booking);
  const candidates = settledOf(batches, exclude, isEarlier, tally);
  for await (const scored of scoreBookings(candidates, arms)) {
    for (const booking of scored.ineligible) if (!isEarlier(booking)) count(tally, 'ineligible');
    for (const [i, booking] of scored.bookings.entries()) {
      const early = isEarlier(booking);
      const failed = Number.isNaN(scored.modelMinutes[i]);
      if (!early) tally.attempts += 1;
      if (!early && failed) count(tally, 'model_failed');
      if (failed) continue;
      if (early) sinks.earlier(rowOf(scored, i));
      else await sinks.row(rowOf(scored, i));
    }
  }
  return { asked: askedOf(tally), excluded: tally.excluded, simulated: tally.simulated };
}

interface Tally {
  readonly excluded: ExclusionCounts;
  readonly perDay: Map<number, number>;
  bookings: number;
  attempts: number;
  missingDistance: number;
  weatherDefault: number;
  simulated: boolean;
}

function emptyTally(): Tally {
  return {
    excluded: {},
    perDay: new Map(),
    bookings: 0,
    attempts: 0,
    missingDistance: 0,
    weatherDefault: 0,
    simulated: false,
  };
}

async function* settledOf(
  batches: Batches<Booking>,
  exclude: ReturnType<typeof exclusionRules>,
  isEarlier: (booking: Booking) => boolean,
  tally: Tally,
): AsyncGenerator<readonly SettledBooking[]> {
  const isWanted = (booking: Booking): booking is SettledBooking => {
    if (isEarlier(booking)) return isSettled(booking);
    const reason = exclude(booking);
    if (reason !== null) count(tally, reason);
    // Nobody knows yet how late it is, but it was asked for.
    if (reason === null || reason === 'not_settled') addAsked(tally, booking);
    return reason === null && isSettled(booking);
  };
  for await (const batch of batches) yield batch.filter(isWanted);
}

function addAsked(tally: Tally, booking: Booking): void {
  tally.bookings += 1;
  tally.simulated ||= booking.simulated;
  if (booking.given?.distance_km === undefined && bookingDistanceKm(booking) === null)
    tally.missingDistance += 1;
  if (booking.weather === null && booking.given?.weather_factor === undefined) tally.weatherDefault += 1;
  const day = booking.scheduled?.dayNumber;
  if (day !== undefined) tally.perDay.set(day, (tally.perDay.get(day) ?? 0) + 1);
}

function askedOf({ bookings, attempts, excluded, missingDistance, weatherDefault, perDay }: Tally): Asked {
  const failures: Record<FailureKind, number> = {
    failed: excluded.model_failed ?? 0,
    late: 0,
    not_finite: 0,
  };
  return {
    bookings,
    attempts,
    failures,
    ineligible: excluded.ineligible ?? 0,
    missingDistance,
    weatherDefault,
    weatherReasons: weatherDefault > 0 ? { no_history: weatherDefault } : {},
    perDay,
  };
}

function rowMaker(manifest: Manifest): (scored: ScoredBatch<SettledBooking>, i: number) => ScoredRow {
  const names = manifest.features.map(({ name }) => name);
  const write = featureWriter(names, manifest.encodings);
  const beyond = rangeChecker(manifest.features);
  const { interval } = manifest;
  return (scored, i) => {
    const [booking, inputs] = [scored.bookings[i]!, scored.inputs[i]!];
    const [modelMinutes, heuristicMinutes] = [scored.modelMinutes[i]!, scored.heuristicMinutes[i]!];
    const features = new Float32Array(names.length);
    write(inputs, booking.given, features);
    const bounds = interval === null ? null : intervalOf(interval, modelMinutes, features, names);
    return {
      bookingId: booking.id,
      atMs: booking.scheduled?.epochMs ?? null,
      day: booking.scheduled?.dayNumber ?? null,
      driverId: booking.driverId,
      driverTotalBookings: Number.isNaN(inputs.driverTotalBookings) ? null : inputs.driverTotalBookings,
      modelMinutes,
      heuristicMinutes,
      actualMinutes: booking.actualDelayMinutes,
      lowerMinutes: bounds?.lower ?? null,
      upperMinutes: bounds?.upper ?? null,
      confidence: interval === null ? null : confidenceOf(interval, modelMinutes, features, names),
      expectedErrorMinutes:
        interval === null ? null : difficultyOf(interval.difficulty, modelMinutes, features, names),
      weatherFactor: inputs.weatherFactor,
      features,
      outOfRange: beyond(features).map(({ name }) => name),
    };
  };
}

export function isInside({ fromMs, untilMs }: Window, { scheduled }: Pick<Booking, 'scheduled'>): boolean {
  if (scheduled === null) return false;
  const { epochMs } = scheduled;
  return (fromMs === null || epochMs >= fromMs) && (untilMs === null || epochMs < untilMs);
}

function count({ excluded }: Tally, reason: keyof ExclusionCounts): void {
  excluded[reason] = (excluded[reason] ?? 0) + 1;
}
