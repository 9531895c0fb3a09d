import * as v from 'valibot';
import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import type { Page, StoredPrediction } from './ledger.js';
import { integer, PREDICTION_COLUMNS, storedPrediction } from './prediction-rows.js';
import type { Dialect, Row, Work } from './statement.js';

/** Where a page ended: an index has both, so the next one starts there and not at the beginning. */
export interface Place {
  readonly ms: number;
  readonly id: string;
}

/** One part of a stream, and where it ended; `null` after the last. */
export interface Part {
  readonly predictions: readonly StoredPrediction[];
  readonly next: Place | null;
}

const STORED = [
  ...PREDICTION_COLUMNS.map((column) => `p.${column}`),
  'o.actual_minutes AS actual_delay_minutes',
  'o.settled_ms',
].join(', ');

/** The answer stored for a request; `null` when there is none. */
export function* readAnswer({ schema: at }: Dialect, requestId: string): Work<string | null> {
  const sql = `SELECT answer FROM ${at}prediction WHERE request_id = $1`;
  const [row] = yield { sql, values: [requestId] };
  return row === undefined ? null : v.parse(v.object({ answer: v.nullable(v.string()) }), row).answer;
}

/** One page of answers, newest first. A cursor that is none of ours is BAD_INPUT. */
export function* readPage({ schema: at }: Dialect, limit: number, cursor: string | null): Work<Page> {
  const after = cursor === null ? null : placeFrom(cursor);
  const where = after === null ? '' : 'WHERE (p.created_ms, p.request_id) < ($1, $2)';
  const values = after === null ? [limit] : [after.ms, after.id, limit];
  const sql = `SELECT ${STORED} FROM ${at}prediction p LEFT JOIN ${at}outcome o ON o.booking_id = p.booking_id
               ${where} ORDER BY p.created_ms DESC, p.request_id DESC LIMIT $${values.length}`;
  const { predictions, next } = partOf(yield { sql, values }, limit, ({ row }) => ({
    ms: row.createdMs,
    id: row.requestId,
  }));
  return { predictions, cursor: next === null ? null : cursorOf(next) };
}

/** The answers about one booking, newest first. */
export function* readOfBooking(
  { schema: at }: Dialect,
  bookingId: string,
  limit: number,
): Work<readonly StoredPrediction[]> {
  const sql = `SELECT ${STORED} FROM ${at}prediction p LEFT JOIN ${at}outcome o ON o.booking_id = p.booking_id
               WHERE p.booking_id = $1 ORDER BY p.created_ms DESC, p.request_id DESC LIMIT $2`;
  return (yield { sql, values: [bookingId, limit] }).map(storedPrediction);
}

/** Answers by request time. */
export function* readRecorded(
  { schema: at }: Dialect,
  after: Place,
  untilMs: number,
  limit: number,
): Work<Part> {
  const sql = `SELECT ${STORED} FROM ${at}prediction p LEFT JOIN ${at}outcome o ON o.booking_id = p.booking_id
               WHERE (p.created_ms, p.request_id) > ($1, $2) AND p.created_ms < $3
               ORDER BY p.created_ms, p.request_id LIMIT $4`;
  const rows = yield { sql, values: [after.ms, after.id, untilMs, limit] };
  return partOf(rows, limit, ({ row }) => ({ ms: row.createdMs, id: row.requestId }));
}

/** Settled bookings by settlement time, with the predictions that bear their scores. */
export function* readScored(
  { schema: at }: Dialect,
  after: Place,
  untilMs: number,
  limit: number,
): Work<Part> {
  const sql = `SELECT ${STORED} FROM ${at}outcome o JOIN ${at}prediction p ON p.request_id = o.request_id
               WHERE (o.settled_ms, o.booking_id) > ($1, $2) AND o.settled_ms < $3
               ORDER BY o.settled_ms, o.booking_id LIMIT $4`;
  const rows = yield { sql, values: [after.ms, after.id, untilMs, limit] };
  return partOf(rows, limit, ({ row, settledMs }) => ({ ms: settledMs ?? 0, id: row.bookingId }));
}

/** The newest answer's time; `null` when there is none. */
export function* readLastRecorded({ schema: at }: Dialect): Work<number | null> {
  const [row] = yield { sql: `SELECT max(created_ms) AS ms FROM ${at}prediction`, values: [] };
  return v.parse(v.object({ ms: v.nullable(integer) }), row).ms;
}

function partOf(rows: readonly Row[], limit: number, placeOf: (last: StoredPrediction) => Place): Part {
  const predictions = rows.map(storedPrediction);
  const last = predictions.at(-1);
  return { predictions, next: last === undefined || predictions.length < limit ? null : placeOf(last) };
}

const placeSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictTuple([v.pipe(v.number(), v.safeInteger()), v.string()]),
);

function cursorOf({ ms, id }: Place): string {
  return Buffer.from(JSON.stringify([ms, id])).toString('base64url');
}

function placeFrom(cursor: string): Place {
  const place = v.safeParse(placeSchema, Buffer.from(cursor, 'base64url').toString());
  if (place.success) return { ms: place.output[0], id: place.output[1].replaceAll('\0', '') };
  throw new AtmrError('BAD_INPUT', t`The cursor is none of ours; expected that of the page before, or none.`);
}
