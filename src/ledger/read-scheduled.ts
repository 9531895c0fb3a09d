import * as v from 'valibot';
import { nullableInteger } from './prediction-rows.js';
import { chunks, type Dialect, tuples, type Work } from './statement.js';

const schema = v.object({ booking_id: v.string(), scheduled_ms: nullableInteger });

/** When bookings were due, by the newest answer to each that tells; those without one are left out. */
export function* readScheduled(
  { schema: at }: Dialect,
  bookingIds: readonly string[],
): Work<ReadonlyMap<string, number>> {
  const scheduled = new Map<string, number>();
  for (const some of chunks(bookingIds)) {
    const sql = `WITH asked (booking_id) AS (VALUES ${tuples(some.length, 1)})
                 SELECT a.booking_id, ${newestScheduled(at, 'a.booking_id')} AS scheduled_ms FROM asked a`;
    for (const row of yield { sql, values: some }) {
      const { booking_id, scheduled_ms } = v.parse(schema, row);
      if (scheduled_ms !== null) scheduled.set(booking_id, scheduled_ms);
    }
  }
  return scheduled;
}

/** How far back the time of a booking is looked for that its newest answers came without. */
const MOST_UNSCHEDULED = 100;

/** The pickup's time of a booking as an expression of SQL: a booking that was asked about for ever costs no more. */
export function newestScheduled(at: string, bookingId: string): string {
  return `(
    SELECT s.scheduled_ms FROM (
      SELECT p.scheduled_ms, p.created_ms, p.request_id FROM ${at}prediction p
      WHERE p.booking_id = ${bookingId} ORDER BY p.created_ms DESC, p.request_id DESC LIMIT ${MOST_UNSCHEDULED}
    ) s WHERE s.scheduled_ms IS NOT NULL ORDER BY s.created_ms DESC, s.request_id DESC LIMIT 1
  )`;
}
