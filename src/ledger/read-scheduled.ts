import * as v from 'valibot';
import { integer } from './prediction-rows.js';
import { chunks, type Dialect, list, type Work } from './statement.js';

const schema = v.object({ booking_id: v.string(), scheduled_ms: integer });

/** When bookings were due, by the newest answer to each that tells; those without one are left out. */
export function* readScheduled(
  { schema: at }: Dialect,
  bookingIds: readonly string[],
): Work<ReadonlyMap<string, number>> {
  const scheduled = new Map<string, number>();
  for (const some of chunks(bookingIds)) {
    const sql = `SELECT booking_id, scheduled_ms FROM ${at}prediction
                 WHERE booking_id IN ${list(some.length)} AND scheduled_ms IS NOT NULL
                 ORDER BY created_ms, request_id`;
    for (const row of yield { sql, values: some }) {
      const { booking_id, scheduled_ms } = v.parse(schema, row);
      // The newest comes last.
      scheduled.set(booking_id, scheduled_ms);
    }
  }
  return scheduled;
}
