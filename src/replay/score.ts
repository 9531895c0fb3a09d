import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { Booking } from '../booking/booking.js';
import type { Clock } from '../clock.js';
import { AtmrError } from '../errors.js';
import { type FeatureName, featureWriter } from '../features/features.js';
import { readInputs } from '../features/inputs.js';
import { type HeuristicSettings, heuristicMinutes } from '../model/heuristic.js';
import type { Model } from '../model/model.js';
import { DEADLINE_MS } from '../model/onnxruntime.js';

/** Both arms' answers to one booking, in minutes late. */
export interface ScoredBooking<T extends Booking = Booking> {
  readonly booking: T;
  /** NaN when the model failed: it rejected, its result was not finite, or alone it took longer than the deadline. */
  readonly modelMinutes: number;
  readonly heuristicMinutes: number;
  /** Features + model for this booking alone; `null` where it was predicted in a batch. */
  readonly latencyMs: number | null;
}

export interface Arms {
  readonly model: Model;
  readonly heuristic: HeuristicSettings;
  readonly clock: Clock;
  /** How long a single prediction may take; that of serving by default. */
  readonly deadlineMs?: number;
}

export type ScoreOutcome<T extends Booking> =
  | ScoredBooking<T>
  | { readonly booking: T; readonly ineligible: FeatureName };

/** So many bookings are predicted one by one, as serving does, and timed; the rest in batches. */
export const TIMED_PREDICTIONS = 1000;
const BATCH = 1024;

/**
 * Scores a stream of bookings by both arms, in order. A booking that lacks an input the model has no missing track
 * for is ineligible: the outcome names the feature. Holds one batch at a time.
 */
export async function* scoreBookings<T extends Booking>(
  bookings: AsyncIterable<T> | Iterable<T>,
  arms: Arms,
): AsyncGenerator<ScoreOutcome<T>> {
  const batch = emptyBatch<T>(arms.model);
  let timed = 0;
  for await (const booking of bookings) {
    const missing = addToBatch(batch, booking, arms);
    if (missing !== null) {
      yield { booking, ineligible: missing };
      continue;
    }
    const single = timed < TIMED_PREDICTIONS;
    if (single) timed += 1;
    if (!single && batch.bookings.length < BATCH) continue;
    yield* flush(batch, arms, single);
    // Bookings that were kept come without waiting for a file, and nothing else would let Ctrl-C be heard.
    if (!single) await turnOfTheLoop();
  }
  yield* flush(batch, arms, false);
}

interface Batch<T> {
  readonly write: ReturnType<typeof featureWriter>;
  readonly width: number;
  /** Columns in which the model cannot take a missing value. */
  readonly required: readonly number[];
  readonly rows: Float32Array;
  readonly minutes: Float64Array;
  readonly heuristicMinutes: Float64Array;
  bookings: T[];
  startedMs: number;
}

function emptyBatch<T>({ manifest }: Model): Batch<T> {
  const names = manifest.features.map((feature) => feature.name);
  return {
    write: featureWriter(names, manifest.encodings),
    width: names.length,
    required: manifest.features.flatMap((feature, column) => (feature.missing ? [] : [column])),
    rows: new Float32Array(BATCH * names.length),
    minutes: new Float64Array(BATCH),
    heuristicMinutes: new Float64Array(BATCH),
    bookings: [],
    startedMs: 0,
  };
}

/** Appends the booking's row; the name of a missing required feature when there is one, and nothing is appended. */
function addToBatch<T extends Booking>(
  batch: Batch<T>,
  booking: T,
  { model, heuristic, clock }: Arms,
): FeatureName | null {
  const index = batch.bookings.length;
  const offset = index * batch.width;
  batch.startedMs = clock.monotonicMs();
  const inputs = readInputs(booking);
  batch.write(inputs, booking.given, batch.rows, offset);
  for (const column of batch.required) {
    if (Number.isNaN(batch.rows[offset + column])) return model.manifest.features[column]!.name;
  }
  batch.heuristicMinutes[index] = heuristicMinutes(inputs.distanceKm, heuristic);
  batch.bookings.push(booking);
  return null;
}

/** A runtime that fails, or misses its deadline, has failed on every booking that it was asked about. */
async function predictOrFail(model: Model, rows: Float32Array, count: number, minutes: Float64Array) {
  try {
    await model.predict(rows, count, minutes);
  } catch (failure) {
    if (!(failure instanceof AtmrError)) throw failure;
    minutes.fill(Number.NaN, 0, count);
  }
}

async function* flush<T extends Booking>(
  batch: Batch<T>,
  { model, clock, deadlineMs = DEADLINE_MS }: Arms,
  timed: boolean,
): AsyncGenerator<ScoredBooking<T>> {
  const { bookings, rows, minutes } = batch;
  if (bookings.length === 0) return;
  await predictOrFail(model, rows, bookings.length, minutes);
  const latencyMs = timed ? clock.monotonicMs() - batch.startedMs : null;
  // An answer after the deadline would have been the heuristic's when serving.
  if (latencyMs !== null && latencyMs > deadlineMs) minutes[0] = Number.NaN;
  batch.bookings = [];
  for (let i = 0; i < bookings.length; i += 1) {
    yield {
      booking: bookings[i]!,
      modelMinutes: Number.isFinite(minutes[i]) ? minutes[i]! : Number.NaN,
      heuristicMinutes: batch.heuristicMinutes[i]!,
      latencyMs,
    };
  }
}
