import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import { mapKnown, oneByOne } from './batches.js';
import type { Cells } from './binary-rows.js';
import type { Booking } from './booking.js';
import { type BookingDatabase, readingFrom } from './booking-database.js';
import { printable } from './columns.js';
import { watchDuplicates } from './duplicates.js';
import { asSubquery, planOwnQuery } from './own-query.js';
import { parseBooking, type RawRecord } from './parse.js';
import { readProductionRow, withoutTime } from './production-row.js';
import { bookingsSql, type WhichBookings } from './production-sql.js';
import type { ReadOnlyPostgres } from './read-only-postgres.js';
import { describeFault, type RowFault } from './row.js';
import type { BookingFileOptions } from './source.js';
import { readTimestamp, skippedByClocks } from './timestamp.js';

/** How bookings are read from a database; see {@link BookingFileOptions}. */
export interface PostgresOptions
  extends Pick<BookingFileOptions, 'onBadRow' | 'needsOutcome' | 'onSkipped' | 'onIgnoredColumns'>,
    WhichBookings {}

/**
 * The bookings of a database in constant memory: of the production tables in the order of their times, of a query of
 * the user's own in its order. Throws BAD_CONFIG for a database, a table, a column or a right that is missing,
 * UNAVAILABLE for one that does not answer, and BAD_INPUT for a row that is no booking and for no booking at all.
 */
export function openPostgresBookings(
  database: BookingDatabase,
  options: PostgresOptions,
): AsyncGenerator<Booking> {
  return oneByOne(openPostgresBookingBatches(database, options));
}

/** {@link openPostgresBookings}, as many at once as come at once. What came before a fault is given before the error. */
export async function* openPostgresBookingBatches(
  database: BookingDatabase,
  options: PostgresOptions,
): AsyncGenerator<readonly Booking[]> {
  let found = false;
  const known = (read: Booking | RowFault): Booking | null => {
    if (!('reason' in read)) return read;
    reject(read, database, options);
    return null;
  };
  for await (const batch of readingFrom(database, (postgres) => readRows(postgres, database, options))) {
    found = true;
    yield* mapKnown(batch, known);
  }
  // Somebody else may have taken away what the part held.
  if (found || options.part !== undefined) return;
  if (options.id === undefined) {
    throw noBookingsIn(database.name);
  }
  throw noSuchBooking(options.id, database.name);
}

export function noBookingsIn(database: string): AtmrError {
  return new AtmrError('BAD_INPUT', t`There are no bookings in ${database}. Name a file with --source FILE.`);
}

/** The error for an id that a source does not hold. */
export function noSuchBooking(id: string, source: string): AtmrError {
  return new AtmrError('BAD_INPUT', t`There is no booking ${printable(id)} in ${source}. Check the id.`);
}

function readRows(postgres: ReadOnlyPostgres, database: BookingDatabase, options: PostgresOptions) {
  const { query, timeZone } = database;
  return query === null
    ? productionRows(postgres, timeZone, options)
    : ownRows(postgres, query, database, options);
}

async function* productionRows(postgres: ReadOnlyPostgres, timeZone: string, which: WhichBookings) {
  if (which.id !== undefined && !/^\d{1,18}$/.test(which.id)) return;
  for await (const batch of postgres.rows(bookingsSql(timeZone, which))) {
    yield batch.map((cells) => readProductionRow(cells, timeZone));
  }
}

async function* ownRows(
  postgres: ReadOnlyPostgres,
  query: string,
  { timeZone, name }: BookingDatabase,
  { id, part, needsOutcome = false, onIgnoredColumns }: PostgresOptions,
): AsyncGenerator<readonly (Booking | RowFault)[]> {
  const names = await postgres.columns(asSubquery(query));
  const { sql, plan, ignored } = planOwnQuery(query, names, {
    outcome: needsOutcome,
    ...(id !== undefined && { id }),
    ...(part !== undefined && { part }),
  });
  if (ignored.length > 0) onIgnoredColumns?.(ignored.map(printable));
  const duplicates = watchDuplicates();
  let row = 0;
  const readOne = (values: Cells) => {
    row += 1;
    const read = readOwnRow({ plan, values, unit: 'row', line: row }, timeZone);
    if ('id' in read && duplicates.add(read.id, row) !== null) throw repeated(name);
    return read;
  };
  for await (const batch of postgres.rows(sql)) {
    yield* mapKnown(batch, readOne);
  }
  if (duplicates.atEnd() !== null) throw repeated(name);
}

/** As the production tables are read: a time that is not there or never was is a reason, not a fault. */
function readOwnRow(record: RawRecord & { readonly values: Cells }, timeZone: string): Booking | RowFault {
  const { at } = record.plan;
  const [id, time] = [String(record.values[at.id] ?? '').trim(), record.values[at.scheduled_time]];
  if (id !== '' && at.scheduled_time >= 0) {
    if (time === null || time === undefined) return withoutTime(id, 'no_scheduled_time');
    const read = readTimestamp(time, timeZone);
    if (typeof read === 'string' && read === skippedByClocks(timeZone)) {
      return withoutTime(id, 'scheduled_time_skipped');
    }
  }
  const read = parseBooking(record, timeZone);
  // Only what is wrong is told: a query may have put anything in that column.
  return 'reason' in read ? { ...read, value: '' } : read;
}

function repeated(name: string): AtmrError {
  const fact = t`${name} gives an id twice, and an id names one booking`;
  return new AtmrError(
    'BAD_INPUT',
    t`${fact}. A join may find several rows for one booking: choose one of them.`,
  );
}

function reject(fault: RowFault, { name }: BookingDatabase, { onBadRow, onSkipped }: PostgresOptions): void {
  if (onBadRow === 'skip') {
    onSkipped?.(fault);
    return;
  }
  const remedy = t`Correct it, or skip such rows with --on-bad-row skip.`;
  throw new AtmrError('BAD_INPUT', `${name} ${describeFault(fault)}. ${remedy}`);
}
