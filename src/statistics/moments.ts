import { onGrid } from './exact-sum.js';

/**
 * Sums, squares and products of paired values: all that the variance of a ratio of their means needs. Exact sums of
 * values on a grid, see {@link onGrid}.
 */
export interface Moments {
  n: number;
  model: number;
  heuristic: number;
  squaredModel: number;
  squaredHeuristic: number;
  product: number;
}

export function emptyMoments(): Moments {
  return { n: 0, model: 0, heuristic: 0, squaredModel: 0, squaredHeuristic: 0, product: 0 };
}

/** Adds one pair, in place: this is a hot path. */
export function addToMoments(moments: Moments, model: number, heuristic: number): void {
  moments.n += 1;
  moments.model += onGrid(model);
  moments.heuristic += onGrid(heuristic);
  moments.squaredModel += onGrid(model * model);
  moments.squaredHeuristic += onGrid(heuristic * heuristic);
  moments.product += onGrid(model * heuristic);
}
