import { UNKNOWN_CLUSTER } from '../statistics/cluster.js';
import { onGrid } from '../statistics/exact-sum.js';
import { addToMoments, emptyMoments, type Moments } from '../statistics/moments.js';
import type { SummedDimension } from '../statistics/summed-ratio.js';

/** Sums of both |error|, by booking, by local day and by driver. */
export interface PairSums {
  readonly byBooking: Moments;
  readonly byDay: ClusteredSums;
  readonly byDriver: ClusteredSums;
}

/** What both arms answered to the same bookings, gathered in a stream. */
export interface PairedScores extends PairSums {
  n: number;
  /** Answer by answer; `null` beyond {@link MOST_KEPT} bookings, for which sums decide in constant memory. */
  answers: Answers | null;
}

/** Minutes, one entry a booking. */
export interface Answers {
  readonly model: Float64Array;
  readonly heuristic: Float64Array;
  readonly actual: Float64Array;
  readonly day: Int32Array;
  readonly driver: Int32Array;
}

export interface ClusteredSums {
  /** By cluster id: number of bookings and both sums of |error|. */
  readonly clusters: Map<number, ClusterSums>;
  /** Bookings without a cluster: each stands alone. */
  readonly loose: Moments;
  /** The cluster that was added to last: bookings of a day come together. */
  latestId: number;
  latest: ClusterSums | null;
  /** The same clusters by ids that count from 0, as drivers do: an array is several times faster than a map. */
  readonly counted: ClusterSums[];
}

export interface ClusterSums {
  n: number;
  model: number;
  heuristic: number;
}

/** One booking's answers and outcome in minutes, with its local day and driver as numbers. */
export interface PairedAnswer {
  model: number;
  heuristic: number;
  actual: number;
  day: number;
  driver: number;
}

const FIRST_CAPACITY = 1024;
const MOST_KEPT = 100_000;
/** Ids that a segment may miss between two that it meets. */
const MOST_SKIPPED = 500;

/** Without `keepAnswers` only sums are kept, from the first booking on. */
export function emptyPairedScores(keepAnswers: boolean): PairedScores {
  return { n: 0, answers: keepAnswers ? emptyAnswers(FIRST_CAPACITY) : null, ...emptyPairSums() };
}

export function emptyPairSums(): PairSums {
  return { byBooking: emptyMoments(), byDay: emptyClusters(), byDriver: emptyClusters() };
}

/** Adds one booking to `scores`, in place: this is a hot path. */
export function addPair(scores: PairedScores, answer: Readonly<PairedAnswer>): void {
  const model = onGrid(Math.abs(answer.model - answer.actual));
  const heuristic = onGrid(Math.abs(answer.heuristic - answer.actual));
  keepAnswer(scores, answer);
  scores.n += 1;
  addToPairSums(scores, model, heuristic, answer.day, answer.driver);
}

/** Adds both |error| of one booking, which are on the grid, to `sums`, in place. */
export function addToPairSums(
  sums: PairSums,
  model: number,
  heuristic: number,
  day: number,
  driver: number,
): void {
  addToMoments(sums.byBooking, model, heuristic);
  addToCluster(sums.byDay, day, model, heuristic);
  addToCluster(sums.byDriver, driver, model, heuristic);
}

/** The sums by day and by driver, as the statistics take them. */
export function summedDimensions({ byDay, byDriver }: Omit<PairSums, 'byBooking'>): SummedDimension[] {
  return [summed('day', byDay), summed('driver', byDriver)];
}

function summed(name: string, { clusters, loose }: ClusteredSums): SummedDimension {
  return { name, clusters: { [Symbol.iterator]: () => clusters.values() }, known: clusters.size, loose };
}

/** The answers so far, trimmed to their number; `null` when there were too many to keep. */
export function keptAnswers({ answers, n }: PairedScores): Answers | null {
  return answers === null ? null : resized(answers, n);
}

function keepAnswer(scores: PairedScores, answer: Readonly<PairedAnswer>): void {
  if (scores.answers === null) return;
  if (scores.n === MOST_KEPT) {
    scores.answers = null;
    return;
  }
  if (scores.n === scores.answers.actual.length) scores.answers = resized(scores.answers, scores.n * 2);
  scores.answers.model[scores.n] = answer.model;
  scores.answers.heuristic[scores.n] = answer.heuristic;
  scores.answers.actual[scores.n] = answer.actual;
  scores.answers.day[scores.n] = answer.day;
  scores.answers.driver[scores.n] = answer.driver;
}

function addToCluster(into: ClusteredSums, id: number, model: number, heuristic: number): void {
  if (id === UNKNOWN_CLUSTER) {
    addToMoments(into.loose, model, heuristic);
    return;
  }
  const sums = into.latestId === id ? into.latest! : (into.counted[id] ?? clusterOf(into, id));
  into.latestId = id;
  into.latest = sums;
  sums.n += 1;
  sums.model += model;
  sums.heuristic += heuristic;
}

function clusterOf({ clusters, counted }: ClusteredSums, id: number): ClusterSums {
  const sums = clusters.get(id) ?? { n: 0, model: 0, heuristic: 0 };
  clusters.set(id, sums);
  // A gap would make the array a map.
  if (id >= 0 && id <= counted.length + MOST_SKIPPED) counted[id] = sums;
  return sums;
}

function emptyClusters(): ClusteredSums {
  return { clusters: new Map(), loose: emptyMoments(), latestId: UNKNOWN_CLUSTER, latest: null, counted: [] };
}

function emptyAnswers(capacity: number): Answers {
  return {
    model: new Float64Array(capacity),
    heuristic: new Float64Array(capacity),
    actual: new Float64Array(capacity),
    day: new Int32Array(capacity),
    driver: new Int32Array(capacity),
  };
}

function resized(answers: Answers, capacity: number): Answers {
  const copy = emptyAnswers(capacity);
  const kept = Math.min(capacity, answers.actual.length);
  copy.model.set(answers.model.subarray(0, kept));
  copy.heuristic.set(answers.heuristic.subarray(0, kept));
  copy.actual.set(answers.actual.subarray(0, kept));
  copy.day.set(answers.day.subarray(0, kept));
  copy.driver.set(answers.driver.subarray(0, kept));
  return copy;
}
