import * as v from 'valibot';
import { type Dialect, list, lock, type Work } from './statement.js';

const schema = v.object({ request_id: v.string(), booking_id: v.string() });

/** Removes up to `batch` answers created before, with the outcomes they bear the score of. Returns how many answers. */
export function* prunePredictions(dialect: Dialect, beforeMs: number, batch: number): Work<number> {
  const { schema: at } = dialect;
  yield* lock(dialect.lockAlone);
  const sql = `SELECT request_id, booking_id FROM ${at}prediction WHERE created_ms < $1
               ORDER BY created_ms LIMIT $2`;
  const rows = (yield { sql, values: [beforeMs, batch] }).map((row) => v.parse(schema, row));
  if (rows.length === 0) return 0;
  const ids = rows.map((row) => row.request_id);
  const bookings = [...new Set(rows.map((row) => row.booking_id))];
  yield {
    sql: `DELETE FROM ${at}outcome WHERE booking_id IN ${list(bookings.length)}
          AND request_id IN ${list(ids.length, bookings.length)}`,
    values: [...bookings, ...ids],
  };
  yield { sql: `DELETE FROM ${at}prediction WHERE request_id IN ${list(ids.length)}`, values: ids };
  return rows.length;
}

/** Removes up to `batch` outcomes of before that score nothing. Returns how many. */
export function* pruneOutcomes(dialect: Dialect, beforeMs: number, batch: number): Work<number> {
  const { schema: at } = dialect;
  yield* lock(dialect.lockAlone);
  const sql = `DELETE FROM ${at}outcome WHERE booking_id IN (
                 SELECT booking_id FROM ${at}outcome WHERE settled_ms < $1 AND request_id IS NULL
                 ORDER BY settled_ms LIMIT $2
               ) RETURNING booking_id`;
  return (yield { sql, values: [beforeMs, batch] }).length;
}

/** Removes the audit of corrections made before. */
export function* pruneCorrections({ schema: at }: Dialect, beforeMs: number): Work<void> {
  yield { sql: `DELETE FROM ${at}outcome_correction WHERE at_ms < $1`, values: [beforeMs] };
}
