import type { Batches } from '../booking/batches.js';
import type { Booking } from '../booking/booking.js';
import { idNameText } from '../booking/id-hash.js';
import { expectsNoOutcome, isSettled, type SettledBooking } from '../booking/outcome.js';
import { UNKNOWN_CLUSTER } from '../statistics/cluster.js';
import { type ActedOnTally, addActedOn, emptyActedOn } from './acted-on.js';
import type { ArmSums } from './arm-sums.js';
import { addAnswer, emptyArmSums } from './arm-sums.js';
import { addToBootstrap, type BootstrapSums, emptyBootstrap } from './bootstrap.js';
import { addToDistributions, type Distributions, emptyDistributions } from './distributions.js';
import { keepLatest, keepSample } from './latest.js';
import { addPair, emptyPairedScores, type PairedAnswer, type PairedScores } from './paired-scores.js';
import { type Arms, type ScoredBatch, type ScoredBooking, scoreBookings } from './score.js';
import { addToSegments, emptySegmentTally, type SegmentTally } from './segments.js';
import {
  type Exclude,
  type Exclusion,
  type ExclusionCounts,
  exclusionRules,
  type Window,
} from './selection.js';

/** Which of the bookings to replay. */
export interface ReplayRequest {
  readonly window: Window;
  /** The most recent so many; `null` for all. */
  readonly limit: number | null;
  /** A random choice of so many; `null` for all. */
  readonly sample: number | null;
  readonly seed: number;
  /** Keeps sums only, from the first booking on, and those of a bootstrap: so that this may be a part of a replay. */
  readonly summed?: boolean;
}

/** What a replay gathered: sums, not a judgement. */
export interface Replay {
  readonly scores: PairedScores;
  readonly model: ArmSums;
  readonly heuristic: ArmSums;
  readonly segments: SegmentTally;
  readonly distributions: Distributions;
  readonly actedOn: ActedOnTally;
  readonly excluded: ExclusionCounts;
  /** Attempts of the model and how many gave no finite number. */
  readonly attempts: number;
  readonly failures: number;
  /** Bookings in the window for which there should be an outcome, and those of them whose outcome is known. */
  readonly inWindow: number;
  readonly settled: number;
  readonly simulated: boolean;
  /** First and last scheduled time of the scored bookings; `null` in a table without time. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Of the predictions made one by one. */
  readonly latenciesMs: Float64Array;
  /** By the number that stands for a driver in the sums, a name that is the same in every process: a mix of the id's bits. */
  readonly drivers: readonly string[];
  /** `null` unless only sums are kept. */
  readonly bootstrap: BootstrapSums | null;
}

/** How many bookings there were, scored or left out. */
export function bookingsIn({ scores, excluded }: Replay): number {
  return Object.values(excluded).reduce((sum, count) => sum + count, scores.n);
}

export type OnScored = (scored: ScoredBooking<SettledBooking>) => void | Promise<void>;
export type OnLeftOut = (booking: Booking, reason: Exclusion) => void;

/**
 * Replays bookings through both arms. Only settled bookings that the model never learned from are scored;
 * every other one is counted under the reason it was left out. `onScored` sees each scored booking, `onLeftOut` each
 * other one.
 */
export async function replay(
  batches: Batches<Booking>,
  arms: Arms,
  request: ReplayRequest,
  onScored: OnScored | null = null,
  onLeftOut: OnLeftOut = () => {},
): Promise<Replay> {
  const tally = emptyTally(request.summed ?? false);
  const exclude = exclusionRules(request.window, ...learnedFrom(arms));
  const leaveOut: OnLeftOut = (booking, reason) => {
    tally.excluded[reason] = (tally.excluded[reason] ?? 0) + 1;
    onLeftOut(booking, reason);
  };
  const candidates = settledBookings(batches, exclude, tally, leaveOut);
  // A process that stood still must not change what parts add up to: its time is told, and judged by a gate of its own.
  const asked = request.summed ? { ...arms, deadlineMs: Number.POSITIVE_INFINITY } : arms;
  for await (const scored of scoreBookings(await chosen(candidates, request), asked)) {
    for (const booking of scored.ineligible) leaveOut(booking, 'ineligible');
    if (onScored === null) addAll(tally, scored, leaveOut);
    else await addAndTell(tally, scored, leaveOut, onScored);
  }
  const { pair: _, ...replayed } = tally;
  const drivers = Array.from(tally.drivers.keys(), idNameText);
  return { ...replayed, drivers, latenciesMs: Float64Array.from(tally.latenciesMs) };
}

interface Tally extends Omit<Replay, 'latenciesMs' | 'drivers'> {
  attempts: number;
  failures: number;
  inWindow: number;
  settled: number;
  simulated: boolean;
  fromMs: number | null;
  toMs: number | null;
  latenciesMs: number[];
  drivers: Map<string, number>;
  /** The booking that is being added. */
  readonly pair: PairedAnswer;
}

function emptyTally(summed: boolean): Tally {
  return {
    scores: emptyPairedScores(!summed),
    bootstrap: summed ? emptyBootstrap() : null,
    model: emptyArmSums(),
    heuristic: emptyArmSums(),
    segments: emptySegmentTally(),
    distributions: emptyDistributions(),
    actedOn: emptyActedOn(),
    excluded: {},
    attempts: 0,
    failures: 0,
    inWindow: 0,
    settled: 0,
    simulated: false,
    fromMs: null,
    toMs: null,
    latenciesMs: [],
    drivers: new Map(),
    pair: { model: 0, heuristic: 0, actual: 0, day: 0, driver: 0 },
  };
}

/** A booking that either of two models learned from says nothing about the two of them. */
function learnedFrom({ model, against }: Arms) {
  return [model, ...(against ? [against] : [])].map(({ manifest }) => manifest.data);
}

/** A loop of its own: one in a function that waits is compiled anew in every replay. */
function addAll(tally: Tally, scored: ScoredBatch<SettledBooking>, leaveOut: OnLeftOut): void {
  for (let i = 0; i < scored.bookings.length; i += 1) {
    const reason = addScored(tally, scored, i);
    if (reason !== null) leaveOut(scored.bookings[i]!, reason);
  }
}

async function addAndTell(
  tally: Tally,
  scored: ScoredBatch<SettledBooking>,
  leaveOut: OnLeftOut,
  tell: OnScored,
): Promise<void> {
  for (let i = 0; i < scored.bookings.length; i += 1) {
    const reason = addScored(tally, scored, i);
    if (reason !== null) leaveOut(scored.bookings[i]!, reason);
    else await tell(scoredBooking(scored, i));
  }
}

/** Counts what came of booking `i` of a batch; the reason when it takes no part in the comparison. */
function addScored(tally: Tally, scored: ScoredBatch<SettledBooking>, i: number): Exclusion | null {
  const { pair } = tally;
  const { scheduled, driverId, actualDelayMinutes, simulated, exposure } = scored.bookings[i]!;
  tally.attempts += 1;
  if (!Number.isNaN(scored.latenciesMs[i])) tally.latenciesMs.push(scored.latenciesMs[i]!);
  pair.model = scored.modelMinutes[i]!;
  pair.heuristic = scored.heuristicMinutes[i]!;
  pair.actual = actualDelayMinutes;
  if (Number.isNaN(pair.model)) {
    tally.failures += 1;
    return 'model_failed';
  }
  if (Number.isNaN(pair.heuristic)) return 'against_failed';
  if (exposure !== undefined && addActedOn(tally.actedOn, scoredBooking(scored, i))) return 'acted_on';
  pair.day = scheduled?.dayNumber ?? UNKNOWN_CLUSTER;
  pair.driver = driverId === null ? UNKNOWN_CLUSTER : numberOf(tally.drivers, driverId);
  addPair(tally.scores, pair);
  addAnswer(tally.model, pair.model, pair.actual);
  addAnswer(tally.heuristic, pair.heuristic, pair.actual);
  addToSegments(tally.segments, scored.inputs[i]!, pair);
  addToDistributions(tally.distributions, pair);
  if (tally.bootstrap !== null) addToBootstrap(tally.bootstrap, scored.bookings[i]!.id, pair);
  tally.simulated ||= simulated;
  if (scheduled === null) return null;
  tally.fromMs = Math.min(tally.fromMs ?? scheduled.epochMs, scheduled.epochMs);
  tally.toMs = Math.max(tally.toMs ?? scheduled.epochMs, scheduled.epochMs);
  return null;
}

function scoredBooking(scored: ScoredBatch<SettledBooking>, i: number): ScoredBooking<SettledBooking> {
  return {
    booking: scored.bookings[i]!,
    modelMinutes: scored.modelMinutes[i]!,
    heuristicMinutes: scored.heuristicMinutes[i]!,
  };
}

async function* settledBookings(
  batches: Batches<Booking>,
  exclude: Exclude,
  tally: Tally,
  leaveOut: OnLeftOut,
): AsyncGenerator<readonly SettledBooking[]> {
  const isCandidate = (booking: Booking): booking is SettledBooking => {
    const reason = exclude(booking);
    if (reason !== 'outside_window' && !expectsNoOutcome(booking)) tally.inWindow += 1;
    if (reason !== null) leaveOut(booking, reason);
    if (!isSettled(booking)) return false;
    if (reason !== 'outside_window') tally.settled += 1;
    return reason === null;
  };
  for await (const batch of batches) yield batch.filter(isCandidate);
}

async function chosen(
  batches: Batches<SettledBooking>,
  { limit, sample, seed }: ReplayRequest,
): Promise<Batches<SettledBooking>> {
  if (limit !== null) return [await keepLatest(batches, limit)];
  return sample === null ? batches : [await keepSample(batches, sample, seed)];
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}
