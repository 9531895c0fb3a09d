import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import type { PredictionRow } from './ledger.js';

/** Bytes of an id: the indexes of Postgres take no longer keys than five of these. */
const LONGEST_ID = 512;

/** Refuses with BAD_INPUT what no database would take, so that one bad answer never looks like a ledger that is away. */
export function checkPrediction(row: PredictionRow): void {
  checkId('requestId', row.requestId);
  checkId('bookingId', row.bookingId);
  const { createdMs, predictedMinutes, heuristicMinutes, weatherFactor, outOfRange } = row;
  const numbers = { createdMs, predictedMinutes, heuristicMinutes, weatherFactor, outOfRange };
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isFinite(value)) refuse(t`${name} is ${value}; expected a finite number.`);
  }
  if (!Number.isSafeInteger(Math.round(createdMs))) refuse(t`createdMs is ${createdMs}; expected a time.`);
}

/** Refuses an id with BAD_INPUT that no index takes. */
export function checkId(name: string, id: string): void {
  const bytes = Buffer.byteLength(id);
  if (bytes === 0 || bytes > LONGEST_ID) refuse(t`${name} has ${bytes} bytes; expected 1 to ${LONGEST_ID}.`);
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

/** Text as both databases give it back: without the character that Postgres has none for, and without halves. */
export function storable<T extends string | null>(text: T): T;
export function storable(text: string | null): string | null {
  if (text === null || !UNSTORABLE.test(text)) return text;
  return text.replaceAll('\0', '').replaceAll(HALF, '\ufffd');
}

const UNSTORABLE = /[\0\p{Cs}]/u;
const HALF = /\p{Cs}/gu;

/** A number as both databases take it; `null` for what is none. */
export function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

/** As an integer of the databases. */
function whole(value: number | null): number | null {
  const rounded = value === null ? null : Math.round(value);
  return Number.isSafeInteger(rounded) ? rounded : null;
}
