import * as v from 'valibot';
import { jsonText } from '../flag/documents.js';
import type { PredictionRow, StoredPrediction } from './ledger.js';
import type { Row } from './statement.js';

/** The columns of the table `prediction`, in the order of {@link predictionValues}. */
export const PREDICTION_COLUMNS = [
  'request_id',
  'booking_id',
  'created_ms',
  'scheduled_ms',
  'variant',
  'source',
  'reason',
  'revision',
  'percentage',
  'predicted_minutes',
  'model_minutes',
  'heuristic_minutes',
  'lower_minutes',
  'upper_minutes',
  'confidence',
  'attempt',
  'prediction_time_ms',
  'weather_factor',
  'weather_reason',
  'out_of_range',
  'features',
  'driver_id',
  'model_name',
  'model_version',
  'simulated',
  'instance',
  'answer',
] as const;

/** A storable row's values, in the order of the columns. */
export function predictionValues(row: PredictionRow): unknown[] {
  return [
    row.requestId,
    row.bookingId,
    row.createdMs,
    row.scheduledMs,
    row.variant,
    row.source,
    row.reason,
    row.revision,
    row.percentage,
    row.predictedMinutes,
    row.modelMinutes,
    row.heuristicMinutes,
    row.lowerMinutes,
    row.upperMinutes,
    row.confidence,
    row.attempt,
    row.predictionTimeMs,
    row.weatherFactor,
    row.weatherReason,
    row.outOfRange,
    JSON.stringify(row.features),
    row.driverId,
    row.modelName,
    row.modelVersion,
    Number(row.simulated),
    row.instance,
    row.answer,
  ];
}

const text = v.string();
const nullableText = v.nullable(text);
const number = v.number();
const nullableNumber = v.nullable(number);
/** Postgres gives its 64-bit integers as text. */
export const integer = v.pipe(v.union([number, text]), v.transform(Number));
export const nullableInteger = v.nullable(integer);
export const source = v.picklist(['model', 'heuristic', 'fallback']);

const weatherReason = v.picklist([
  'no_key',
  'unauthorized',
  'rate_limited',
  'timeout',
  'unreachable',
  'malformed',
  'no_coordinates',
  'beyond_forecast',
  'no_history',
  'disabled',
]);

/** A row of PredictionRow's shape, as a spool holds it. */
export const predictionSchema = v.object({
  requestId: text,
  bookingId: text,
  createdMs: number,
  scheduledMs: nullableNumber,
  variant: v.picklist(['model', 'control']),
  source,
  reason: nullableText,
  revision: nullableNumber,
  percentage: nullableNumber,
  predictedMinutes: number,
  modelMinutes: nullableNumber,
  heuristicMinutes: number,
  lowerMinutes: nullableNumber,
  upperMinutes: nullableNumber,
  confidence: nullableNumber,
  attempt: v.picklist(['none', 'ineligible', 'answered', 'failed', 'late', 'not_finite']),
  predictionTimeMs: nullableNumber,
  weatherFactor: number,
  weatherReason: v.nullable(weatherReason),
  outOfRange: number,
  features: v.record(text, nullableNumber),
  driverId: nullableText,
  modelName: text,
  modelVersion: text,
  simulated: v.boolean(),
  instance: text,
  answer: nullableText,
});

const numbersSchema = v.object({
  created_ms: integer,
  scheduled_ms: nullableInteger,
  revision: nullableInteger,
  out_of_range: integer,
  features: jsonText,
  simulated: integer,
  actual_delay_minutes: nullableNumber,
  settled_ms: nullableInteger,
});

/** A row of `prediction` with the outcome beside it. */
export function storedPrediction(row: Row): StoredPrediction {
  const numbers = v.parse(numbersSchema, row);
  return {
    row: v.parse(predictionSchema, {
      requestId: row.request_id,
      bookingId: row.booking_id,
      createdMs: numbers.created_ms,
      scheduledMs: numbers.scheduled_ms,
      variant: row.variant,
      source: row.source,
      reason: row.reason,
      revision: numbers.revision,
      percentage: row.percentage,
      predictedMinutes: row.predicted_minutes,
      modelMinutes: row.model_minutes,
      heuristicMinutes: row.heuristic_minutes,
      lowerMinutes: row.lower_minutes,
      upperMinutes: row.upper_minutes,
      confidence: row.confidence,
      attempt: row.attempt,
      predictionTimeMs: row.prediction_time_ms,
      weatherFactor: row.weather_factor,
      weatherReason: row.weather_reason,
      outOfRange: numbers.out_of_range,
      features: numbers.features,
      driverId: row.driver_id,
      modelName: row.model_name,
      modelVersion: row.model_version,
      simulated: numbers.simulated === 1,
      instance: row.instance,
      answer: row.answer,
    }),
    actualDelayMinutes: numbers.actual_delay_minutes,
    settledMs: numbers.settled_ms,
  };
}
