import type { Cells } from '../booking/binary-rows.js';
import type { Booking } from '../booking/booking.js';
import { type BookingDatabase, readingFrom } from '../booking/booking-database.js';
import { inlined } from '../booking/inlined.js';
import { wallTimeText } from '../booking/local-time.js';
import { countingDelay, LARGEST_DELAY_MINUTES, type NotCounting } from '../booking/outcome.js';
import { openPostgresBookings } from '../booking/postgres-source.js';
import { type ProductionOutcome, readOutcome } from '../booking/production-row.js';
import { OUTCOMES_SQL } from '../booking/production-sql.js';
import type { Outcome } from '../ledger/ledger.js';

/** Why a row says nothing about what happened. */
export type NoNews = NotCounting | 'bad_row';

/** One row: what happened to a booking, or why it does not count. */
export type News = Outcome | NoNews;

const MINUTE_MS = 60_000;
const LARGEST_DELAY_MS = LARGEST_DELAY_MINUTES * MINUTE_MS;
/** The reading of a clock that is turned back stands for two instants. */
const CLOCK_CHANGE_MS = 60 * MINUTE_MS;

/**
 * What happened to the bookings of a database that were picked up since `sinceMs` (`null`: ever), those up to four
 * hours before included: rows are found by their scheduled time, which has an index more often than a pickup has.
 * Rejects as reading bookings does; a row that cannot be read does not stop the others.
 */
export function postgresOutcomes(
  database: BookingDatabase,
  sinceMs: number | null,
  nowMs: number,
): AsyncGenerator<News> {
  return database.query === null
    ? productionOutcomes(database, sinceMs, nowMs)
    : ownOutcomes(database, sinceMs, nowMs);
}

async function* productionOutcomes(
  database: BookingDatabase,
  sinceMs: number | null,
  nowMs: number,
): AsyncGenerator<News> {
  const { timeZone } = database;
  const wall = (epochMs: number) => wallTimeText(epochMs, timeZone);
  const from = sinceMs === null ? null : wall(sinceMs - LARGEST_DELAY_MS - CLOCK_CHANGE_MS);
  const until = wall(nowMs + LARGEST_DELAY_MS + CLOCK_CHANGE_MS);
  const batches = readingFrom(database, (postgres) => postgres.rows(inlined(OUTCOMES_SQL, [from, until])));
  for await (const batch of batches) for (const cells of batch) yield newsOf(cells, timeZone);
}

function newsOf([id = null, time = null, ...rest]: Cells, timeZone: string): News {
  const outcome = readOutcome(time, rest, timeZone);
  if (typeof outcome === 'string' || id === null) return 'bad_row';
  return outcome.reason ?? counting(String(id), outcome);
}

function counting(bookingId: string, { actualDelayMinutes, actualPickupMs }: ProductionOutcome): News {
  if (actualDelayMinutes === null) return 'bad_row';
  if (Math.abs(actualDelayMinutes) > LARGEST_DELAY_MINUTES) return 'delay_over_180_min';
  return { bookingId, actualDelayMinutes, actualPickupMs, origin: 'postgres' };
}

/** A query of the user's own is read as a whole: only it knows by what its rows could be chosen. */
async function* ownOutcomes(
  database: BookingDatabase,
  sinceMs: number | null,
  nowMs: number,
): AsyncGenerator<News> {
  let badRows = 0;
  const bookings = openPostgresBookings(database, {
    onBadRow: 'skip',
    needsOutcome: true,
    onSkipped: () => {
      badRows += 1;
    },
  });
  for await (const booking of bookings) {
    const atMs = booking.scheduled?.epochMs ?? null;
    const isOld = sinceMs !== null && atMs !== null && atMs < sinceMs - LARGEST_DELAY_MS;
    if (!isOld && (atMs === null || atMs <= nowMs + LARGEST_DELAY_MS)) yield bookingNews(booking);
  }
  for (; badRows > 0; badRows -= 1) yield 'bad_row';
}

function bookingNews(booking: Booking): News {
  const delay = countingDelay(booking);
  if (typeof delay === 'string') return delay;
  const { id: bookingId, scheduled } = booking;
  const actualPickupMs = scheduled === null ? null : Math.round(scheduled.epochMs + delay * MINUTE_MS);
  return { bookingId, actualDelayMinutes: delay, actualPickupMs, origin: 'postgres' };
}
