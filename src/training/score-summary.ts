import type { ScoreSummary } from '../model/manifest.js';
import { addError, emptyErrorSums, errorScores } from '../statistics/error-sums.js';

/** MAE, RMSE and R² of predictions in minutes; `null` without any. */
export function scoreSummary(predicted: Float64Array, actual: Float64Array): ScoreSummary | null {
  if (actual.length === 0) return null;
  const sums = emptyErrorSums();
  for (let i = 0; i < actual.length; i += 1) addError(sums, predicted[i]!, actual[i]!);
  const { mae, rmse, r2 } = errorScores(sums);
  return { n: sums.n, mae, rmse, r2 };
}
