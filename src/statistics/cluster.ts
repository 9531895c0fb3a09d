import { t } from '../wording/t.js';
import {
  BOUNDS_ALPHA,
  type Estimate,
  type Estimated,
  INTERVAL_ALPHA,
  type Interval,
  insufficient,
} from './estimate.js';
import { type RatioUnits, ratioOf, residualSquares, sum } from './ratio.js';
import { studentQuantile } from './special-functions.js';

/** A cluster id that is not known. */
export const UNKNOWN_CLUSTER = -1;

export interface Clustered {
  /** One unit a cluster, carrying the sums of its members. */
  readonly units: RatioUnits;
  /** Clusters with a known id. */
  readonly known: number;
}

/**
 * Gathers units into clusters. `ids[i]` is the cluster of unit i; a unit whose cluster is unknown stands
 * alone, for nothing is known that it could share with another.
 */
export function clusterUnits(units: RatioUnits, ids: Int32Array): Clustered {
  const slots = new Map<number, number>();
  let count = 0;
  const slotOf = Uint32Array.from(ids, (id) => {
    const slot = id === UNKNOWN_CLUSTER ? undefined : slots.get(id);
    if (slot !== undefined) return slot;
    if (id !== UNKNOWN_CLUSTER) slots.set(id, count);
    return count++;
  });
  const numerator = sumsBySlot(units.numerator, slotOf, count);
  const denominator = sumsBySlot(units.denominator, slotOf, count);
  return { units: { numerator, denominator }, known: slots.size };
}

function sumsBySlot(values: Float64Array, slotOf: Uint32Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (let i = 0; i < values.length; i++) sums[slotOf[i]!]! += values[i]!;
  return sums;
}

/**
 * Interval of a ratio of sums from its CR1 standard error √(G/(G−1) Σ u²) / Σ denominator, u = numerator −
 * ratio · denominator of one of G clusters, and Student's t with G − 1 degrees. With bookings for clusters it
 * is the delta method.
 * Source: Cameron & Miller, A Practitioner's Guide to Cluster-Robust Inference (2015).
 */
export function clusterRobustEstimate(clusters: RatioUnits): Estimated {
  const value = ratioOf(clusters);
  if (!Number.isFinite(value)) return insufficient(t`the denominator sums to zero`);
  const count = clusters.numerator.length;
  const spread = { clusters: count, residualSquares: residualSquares(clusters, value) };
  return robustEstimate(value, spread, Math.abs(sum(clusters.denominator)));
}

/** How far clusters are from a common ratio: Σ u² over so many of them. */
export interface ClusterCount {
  readonly clusters: number;
  readonly residualSquares: number;
}

/**
 * {@link clusterRobustEstimate} of a ratio whose residuals were summed already; `total` is |Σ denominator|.
 */
export function robustEstimate(
  value: number,
  { clusters, residualSquares }: ClusterCount,
  total: number,
): Estimated {
  if (clusters < 2) return insufficient(t`an interval needs at least 2 units, not ${clusters}`);
  const standardError = cr1Error({ clusters, residualSquares }, total);
  if (standardError === 0) return insufficient(t`every unit has the same value`);
  return studentEstimate(value, { standardError, clusters });
}

/** The estimate of a value whose error is known. */
export function studentEstimate(value: number, { standardError, clusters }: RobustError): Estimate {
  const ends = (alpha: number): Interval => {
    const margin = studentQuantile(1 - alpha / 2, clusters - 1) * standardError;
    return { lower: value - margin, upper: value + margin };
  };
  const [interval, bounds] = [ends(INTERVAL_ALPHA), ends(BOUNDS_ALPHA)];
  return { kind: 'estimated', value, interval, bounds, method: 'cluster-robust' };
}

/** A standard error, and the clusters that its degrees of freedom are one fewer than. */
export interface RobustError {
  readonly standardError: number;
  readonly clusters: number;
}

/**
 * The error for bookings that are alike along two kinds of clusters at once: variances by each are added and what both
 * count, the one by booking, is taken off. `null` where that leaves no more than the larger of the two, which decides
 * alone then. The source takes off the one by pairs of clusters; where bookings of a pair are alike too that is more, so
 * that this interval is the wider. Source: Cameron, Gelbach & Miller, JBES 29 (2011).
 */
export function twoWayError(
  first: ClusterCount,
  second: ClusterCount,
  byBooking: ClusterCount,
  total: number,
): RobustError | null {
  const variance = (count: ClusterCount): number => cr1Error(count, total) ** 2;
  const [one, other] = [variance(first), variance(second)];
  const sum = one + other - variance(byBooking);
  if (!(sum > Math.max(one, other))) return null;
  return { standardError: Math.sqrt(sum), clusters: Math.min(first.clusters, second.clusters) };
}

/** The CR1 standard error of a ratio; `total` is |Σ denominator|. */
export function cr1Error({ clusters, residualSquares }: ClusterCount, total: number): number {
  return Math.sqrt(residualSquares * (clusters / (clusters - 1))) / total;
}
