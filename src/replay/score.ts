import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { Batches } from '../booking/batches.js';
import type { Booking } from '../booking/booking.js';
import type { Clock } from '../clock.js';
import { AtmrError } from '../errors.js';
import { featureWriter } from '../features/features.js';
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
}

/** Both arms' answers to some bookings. Holds until the next batch is asked for, which comes in the same memory. */
export interface ScoredBatch<T extends Booking = Booking> {
  readonly bookings: readonly T[];
  /** What both arms saw, and their answers as in {@link ScoredBooking}: of each booking, in the same order. */
  readonly inputs: readonly Inputs[];
  readonly modelMinutes: Float64Array;
  readonly heuristicMinutes: Float64Array;
  /** Features + model of each booking alone; NaN where it was predicted with others. */
  readonly latenciesMs: Float64Array;
  /** Bookings beside those, which lack an input that the model has no missing track for. */
  readonly ineligible: readonly T[];
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

/** So many bookings are predicted one by one, as serving does, and timed; the rest in batches. */
export const TIMED_PREDICTIONS = 1000;
const BATCH = 1024;

/** Scores a stream of bookings by both arms, in order. */
export async function* scoreBookings<T extends Booking>(
  batches: Batches<T>,
  arms: Arms,
): AsyncGenerator<ScoredBatch<T>> {
  const batch = emptyBatch<T>(arms);
  let timed = 0;
  for await (const bookings of batches) {
    for (let next = 0; next < bookings.length; ) {
      if (timed < TIMED_PREDICTIONS) {
        batch.startedMs = arms.clock.monotonicMs();
        const before = batch.bookings.length;
        next = fill(batch, bookings, next, next + 1, arms);
        timed += batch.bookings.length - before;
        await predictRest(batch, arms, true);
      } else {
        next = fill(batch, bookings, next, bookings.length, arms);
      }
      if (!isFull(batch)) continue;
      await predictRest(batch, arms, false);
      yield batch;
      empty(batch);
      // Bookings that were kept come without waiting for a file, and nothing else would let Ctrl-C be heard.
      await turnOfTheLoop();
    }
  }
  await predictRest(batch, arms, false);
  yield batch;
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

interface Batch<T extends Booking> extends ScoredBatch<T> {
  readonly model: Asked;
  readonly against: Asked | null;
  readonly bookings: T[];
  /** As many as there ever were in a batch: they are filled anew. */
  readonly inputs: Inputs[];
  readonly ineligible: T[];
  /** So many of the bookings are predicted already. */
  predicted: number;
  startedMs: number;
}

function emptyBatch<T extends Booking>({ model, against }: Arms): Batch<T> {
  const asked = askedOf(model);
  const other = against ? askedOf(against) : null;
  return {
    model: asked,
    against: other,
    bookings: [],
    inputs: Array.from({ length: BATCH }, emptyInputs),
    modelMinutes: asked.minutes,
    heuristicMinutes: other?.minutes ?? new Float64Array(BATCH),
    latenciesMs: new Float64Array(BATCH),
    ineligible: [],
    predicted: 0,
    startedMs: 0,
  };
}

function empty<T extends Booking>(batch: Batch<T>): void {
  batch.bookings.length = 0;
  batch.ineligible.length = 0;
  batch.predicted = 0;
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

function isFull<T extends Booking>({ bookings, ineligible }: Batch<T>): boolean {
  return bookings.length === BATCH || ineligible.length === BATCH;
}

/**
 * Appends bookings until the batch is full; returns which is the next. A loop of its own: one in a function that waits
 * is compiled anew in every replay.
 */
function fill<T extends Booking>(
  batch: Batch<T>,
  bookings: readonly T[],
  from: number,
  until: number,
  arms: Arms,
): number {
  let next = from;
  while (next < until && !isFull(batch)) {
    const booking = bookings[next]!;
    if (!addToBatch(batch, booking, arms)) batch.ineligible.push(booking);
    next += 1;
  }
  return next;
}

/** Appends the booking's row; false when a feature that is needed is missing, and nothing is appended. */
function addToBatch<T extends Booking>(batch: Batch<T>, booking: T, { heuristic }: Arms): boolean {
  const index = batch.bookings.length;
  const inputs = readInputsInto(batch.inputs[index]!, booking);
  if (!writeRow(batch.model, index, inputs, booking)) return false;
  if (batch.against === null) batch.heuristicMinutes[index] = heuristicMinutes(inputs.distanceKm, heuristic);
  else if (!writeRow(batch.against, index, inputs, booking)) return false;
  batch.bookings.push(booking);
  return true;
}

/** False when a feature that is needed is missing. */
function writeRow(asked: Asked, index: number, inputs: Inputs, { given }: Booking): boolean {
  const { write, width, required, rows } = asked;
  const offset = index * width;
  write(inputs, given, rows, offset);
  for (const column of required) if (Number.isNaN(rows[offset + column])) return false;
  return true;
}

/** Asks both arms about the bookings that were added since the last time; `timed` when that is one alone. */
async function predictRest<T extends Booking>(
  batch: Batch<T>,
  { clock, deadlineMs = DEADLINE_MS }: Arms,
  timed: boolean,
): Promise<void> {
  const from = batch.predicted;
  const until = batch.bookings.length;
  if (from === until) return;
  batch.predicted = until;
  await predictOrFail(batch.model, from, until);
  batch.latenciesMs.fill(Number.NaN, from, until);
  if (timed) {
    const latencyMs = clock.monotonicMs() - batch.startedMs;
    batch.latenciesMs[from] = latencyMs;
    // An answer after the deadline would have been the heuristic's when serving.
    if (latencyMs > deadlineMs) batch.modelMinutes[from] = Number.NaN;
  }
  if (batch.against !== null) await predictOrFail(batch.against, from, until);
}

/** A runtime that fails, or misses its deadline, has failed on every booking that it was asked about. */
async function predictOrFail({ model, rows, minutes, width }: Asked, from: number, until: number) {
  const answers = minutes.subarray(from, until);
  try {
    await model.predict(rows.subarray(from * width, until * width), until - from, answers);
  } catch (failure) {
    if (!(failure instanceof AtmrError)) throw failure;
    answers.fill(Number.NaN);
  }
  // An infinite answer is as little an answer as none.
  for (let i = 0; i < answers.length; i += 1) if (!Number.isFinite(answers[i])) answers[i] = Number.NaN;
}
