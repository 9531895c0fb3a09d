import { UNKNOWN_CLUSTER } from '../statistics/cluster.js';
import { addSums } from '../statistics/exact-sum.js';
import { type ActedOnTally, emptyActedOn } from './acted-on.js';
import { emptyArmSums } from './arm-sums.js';
import { emptyBootstrap, mergeBootstraps } from './bootstrap.js';
import { emptyDistributions, mergeDistributions } from './distributions.js';
import { type ClusteredSums, emptyPairedScores, type PairSums } from './paired-scores.js';
import type { Replay } from './replay.js';
import { emptySegmentTally } from './segments.js';

type ActedOnDay = ActedOnTally['days'] extends Map<number, infer Day> ? Day : never;

/** A replay under construction. */
type Merged = { -readonly [K in keyof Replay]: Replay[K] };

/** Adds up parts as they come: no more than one of them has to be held beside their sum. */
export interface Merging {
  add(part: Replay): void;
  /** The replay of all that was added, which ends the adding. */
  merged(): Replay;
}

/**
 * The replay of all bookings from the summed replays of its parts, the same to the last bit however they were split and
 * in whatever order they came: sums are exact, and clusters are in the order of their names.
 */
export function startMerging(): Merging {
  const drivers: string[] = [];
  const numbers = new Map<string, number>();
  const merged = emptyReplay();
  const latenciesMs: number[] = [];
  const numberOf = (driver: string): number => {
    const known = numbers.get(driver);
    if (known !== undefined) return known;
    numbers.set(driver, drivers.length);
    return drivers.push(driver) - 1;
  };
  return {
    add(part) {
      const numbersHere = part.drivers.map(numberOf);
      add(merged, part, (driver) => numbersHere[driver]!);
      for (const latencyMs of part.latenciesMs) latenciesMs.push(latencyMs);
    },
    merged() {
      merged.drivers = [...drivers].sort();
      merged.latenciesMs = Float64Array.from(latenciesMs);
      const ranks = new Map(merged.drivers.map((driver, rank) => [driver, rank]));
      const rankOf = (driver: number): number => ranks.get(drivers[driver]!)!;
      order(merged.scores, rankOf);
      for (const sums of merged.segments.flat()) order(sums, rankOf);
      orderActedOns(merged.actedOn.days);
      merged.excluded = Object.fromEntries(Object.entries(merged.excluded).sort());
      return merged;
    },
  };
}

export function mergeReplays(parts: Iterable<Replay>): Replay {
  const merging = startMerging();
  for (const part of parts) merging.add(part);
  return merging.merged();
}

function emptyReplay(): Merged {
  return {
    scores: emptyPairedScores(false),
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
    latenciesMs: new Float64Array(),
    drivers: [],
    bootstrap: emptyBootstrap(),
  };
}

function add(into: Merged, part: Replay, driverOf: (driver: number) => number): void {
  into.scores.n += part.scores.n;
  addPairSums(into.scores, part.scores, driverOf);
  addSums(into.model, part.model);
  addSums(into.heuristic, part.heuristic);
  into.segments.forEach((parting, i) => {
    for (const [at, sums] of parting.entries()) addPairSums(sums, part.segments[i]![at]!, driverOf);
  });
  mergeDistributions(into.distributions, part.distributions);
  addActedOns(into.actedOn, part.actedOn);
  for (const [reason, count] of Object.entries(part.excluded) as [keyof Replay['excluded'], number][]) {
    into.excluded = { ...into.excluded, [reason]: (into.excluded[reason] ?? 0) + count };
  }
  for (const name of ['attempts', 'failures', 'inWindow', 'settled'] as const) into[name] += part[name];
  into.simulated ||= part.simulated;
  into.fromMs = least(into.fromMs, part.fromMs);
  into.toMs = negated(least(negated(into.toMs), negated(part.toMs)));
  if (into.bootstrap !== null && part.bootstrap !== null) mergeBootstraps(into.bootstrap, part.bootstrap);
}

function addPairSums(into: PairSums, from: PairSums, driverOf: (driver: number) => number): void {
  addSums(into.byBooking, from.byBooking);
  addClusters(into.byDay, from.byDay, (day) => day);
  addClusters(into.byDriver, from.byDriver, driverOf);
}

function addClusters(into: ClusteredSums, from: ClusteredSums, idOf: (id: number) => number): void {
  addSums(into.loose, from.loose);
  for (const [id, sums] of from.clusters) {
    const known = into.clusters.get(idOf(id));
    if (known === undefined) into.clusters.set(idOf(id), { ...sums });
    else addSums(known, sums);
  }
}

/** A booking without a time has a negative day of its own. */
function addActedOns(into: ActedOnTally, from: ActedOnTally): void {
  into.told += from.told;
  into.acted += from.acted;
  into.unassigned += from.unassigned;
  for (const [day, { first, second }] of from.days) {
    const own = day < 0 ? UNKNOWN_CLUSTER - into.days.size : day;
    const known = into.days.get(own);
    if (known === undefined) into.days.set(own, { first: { ...first }, second: { ...second } });
    else {
      addSums(known.first, first);
      addSums(known.second, second);
    }
  }
}

function order({ byDay, byDriver }: PairSums, rankOf: (driver: number) => number): void {
  rename(byDay.clusters, (day) => day);
  rename(byDriver.clusters, rankOf);
}

/** Gives clusters new keys, and the order of those. */
function rename<T>(map: Map<number, T>, nameOf: (key: number) => number): void {
  const sorted = [...map].map(([key, value]) => [nameOf(key), value] as const).sort(([a], [b]) => a - b);
  map.clear();
  for (const [key, value] of sorted) map.set(key, value);
}

/** Bookings without a time have no name to go by, and equal sums may change places. */
function orderActedOns(days: ActedOnTally['days']): void {
  const sorted = [...days].sort(([a, one], [b, other]) => (a < 0 && b < 0 ? bySums(one, other) : a - b));
  days.clear();
  for (const [i, [day, sums]] of sorted.entries()) days.set(day < 0 ? UNKNOWN_CLUSTER - i : day, sums);
}

function bySums(a: ActedOnDay, b: ActedOnDay): number {
  return a.first.n - b.first.n || a.first.sum - b.first.sum || a.second.sum - b.second.sum;
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function negated(value: number | null): number | null {
  return value === null ? null : -value;
}
