import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { Batches } from '../booking/batches.js';
import type { Booking } from '../booking/booking.js';
import type { Clock } from '../clock.js';
import { AtmrError } from '../errors.js';
import { type FeatureName, featureWriter } from '../features/features.js';
import { emptyInputs, type Inputs, readInputsInto } from '../features/inputs.js';
import { type HeuristicSettings, heuristicMinutes } from '../model/heuristic.js';
import type { Model } from '../model/model.js';
import { DEADLINE_MS } from '../model/onnxruntime.js';

/** Both arms' answers to one booking, in minutes late. */
export interface ScoredBooking<T extends Booking = Booking> {
  readonly booking: T;
  /** NaN when the model failed: it rejected, its result was not finite, or alone it took longer than the deadline. */
  readonly modelMinutes: number;
  /** Of the arm that the model is held against: the heuristic, or another model (NaN where that failed). */
  readonly heuristicMinutes: number;
  /** Features + model for this booking alone; `null` where it was predicted in a batch. */
  readonly latencyMs: number | null;
}

export interface Arms {
  readonly model: Model;
  readonly heuristic: HeuristicSettings;
  /** Takes the heuristic's place. */
  readonly against?: Model | null;
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
 * for is ineligible: the outcome names the feature. Holds two batches at a time.
 */
export async function* scoreBookings<T extends Booking>(
  batches: Batches<T>,
  arms: Arms,
): AsyncGenerator<readonly ScoreOutcome<T>[]> {
  const batch = emptyBatch<T>(arms);
  let timed = 0;
  let outcomes: ScoreOutcome<T>[] = [];
  for await (const bookings of batches) {
    for (const booking of bookings) {
      const missing = addToBatch(batch, booking, arms);
      const single = missing === null && timed < TIMED_PREDICTIONS;
      if (missing !== null) outcomes.push({ booking, ineligible: missing });
      if (single) {
        timed += 1;
        await score(batch, arms, outcomes, true);
      }
      if (batch.bookings.length < BATCH && outcomes.length < BATCH) continue;
      await score(batch, arms, outcomes, false);
      yield outcomes;
      outcomes = [];
      // Bookings that were kept come without waiting for a file, and nothing else would let Ctrl-C be heard.
      await turnOfTheLoop();
    }
  }
  await score(batch, arms, outcomes, false);
  if (outcomes.length > 0) yield outcomes;
}

/** The features of a batch for one model, and its answers. */
interface Asked {
  readonly model: Model;
  readonly write: ReturnType<typeof featureWriter>;
  readonly width: number;
  /** Columns in which the model cannot take a missing value. */
  readonly required: readonly number[];
  readonly rows: Float32Array;
  readonly minutes: Float64Array;
}

interface Batch<T> {
  readonly model: Asked;
  readonly against: Asked | null;
  readonly heuristicMinutes: Float64Array;
  /** Of the booking that is being added. */
  readonly inputs: Inputs;
  bookings: T[];
  startedMs: number;
}

function emptyBatch<T>({ model, against }: Arms): Batch<T> {
  return {
    model: askedOf(model),
    against: against ? askedOf(against) : null,
    heuristicMinutes: new Float64Array(BATCH),
    inputs: emptyInputs(),
    bookings: [],
    startedMs: 0,
  };
}

function askedOf(model: Model): Asked {
  const { manifest } = model;
  const names = manifest.features.map((feature) => feature.name);
  return {
    model,
    write: featureWriter(names, manifest.encodings),
    width: names.length,
    required: manifest.features.flatMap((feature, column) => (feature.missing ? [] : [column])),
    rows: new Float32Array(BATCH * names.length),
    minutes: new Float64Array(BATCH),
  };
}

/** Appends the booking's row; the name of a missing required feature when there is one, and nothing is appended. */
function addToBatch<T extends Booking>(
  batch: Batch<T>,
  booking: T,
  { heuristic, clock }: Arms,
): FeatureName | null {
  const index = batch.bookings.length;
  batch.startedMs = clock.monotonicMs();
  const { inputs } = batch;
  readInputsInto(inputs, booking);
  for (const asked of batch.against === null ? [batch.model] : [batch.model, batch.against]) {
    const missing = writeRow(asked, index, inputs, booking);
    if (missing !== null) return missing;
  }
  batch.heuristicMinutes[index] = heuristicMinutes(inputs.distanceKm, heuristic);
  batch.bookings.push(booking);
  return null;
}

function writeRow(asked: Asked, index: number, inputs: Inputs, { given }: Booking): FeatureName | null {
  const { write, width, required, rows, model } = asked;
  const offset = index * width;
  write(inputs, given, rows, offset);
  for (const column of required) {
    if (Number.isNaN(rows[offset + column])) return model.manifest.features[column]!.name;
  }
  return null;
}

/** A runtime that fails, or misses its deadline, has failed on every booking that it was asked about. */
async function predictOrFail({ model, rows, minutes }: Asked, count: number) {
  try {
    await model.predict(rows, count, minutes);
  } catch (failure) {
    if (!(failure instanceof AtmrError)) throw failure;
    minutes.fill(Number.NaN, 0, count);
  }
}

/** Asks both arms about the batch, which is then empty, and appends what came of it to `outcomes`. */
async function score<T extends Booking>(
  batch: Batch<T>,
  { clock, deadlineMs = DEADLINE_MS }: Arms,
  outcomes: ScoreOutcome<T>[],
  timed: boolean,
): Promise<void> {
  const { bookings, against } = batch;
  const { minutes } = batch.model;
  if (bookings.length === 0) return;
  await predictOrFail(batch.model, bookings.length);
  const latencyMs = timed ? clock.monotonicMs() - batch.startedMs : null;
  // An answer after the deadline would have been the heuristic's when serving.
  if (latencyMs !== null && latencyMs > deadlineMs) minutes[0] = Number.NaN;
  if (against !== null) await predictOrFail(against, bookings.length);
  const other = against?.minutes ?? batch.heuristicMinutes;
  batch.bookings = [];
  for (let i = 0; i < bookings.length; i += 1) {
    outcomes.push({
      booking: bookings[i]!,
      modelMinutes: numberOrNaN(minutes[i]!),
      heuristicMinutes: against === null ? other[i]! : numberOrNaN(other[i]!),
      latencyMs,
    });
  }
}

/** An infinite answer is as little an answer as none. */
function numberOrNaN(minutes: number): number {
  return Number.isFinite(minutes) ? minutes : Number.NaN;
}
