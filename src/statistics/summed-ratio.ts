import { type ClusterCount, cr1Error, type RobustError, robustEstimate, twoWayError } from './cluster.js';
import type { Estimated } from './estimate.js';
import type { Moments } from './moments.js';
import { studentCdf } from './special-functions.js';
import {
  alongTwo,
  BOOKING_DIMENSION,
  decidedByWidest,
  judged,
  MIN_CLUSTERS,
  type WidestEstimate,
} from './widest.js';

/** A sum over bookings as weights of |model error|, |heuristic error| and 1. */
export interface Weights {
  readonly model: number;
  readonly heuristic: number;
  readonly one: number;
}

/** Sums over the bookings of each cluster, and the bookings that belong to none. */
export interface SummedDimension {
  readonly name: string;
  readonly clusters: Iterable<PairSums>;
  readonly known: number;
  readonly loose: Moments;
  /** Whether too few clusters of it leave no estimate at all. */
  readonly required?: boolean;
}

interface PairSums {
  readonly n: number;
  readonly model: number;
  readonly heuristic: number;
}

/**
 * The ratio Σ numerator / Σ denominator with its cluster-robust interval by booking and by each dimension, from sums
 * alone: for more bookings than can be kept. The widest decides, as in `estimateRatio`.
 */
export function estimateSummedRatio(
  numerator: Weights,
  denominator: Weights,
  bookings: Moments,
  dimensions: readonly SummedDimension[],
): WidestEstimate {
  const value = weigh(numerator, bookings) / weigh(denominator, bookings);
  if (!Number.isFinite(value)) return decidedByWidest([], []);
  const total = Math.abs(weigh(denominator, bookings));
  const spreads = spreadsOf(residualOf(numerator, denominator, value), bookings, dimensions);
  const estimates = spreads.map(({ name, known, spread }) =>
    judged(name, known, (): Estimated => robustEstimate(value, spread, total)),
  );
  const both = alongTwo(
    estimates,
    value,
    spreads.map(({ spread }) => spread),
    total,
  );
  return decidedByWidest([...estimates, ...both], dimensions);
}

/**
 * Two-sided p-value of a ratio of zero, from the same standard errors and Student's t: the largest of those by booking,
 * by each dimension of at least 8 clusters, and by the first two of them at once. `null` where there are fewer bookings
 * than that, or they do not vary.
 */
export function summedRatioP(
  numerator: Weights,
  denominator: Weights,
  bookings: Moments,
  dimensions: readonly SummedDimension[],
): number | null {
  const value = weigh(numerator, bookings) / weigh(denominator, bookings);
  const total = Math.abs(weigh(denominator, bookings));
  const residual = residualOf(numerator, denominator, value);
  const spreads = spreadsOf(residual, bookings, dimensions).filter(({ known }) => known >= MIN_CLUSTERS);
  const errors = errorsOf(
    spreads.map(({ spread }) => spread),
    total,
  ).filter(({ standardError }) => standardError > 0);
  const ps = errors.map(({ standardError, clusters }) => {
    return 2 * studentCdf(-Math.abs(value) / standardError, clusters - 1);
  });
  return ps.length === 0 ? null : Math.max(...ps);
}

/** By booking, by each dimension that is used, and along two. */
function errorsOf(spreads: readonly ClusterCount[], total: number): RobustError[] {
  const single = spreads.map((spread) => ({
    standardError: cr1Error(spread, total),
    clusters: spread.clusters,
  }));
  const [byBooking, first, second] = spreads;
  if (byBooking === undefined || first === undefined || second === undefined) return single;
  const both = twoWayError(first, second, byBooking, total);
  return both === null ? single : [...single, both];
}

function residualOf(numerator: Weights, denominator: Weights, value: number): Weights {
  return {
    model: numerator.model - value * denominator.model,
    heuristic: numerator.heuristic - value * denominator.heuristic,
    one: numerator.one - value * denominator.one,
  };
}

/** By booking and by each dimension: its known clusters, and how far they are from a common ratio. */
function spreadsOf(residual: Weights, bookings: Moments, dimensions: readonly SummedDimension[]) {
  const { n } = bookings;
  return [
    {
      name: BOOKING_DIMENSION,
      known: n,
      spread: { clusters: n, residualSquares: looseSquares(residual, bookings) },
    },
    ...dimensions.map((dimension) => ({
      name: dimension.name,
      known: dimension.known,
      spread: squares(residual, dimension),
    })),
  ];
}

function squares(residual: Weights, { clusters, loose }: SummedDimension): ClusterCount {
  let count = loose.n;
  let residualSquares = looseSquares(residual, loose);
  for (const sums of clusters) {
    count += 1;
    residualSquares += weigh(residual, sums) ** 2;
  }
  return { clusters: count, residualSquares };
}

/** Σ (model·e + heuristic·h + one)² over single bookings, multiplied out. */
function looseSquares({ model, heuristic, one }: Weights, sums: Moments): number {
  return Math.max(
    0,
    model ** 2 * sums.squaredModel +
      heuristic ** 2 * sums.squaredHeuristic +
      one ** 2 * sums.n +
      2 * (model * heuristic * sums.product + model * one * sums.model + heuristic * one * sums.heuristic),
  );
}

function weigh({ model, heuristic, one }: Weights, sums: PairSums): number {
  return model * sums.model + heuristic * sums.heuristic + one * sums.n;
}
