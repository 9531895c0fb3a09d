import { type ClusterCount, robustEstimate } from './cluster.js';
import type { Estimated } from './estimate.js';
import type { Moments } from './moments.js';
import { BOOKING_DIMENSION, decidedByWidest, judged, type WidestEstimate } from './widest.js';

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
  if (!Number.isFinite(value)) return decidedByWidest([]);
  const total = Math.abs(weigh(denominator, bookings));
  const residual = {
    model: numerator.model - value * denominator.model,
    heuristic: numerator.heuristic - value * denominator.heuristic,
    one: numerator.one - value * denominator.one,
  };
  const estimate = (count: ClusterCount): Estimated => robustEstimate(value, count, total);
  return decidedByWidest([
    judged(BOOKING_DIMENSION, bookings.n, () =>
      estimate({ clusters: bookings.n, residualSquares: looseSquares(residual, bookings) }),
    ),
    ...dimensions.map((dimension) =>
      judged(dimension.name, dimension.known, () => estimate(squares(residual, dimension))),
    ),
  ]);
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
