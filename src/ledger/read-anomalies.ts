import * as v from 'valibot';
import { MISSED_ABOVE_MINUTES } from '../booking/outcome.js';
import { coarseUntil } from './coarsen.js';
import type { Anomaly } from './ledger.js';
import { integer, nullableInteger } from './prediction-rows.js';
import { rangesOf, wholeMinutes } from './spans.js';
import type { Dialect, Work } from './statement.js';
import { ACCURACY_SUMS, readSums } from './sums.js';

const LAST_MS = Number.MAX_SAFE_INTEGER;

/** Settled since, with an error above the threshold: how many, and the largest. */
export function* readAnomalies(
  dialect: Dialect,
  fromMs: number,
  threshold: number,
  limit: number,
): Work<{ count: number; anomalies: readonly Anomaly[] }> {
  const isSummed = threshold === MISSED_ABOVE_MINUTES && fromMs >= (yield* coarseUntil(dialect));
  const count = isSummed
    ? yield* countMisses(dialect, fromMs)
    : yield* countRows(dialect, fromMs, LAST_MS, threshold);
  return { count, anomalies: limit > 0 ? yield* largest(dialect, fromMs, threshold, limit) : [] };
}

/** Beyond this threshold everybody's count is in the sums; only the minute that the window cuts is counted. */
function* countMisses(dialect: Dialect, fromMs: number): Work<number> {
  const wholeMs = wholeMinutes(0, fromMs).untilMs;
  const { untilMs } = wholeMinutes(0, Number.POSITIVE_INFINITY);
  const sums = yield* readSums(dialect, ACCURACY_SUMS, rangesOf(wholeMs, untilMs));
  const cut = wholeMs === fromMs ? 0 : yield* countRows(dialect, fromMs, wholeMs, MISSED_ABOVE_MINUTES);
  return Number(sums.served_missed) + cut;
}

function* countRows(dialect: Dialect, fromMs: number, untilMs: number, threshold: number): Work<number> {
  const sql = `SELECT count(*) AS count FROM ${dialect.schema}outcome
               WHERE settled_ms >= $1 AND settled_ms < $2 AND ${above(threshold)} error_minutes > $3`;
  const [row] = yield { sql, values: [fromMs, untilMs, threshold] };
  return v.parse(v.object({ count: integer }), row).count;
}

const schema = v.pipe(
  v.object({
    booking_id: v.string(),
    predicted_minutes: v.number(),
    actual_minutes: v.number(),
    error_minutes: v.number(),
    confidence: v.nullable(v.number()),
    created_ms: integer,
  }),
  v.transform(
    (row): Anomaly => ({
      bookingId: row.booking_id,
      predictedMinutes: row.predicted_minutes,
      actualMinutes: row.actual_minutes,
      errorMinutes: row.error_minutes,
      confidence: row.confidence,
      createdMs: row.created_ms,
    }),
  ),
);

/** Each day's largest are in an index; of a window of days, the largest of them are merged. */
function* largest(
  { schema: at }: Dialect,
  fromMs: number,
  threshold: number,
  limit: number,
): Work<readonly Anomaly[]> {
  const days = yield* daysSince(at, fromMs);
  const isIndexed = threshold >= MISSED_ABOVE_MINUTES && days.length <= MOST_DAYS;
  const errors = `SELECT booking_id, error_minutes FROM ${at}outcome
    WHERE settled_ms >= $1 AND ${above(threshold)} error_minutes > $2`;
  const top = 'ORDER BY error_minutes DESC LIMIT $3';
  const ofDay = (day: number) =>
    `SELECT * FROM (${errors} AND settled_ms / ${DAY_MS} = ${day} ${top}) d${day}`;
  const found = isIndexed ? days.map(ofDay).join(' UNION ALL ') : `${errors} ${top}`;
  const sql = `
    SELECT o.booking_id, p.predicted_minutes, o.actual_minutes, o.error_minutes, p.confidence, p.created_ms
    FROM (SELECT * FROM (${found}) f ORDER BY error_minutes DESC LIMIT $3) l
    JOIN ${at}outcome o ON o.booking_id = l.booking_id JOIN ${at}prediction p ON p.request_id = o.request_id
    ORDER BY o.error_minutes DESC, o.booking_id`;
  if (days.length === 0) return [];
  const rows = yield { sql, values: [fromMs, threshold, limit] };
  return rows.map((row) => v.parse(schema, row));
}

const DAY_MS = 86_400_000;
/** Of a longer window, the largest are looked for among all. */
const MOST_DAYS = 40;

/** The days, counted from 1970 in UTC, that have outcomes settled since, or might. */
function* daysSince(at: string, fromMs: number): Work<readonly number[]> {
  // Apart from each other, both are the end of an index.
  const sql = `SELECT (SELECT min(settled_ms) FROM ${at}outcome WHERE settled_ms >= $1) AS first,
                      (SELECT max(settled_ms) FROM ${at}outcome) AS last`;
  const [row] = yield { sql, values: [fromMs] };
  const { first, last } = v.parse(v.object({ first: nullableInteger, last: nullableInteger }), row);
  if (first === null || last === null) return [];
  const firstDay = Math.floor(first / DAY_MS);
  return Array.from({ length: Math.floor(last / DAY_MS) - firstDay + 1 }, (_, i) => firstDay + i);
}

/** Says what the databases cannot know of a parameter: that the index of misses has all that is asked for. */
function above(threshold: number): string {
  return threshold >= MISSED_ABOVE_MINUTES ? 'error_minutes > 5 AND' : '';
}
