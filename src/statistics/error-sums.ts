import { onGrid } from './exact-sum.js';

/**
 * Streaming sums over predictions in minutes and what happened; constant memory, any number of them. Exact sums of
 * values on a grid, see {@link onGrid}.
 */
export interface ErrorSums {
  n: number;
  error: number;
  absoluteError: number;
  squaredError: number;
  actual: number;
  squaredActual: number;
}

export interface ErrorScores {
  readonly mae: number;
  readonly rmse: number;
  /** `null` where what happened never varied. */
  readonly r2: number | null;
  /** Mean of predicted − actual: positive means predicted too late. */
  readonly bias: number;
}

export function emptyErrorSums(): ErrorSums {
  return { n: 0, error: 0, absoluteError: 0, squaredError: 0, actual: 0, squaredActual: 0 };
}

/** A variance in minutes² below which what happened never varied: Σ actual² − n · mean² of equal values is rounding. */
const NO_VARIANCE = 2 ** -18;

/** Adds one prediction to `sums`, in place: this is a hot path. */
export function addError(sums: ErrorSums, predicted: number, actual: number): void {
  const error = predicted - actual;
  sums.n += 1;
  sums.error += onGrid(error);
  sums.absoluteError += onGrid(Math.abs(error));
  sums.squaredError += onGrid(error * error);
  // Of the rounded value: else that of equal values would differ from the square of their sum by their rounding.
  const rounded = onGrid(actual);
  sums.actual += rounded;
  sums.squaredActual += onGrid(rounded * rounded);
}

/** The scores behind the sums of at least one prediction. R² is 1 − SSE / SST, about the mean of the actual values. */
export function errorScores(sums: ErrorSums): ErrorScores {
  const { n, error, absoluteError, squaredError, actual, squaredActual } = sums;
  const spread = squaredActual - (actual * actual) / n;
  return {
    mae: absoluteError / n,
    rmse: Math.sqrt(squaredError / n),
    r2: spread > n * NO_VARIANCE ? 1 - squaredError / spread : null,
    bias: error / n,
  };
}
