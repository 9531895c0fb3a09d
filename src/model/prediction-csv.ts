import { idCell } from '../csv-cell.js';
import type { Prediction } from './prediction.js';

/** The first line of a table of predictions; minutes late, confidence 0–1. */
export const PREDICTION_HEADER =
  'booking_id,source,reason,predicted_minutes,lower,upper,confidence,risk_level,model_minutes,heuristic_minutes';

/** One prediction as a line of CSV; what there is not is empty. */
export function predictionRow(prediction: Prediction): string {
  const { interval, reason } = prediction;
  return [
    idCell(prediction.booking_id),
    prediction.source,
    reason ?? '',
    number(prediction.predicted_minutes),
    number(interval?.lower ?? null),
    number(interval?.upper ?? null),
    number(prediction.confidence),
    prediction.risk_level,
    number(prediction.model_minutes),
    number(prediction.heuristic_minutes),
  ].join(',');
}

function number(value: number | null): string {
  return value === null ? '' : value.toFixed(4);
}
