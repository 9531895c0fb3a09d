import { meanUnits, type RatioUnits, sum } from './ratio.js';
import {
  type Dimension,
  estimateRatio,
  type ResamplingOptions,
  rescaleWidest,
  type WidestEstimate,
} from './widest.js';

/** Minutes, in the same order. */
export interface Predictions {
  readonly predicted: Float64Array;
  readonly actual: Float64Array;
}

export interface RegressionMetrics {
  readonly mae: WidestEstimate;
  readonly rmse: WidestEstimate;
  /** 1 − SSE / SST about the mean of the actual values, as scikit-learn's; it may be negative. */
  readonly r2: WidestEstimate;
  /** Mean of predicted − actual: positive when too much is predicted. */
  readonly bias: WidestEstimate;
}

/**
 * Scores of one arm with intervals. All are smooth functions of a ratio of sums, whose bootstrap ends carry
 * over. R² treats the mean of the actual values as known: to first order its error does not move SST.
 */
export function regressionMetrics(
  predictions: Predictions,
  dimensions: readonly Dimension[],
  options: ResamplingOptions,
): RegressionMetrics {
  const errors = predictions.predicted.map((value, i) => value - predictions.actual[i]!);
  const squares = errors.map((error) => error ** 2);
  const estimate = (units: RatioUnits) => estimateRatio(units, dimensions, options);
  return {
    mae: rescaleWidest(estimate(meanUnits(errors.map(Math.abs))), atLeastZero),
    rmse: rescaleWidest(estimate(meanUnits(squares)), squareRoot),
    r2: rescaleWidest(
      estimate({ numerator: squares, denominator: squaredDeviations(predictions.actual) }),
      (unexplained) => 1 - atLeastZero(unexplained),
    ),
    bias: estimate(meanUnits(errors)),
  };
}

/** A cluster-robust lower end can be negative where nothing else can. */
function atLeastZero(value: number): number {
  return Math.max(0, value);
}

function squareRoot(meanSquare: number): number {
  return Math.sqrt(atLeastZero(meanSquare));
}

/** Summed from the first value on, so that equal values deviate by nothing, not by rounding. */
function squaredDeviations(values: Float64Array): Float64Array {
  const first = values[0] ?? 0;
  const mean = first + sum(values.map((value) => value - first)) / values.length;
  return values.map((value) => (value - mean) ** 2);
}

/**
 * Large-sample standard error of the R² of a regression with `predictors` fitted on `count` cases; what
 * planning uses, where there is no sample yet. Source: Olkin & Finn, Psychological Bulletin 118 (1995).
 */
export function r2StandardError(r2: number, count: number, predictors: number): number {
  const above = 4 * r2 * (1 - r2) ** 2 * (count - predictors - 1) ** 2;
  return Math.sqrt(above / ((count ** 2 - 1) * (count + 3)));
}
