import { ACCURATE_BELOW_MINUTES } from '../booking/outcome.js';
import type { FeatureName } from '../features/features.js';
import { conformalInterval } from '../statistics/conformal.js';
import type { Difficulty, IntervalParameters } from './manifest.js';

/** Minutes late between which the outcome lies with probability `level`. */
export interface PredictionInterval {
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}

/**
 * The interval around a prediction by normalised split conformal prediction (Papadopoulos et al. 2002; Lei et al.
 * 2018): the score at the level times the booking's difficulty, to either side. `row` holds the features in the
 * order of `names`, NaN for missing.
 */
export function intervalOf(
  parameters: IntervalParameters,
  predictedMinutes: number,
  row: Float32Array | Float64Array,
  names: readonly FeatureName[],
): PredictionInterval {
  const { scores, level, difficulty } = parameters;
  const position = level * (scores.length - 1);
  // Rounding up keeps the promised coverage between two stored scores; the epsilon absorbs 0.9 × 200 = 180.00…03.
  const score = scores[Math.min(scores.length - 1, Math.ceil(position - 1e-9))]!;
  const expectedError = difficultyOf(difficulty, predictedMinutes, row, names);
  return { ...conformalInterval(predictedMinutes, expectedError, score), level };
}

/** The probability, 0–1, that the prediction is wrong by no more than `withinMinutes`: the share of scores that small. */
export function confidenceOf(
  parameters: IntervalParameters,
  predictedMinutes: number,
  row: Float32Array | Float64Array,
  names: readonly FeatureName[],
  withinMinutes = ACCURATE_BELOW_MINUTES,
): number {
  const { scores, difficulty } = parameters;
  return shareUpTo(scores, withinMinutes / difficultyOf(difficulty, predictedMinutes, row, names));
}

/** The expected |error| of a prediction in minutes. */
export function difficultyOf(
  { intercept, perPredictedMinute, perFeature, featureMeans, floor }: Difficulty,
  predictedMinutes: number,
  row: Float32Array | Float64Array,
  names: readonly FeatureName[],
): number {
  let expected = intercept + perPredictedMinute * predictedMinutes;
  for (let column = 0; column < names.length; column += 1) {
    const name = names[column]!;
    const slope = perFeature[name];
    if (slope === undefined) continue;
    const value = row[column]!;
    expected += slope * (Number.isNaN(value) ? (featureMeans[name] ?? 0) : value);
  }
  return Math.max(floor, expected);
}

/** The inverse of reading a quantile, linear between two stored ones. */
function shareUpTo(scores: readonly number[], score: number): number {
  const last = scores.length - 1;
  if (score < scores[0]!) return 0;
  let below = 0;
  while (below < last && scores[below + 1]! <= score) below += 1;
  if (below === last) return 1;
  const step = scores[below + 1]! - scores[below]!;
  return (below + (score - scores[below]!) / step) / last;
}
