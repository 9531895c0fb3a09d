import { type IdName, nameId } from '../booking/id-hash.js';
import { UNKNOWN_CLUSTER } from '../statistics/cluster.js';
import {
  addReplicates,
  emptyReplicates,
  mergeReplicates,
  REPLICATES,
  type ReplicateSums,
  replicateInterval,
} from '../statistics/poisson-bootstrap.js';
import type { ClusteredSums, PairedAnswer } from './paired-scores.js';
import type { Replay } from './replay.js';

/** The replicates of all bookings, and of those without a day or driver: in the bootstrap by whole ones each stands alone. */
export interface BootstrapSums {
  readonly all: ReplicateSums;
  readonly withoutDay: ReplicateSums;
  readonly withoutDriver: ReplicateSums;
}

/** 95 % intervals of MAE(model) / MAE(other) − 1, by what is weighted; `null` where that does not tell. */
export interface Bootstrap {
  readonly replicates: number;
  readonly booking: BootstrapInterval | null;
  readonly day: BootstrapInterval | null;
  readonly driver: BootstrapInterval | null;
}

interface BootstrapInterval {
  readonly lower: number;
  readonly upper: number;
}

/** Of fewer clusters some replicates would be empty, and their quantiles are too near. */
const LEAST_CLUSTERS = 12;
const name: IdName = { high: 0, low: 0 };

export function emptyBootstrap(): BootstrapSums {
  return { all: emptyReplicates(), withoutDay: emptyReplicates(), withoutDriver: emptyReplicates() };
}

/** Adds one booking, in place. */
export function addToBootstrap(
  { all, withoutDay, withoutDriver }: BootstrapSums,
  id: string,
  { model, heuristic, actual, day, driver }: Readonly<PairedAnswer>,
): void {
  const [modelError, heuristicError] = [Math.abs(model - actual), Math.abs(heuristic - actual)];
  nameId(name, id);
  addReplicates(all, name, modelError, heuristicError);
  if (day === UNKNOWN_CLUSTER) addReplicates(withoutDay, name, modelError, heuristicError);
  if (driver === UNKNOWN_CLUSTER) addReplicates(withoutDriver, name, modelError, heuristicError);
}

/** Adds those of another part, in place. */
export function mergeBootstraps(into: BootstrapSums, from: BootstrapSums): void {
  mergeReplicates(into.all, from.all);
  mergeReplicates(into.withoutDay, from.withoutDay);
  mergeReplicates(into.withoutDriver, from.withoutDriver);
}

/** `null` for a replay that kept no replicates. */
export function judgeBootstrap({ bootstrap, scores, drivers }: Replay): Bootstrap | null {
  if (bootstrap === null) return null;
  const { byDay, byDriver } = scores;
  return {
    replicates: REPLICATES,
    booking: scores.n === 0 ? null : replicateInterval(bootstrap.all),
    day: clustered(byDay, bootstrap.withoutDay, (day) => String(day)),
    driver: clustered(byDriver, bootstrap.withoutDriver, (driver) => drivers[driver]!),
  };
}

function clustered(
  { clusters }: ClusteredSums,
  alone: ReplicateSums,
  keyOf: (id: number) => string,
): BootstrapInterval | null {
  if (clusters.size < LEAST_CLUSTERS) return null;
  const sums = emptyReplicates();
  mergeReplicates(sums, alone);
  for (const [id, { model, heuristic }] of clusters) {
    nameId(name, keyOf(id));
    addReplicates(sums, name, model, heuristic);
  }
  return replicateInterval(sums);
}
