import * as v from 'valibot';
import { AtmrError } from '../errors.js';
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

/** Bytes of an id: the indexes of Postgres take no longer keys than five of these. */
const LONGEST_ID = 512;

/** Refuses with BAD_INPUT what no database would take, so that one bad answer never looks like a ledger that is away. */
export function checkPrediction(row: PredictionRow): void {
  checkId('requestId', row.requestId);
  checkId('bookingId', row.bookingId);
  const { createdMs, predictedMinutes, heuristicMinutes, weatherFactor, outOfRange } = row;
  const numbers = { createdMs, predictedMinutes, heuristicMinutes, weatherFactor, outOfRange };
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isFinite(value)) refuse(`${name} is ${value}; expected a finite number.`);
  }
  if (!Number.isSafeInteger(Math.round(createdMs))) refuse(`createdMs is ${createdMs}; expected a time.`);
}

/** Refuses an id with BAD_INPUT that no index takes. */
export function checkId(name: string, id: string): void {
  const bytes = Buffer.byteLength(id);
  if (bytes === 0 || bytes > LONGEST_ID) refuse(`${name} has ${bytes} bytes; expected 1 to ${LONGEST_ID}.`);
}

function refuse(text: string): never {
  throw new AtmrError('BAD_INPUT', text);
}

/** The row as the databases take it: integers whole, numbers that are none left out, text as it is stored. */
export function storableRow(row: PredictionRow): PredictionRow {
  return {
    ...row,
    requestId: storable(row.requestId),
    bookingId: storable(row.bookingId),
    createdMs: Math.round(row.createdMs),
    scheduledMs: whole(row.scheduledMs),
    reason: storable(row.reason),
    revision: whole(row.revision),
    percentage: finite(row.percentage),
    modelMinutes: finite(row.modelMinutes),
    lowerMinutes: finite(row.lowerMinutes),
    upperMinutes: finite(row.upperMinutes),
    confidence: finite(row.confidence),
    predictionTimeMs: finite(row.predictionTimeMs),
    outOfRange: whole(row.outOfRange) ?? 0,
    driverId: storable(row.driverId),
    modelName: storable(row.modelName),
    modelVersion: storable(row.modelVersion),
    instance: storable(row.instance),
    answer: storable(row.answer),
  };
}

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

/** Text as both databases give it back: without the character that Postgres has none for, and without halves. */
export function storable<T extends string | null>(text: T): T;
export function storable(text: string | null): string | null {
  if (text === null || !UNSTORABLE.test(text)) return text;
  return text.replaceAll('\0', '').replaceAll(HALF, '\ufffd');
}

const UNSTORABLE = /[\0\p{Cs}]/u;
const HALF = /\p{Cs}/gu;

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function whole(value: number | null): number | null {
  const rounded = value === null ? null : Math.round(value);
  return Number.isSafeInteger(rounded) ? rounded : null;
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
