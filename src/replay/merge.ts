import { UNKNOWN_CLUSTER } from '../statistics/cluster.js';
import { addSums } from '../statistics/exact-sum.js';
import { type ActedOnTally, emptyActedOn } from './acted-on.js';
import { emptyArmSums } from './arm-sums.js';
import { emptyBootstrap, mergeBootstraps } from './bootstrap.js';
import { emptyDistributions, mergeDistributions } from './distributions.js';
import { type ClusteredSums, emptyPairedScores, type PairSums } from './paired-scores.js';
import type { Replay } from './replay.js';
import { emptySegmentTally } from './segments.js';

/** A replay under construction. */
type Merged = { -readonly [K in keyof Replay]: Replay[K] };

/**
 * The replay of all bookings from the summed replays of its parts, the same to the last bit however they were split:
 * sums are exact, and clusters are in the order of their keys.
 */
export function mergeReplays(parts: readonly Replay[]): Replay {
  const drivers = [...new Set(parts.flatMap((part) => part.drivers))].sort();
  const numbers = new Map(drivers.map((driver, number) => [driver, number]));
  const merged = emptyReplay(drivers);
  for (const part of parts) add(merged, part, (driver) => numbers.get(part.drivers[driver]!)!);
  order(merged.scores);
  for (const sums of merged.segments.flat()) order(sums);
  orderKeys(merged.actedOn.days);
  merged.excluded = Object.fromEntries(Object.entries(merged.excluded).sort());
  return merged;
}

function emptyReplay(drivers: readonly string[]): Merged {
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
    drivers,
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
  into.latenciesMs = Float64Array.from([...into.latenciesMs, ...part.latenciesMs]);
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

function order({ byDay, byDriver }: PairSums): void {
  orderKeys(byDay.clusters);
  orderKeys(byDriver.clusters);
}

function orderKeys<T>(map: Map<number, T>): void {
  const sorted = [...map].sort(([a], [b]) => a - b);
  map.clear();
  for (const [key, value] of sorted) map.set(key, value);
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function negated(value: number | null): number | null {
  return value === null ? null : -value;
}
