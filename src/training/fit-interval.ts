import type { FeatureName } from '../features/features.js';
import { difficultyOf } from '../model/interval.js';
import type { Difficulty, IntervalParameters } from '../model/manifest.js';
import { conformalQuantile, normalisedScores } from '../statistics/conformal.js';
import { solveLinear } from './solve-linear.js';

/** Predictions that the model made of bookings it had not learned from. */
export interface HeldOut {
  readonly names: readonly FeatureName[];
  /** Row after row, NaN for missing. */
  readonly table: Float32Array;
  readonly predicted: Float64Array;
  readonly actual: Float64Array;
}

export const INTERVAL_LEVEL = 0.9;

/** What the size of an error may depend on: long ways in dense traffic and bad weather vary most. */
const DIFFICULTY_FEATURES: readonly FeatureName[] = [
  'distance_km',
  'duration_seconds',
  'traffic_density',
  'weather_factor',
];
const QUANTILES = 201;
/** No booking counts as easier than this share of the average one. */
const FLOOR_SHARE = 0.25;
/** Pulls the slopes of nearly equal features together. */
const RIDGE = 1e-3;

/**
 * Calibrates intervals on held-out predictions: a linear fit of |error|, then the distribution of |error| over the
 * fitted one. Stored quantile p is the conformal one, or the largest score where there are too few. That would promise
 * coverage p to scores of the final model; those of cross-validation come from its siblings, so the manifest says
 * which share of the test part was covered.
 */
export function fitInterval(heldOut: HeldOut): IntervalParameters {
  const difficulty = fitDifficulty(heldOut);
  const width = heldOut.names.length;
  const expected = heldOut.predicted.map((predicted, row) => {
    const features = heldOut.table.subarray(row * width, (row + 1) * width);
    return difficultyOf(difficulty, predicted, features, heldOut.names);
  });
  const scores = normalisedScores(heldOut.predicted, heldOut.actual, expected).sort();
  const largest = scores.at(-1)!;
  const quantiles = Array.from({ length: QUANTILES }, (_, i) =>
    Math.min(largest, conformalQuantile(scores, 1 - i / (QUANTILES - 1))),
  );
  return { level: INTERVAL_LEVEL, difficulty, scores: quantiles, coverage: null };
}

/** Least squares of |error| on the prediction and the features above that the model takes. */
function fitDifficulty({ names, table, predicted, actual }: HeldOut): Difficulty {
  const used = DIFFICULTY_FEATURES.filter((name) => names.includes(name));
  const errors = predicted.map((value, row) => Math.abs(actual[row]! - value));
  const columns = [
    standardise(predicted),
    ...used.map((name) => {
      const column = names.indexOf(name);
      return standardise(predicted.map((_, row) => table[row * names.length + column]!));
    }),
  ];
  const meanError = mean(errors);
  const slopes = ridgeSlopes(columns, errors, meanError);
  const perUnit = slopes.map((slope, i) => slope / columns[i]!.scale);
  const shift = perUnit.reduce((sum, slope, i) => sum + slope * columns[i]!.mean, 0);
  return {
    intercept: meanError - shift,
    perPredictedMinute: perUnit[0]!,
    perFeature: Object.fromEntries(used.map((name, i) => [name, perUnit[i + 1]!])),
    featureMeans: Object.fromEntries(used.map((name, i) => [name, columns[i + 1]!.mean])),
    floor: Math.max(FLOOR_SHARE * meanError, Number.MIN_VALUE),
  };
}

interface Standardised {
  readonly mean: number;
  readonly scale: number;
  readonly values: Float64Array;
}

/** (value − mean) / standard deviation, 0 for a missing one. */
function standardise(values: Float64Array): Standardised {
  const known = values.filter((value) => !Number.isNaN(value));
  const centre = known.length === 0 ? 0 : mean(known);
  const variance = known.length === 0 ? 0 : mean(known.map((value) => (value - centre) ** 2));
  const scale = variance > 0 ? Math.sqrt(variance) : 1;
  return {
    mean: centre,
    scale,
    values: values.map((value) => (Number.isNaN(value) ? 0 : (value - centre) / scale)),
  };
}

function ridgeSlopes(columns: readonly Standardised[], errors: Float64Array, meanError: number): number[] {
  const product = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0) / a.length;
  const centred = errors.map((error) => error - meanError);
  const matrix = columns.map((a, i) =>
    columns.map((b, j) => product(a.values, b.values) + (i === j ? RIDGE : 0)),
  );
  return solveLinear(
    matrix,
    columns.map(({ values }) => product(values, centred)),
  );
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
