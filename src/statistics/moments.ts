/** Sums, squares and products of paired values: all that the variance of a ratio of their means needs. */
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
  moments.model += model;
  moments.heuristic += heuristic;
  moments.squaredModel += model * model;
  moments.squaredHeuristic += heuristic * heuristic;
  moments.product += model * heuristic;
}
