import * as v from 'valibot';
import type { ScoredPrediction, Standing } from './accuracy.js';
import { integer, nullableInteger, source } from './prediction-rows.js';
import { chunks, type Dialect, list, tuples, type Work } from './statement.js';

/** What the ledger knows of a booking's end. */
export interface KnownOutcome {
  readonly bookingId: string;
  readonly actualMinutes: number;
  readonly pickupMs: number | null;
  readonly origin: string;
  /** When there first was an outcome. */
  readonly knownMs: number;
  /** When this value of it came: the minute in which it counts. */
  readonly settledMs: number;
  readonly standing: Standing;
  /** Of the score-bearing prediction. */
  readonly requestId: string | null;
  /** |predicted − actual| of the answer that was given. */
  readonly errorMinutes: number | null;
}

const schema = v.pipe(
  v.object({
    booking_id: v.string(),
    actual_minutes: v.number(),
    pickup_ms: nullableInteger,
    origin: v.string(),
    known_ms: integer,
    settled_ms: integer,
    standing: v.picklist(['scored', 'unscored', 'unpredicted']),
    request_id: v.nullable(v.string()),
    error_minutes: v.nullable(v.number()),
  }),
  v.transform(
    (row): KnownOutcome => ({
      bookingId: row.booking_id,
      actualMinutes: row.actual_minutes,
      pickupMs: row.pickup_ms,
      origin: row.origin,
      knownMs: row.known_ms,
      settledMs: row.settled_ms,
      standing: row.standing,
      requestId: row.request_id,
      errorMinutes: row.error_minutes,
    }),
  ),
);

const COLUMNS = [
  'booking_id',
  'actual_minutes',
  'pickup_ms',
  'origin',
  'known_ms',
  'settled_ms',
  'standing',
  'request_id',
  'error_minutes',
] as const;

/** The outcomes of these bookings; `lockClause` keeps others from changing them until the transaction ends. */
export function* outcomesOf(
  { schema: at }: Dialect,
  bookingIds: readonly string[],
  lockClause = '',
): Work<readonly KnownOutcome[]> {
  const found: KnownOutcome[] = [];
  // In one order everywhere: two writers never wait for each other in a circle.
  for (const ids of chunks([...new Set(bookingIds)].sort())) {
    const sql = `SELECT ${COLUMNS.join(', ')} FROM ${at}outcome WHERE booking_id IN ${list(ids.length)}
                 ORDER BY booking_id ${lockClause}`;
    const rows = yield { sql, values: ids };
    found.push(...rows.map((row) => v.parse(schema, row)));
  }
  return found;
}

export function* putOutcomes({ schema: at }: Dialect, outcomes: readonly KnownOutcome[]): Work<void> {
  const set = COLUMNS.slice(1).map((column) => `${column} = excluded.${column}`);
  for (const some of chunks(outcomes)) {
    yield {
      sql: `INSERT INTO ${at}outcome (${COLUMNS.join(', ')}) VALUES ${tuples(some.length, COLUMNS.length)}
            ON CONFLICT (booking_id) DO UPDATE SET ${set.join(', ')}`,
      values: some.flatMap((outcome) => [
        outcome.bookingId,
        outcome.actualMinutes,
        outcome.pickupMs,
        outcome.origin,
        outcome.knownMs,
        outcome.settledMs,
        outcome.standing,
        outcome.requestId,
        outcome.errorMinutes,
      ]),
    };
  }
}

const scoredSchema = v.object({
  request_id: v.string(),
  source,
  predicted_minutes: v.number(),
  model_minutes: v.nullable(v.number()),
  heuristic_minutes: v.number(),
  lower_minutes: v.nullable(v.number()),
  upper_minutes: v.nullable(v.number()),
});

/** What is scored of these predictions, by request id. */
export function* scoredPredictions(
  { schema: at }: Dialect,
  requestIds: readonly string[],
): Work<ReadonlyMap<string, ScoredPrediction>> {
  const found = new Map<string, ScoredPrediction>();
  const columns = Object.keys(scoredSchema.entries).join(', ');
  for (const ids of chunks([...new Set(requestIds)])) {
    const sql = `SELECT ${columns} FROM ${at}prediction WHERE request_id IN ${list(ids.length)}`;
    for (const row of yield { sql, values: ids }) {
      const scored = v.parse(scoredSchema, row);
      found.set(scored.request_id, {
        source: scored.source,
        predictedMinutes: scored.predicted_minutes,
        modelMinutes: scored.model_minutes,
        heuristicMinutes: scored.heuristic_minutes,
        lowerMinutes: scored.lower_minutes,
        upperMinutes: scored.upper_minutes,
      });
    }
  }
  return found;
}
