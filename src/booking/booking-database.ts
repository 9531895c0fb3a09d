import type { Config } from '../config.js';
import { describePostgres } from '../postgres.js';
import { t } from '../wording/t.js';
import { openReadOnly, type ReadOnlyPostgres } from './read-only-postgres.js';

/** Where bookings are read from in Postgres. */
export interface BookingDatabase {
  readonly url: string;
  /** The variable that holds the URL, for messages. */
  readonly variable: 'DATABASE_URL' | 'BOOKINGS_DATABASE_URL';
  /** For messages: `Postgres at host:5432/database (table booking)`. */
  readonly name: string;
  /** The user's own query; `null` for the production tables. */
  readonly query: string | null;
  readonly timeZone: string;
}

/** The database of the configuration; `null` when none is configured. */
export function bookingDatabase(config: Config): BookingDatabase | null {
  const { bookingsDatabaseUrl: url, databaseUrl, bookingsQuery: query, timeZone } = config;
  if (url === null) return null;
  const variable = url === databaseUrl ? 'DATABASE_URL' : 'BOOKINGS_DATABASE_URL';
  const what = query === null ? t`table booking` : 'bookings.query';
  return { url, variable, name: `${describePostgres(url, variable)} (${what})`, query, timeZone };
}

/** Does `work` on the database in one read-only transaction, which ends with it. */
export async function* readingFrom<T>(
  { url, variable }: BookingDatabase,
  work: (postgres: ReadOnlyPostgres) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const postgres = await openReadOnly(url, variable);
  try {
    yield* work(postgres);
  } finally {
    await postgres.close();
  }
}
