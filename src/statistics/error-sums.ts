/** Streaming sums over predictions in minutes and what happened; constant memory, any number of them. */
export interface ErrorSums {
  n: number;
  error: number;
  absoluteError: number;
  squaredError: number;
  actualMean: number;
  /** Σ (actual − mean)² so far. */
  actualSpread: number;
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
  return { n: 0, error: 0, absoluteError: 0, squaredError: 0, actualMean: 0, actualSpread: 0 };
}

/**
 * Adds one prediction to `sums`, in place: this is a hot path. The spread is Welford's, for Σ actual² − n · mean²
 * of equal values is not zero but rounding. Source: Welford, Technometrics 4 (1962).
 */
export function addError(sums: ErrorSums, predicted: number, actual: number): void {
  const error = predicted - actual;
  sums.n += 1;
  sums.error += error;
  sums.absoluteError += Math.abs(error);
  sums.squaredError += error * error;
  const deviation = actual - sums.actualMean;
  sums.actualMean += deviation / sums.n;
  sums.actualSpread += deviation * (actual - sums.actualMean);
}

/** The scores behind the sums of at least one prediction. R² is 1 − SSE / SST, about the mean of the actual values. */
export function errorScores({ n, error, absoluteError, squaredError, actualSpread }: ErrorSums): ErrorScores {
  return {
    mae: absoluteError / n,
    rmse: Math.sqrt(squaredError / n),
    r2: actualSpread > 0 ? 1 - squaredError / actualSpread : null,
    bias: error / n,
  };
}
