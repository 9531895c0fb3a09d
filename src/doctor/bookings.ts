import { type BookingDatabase, bookingDatabase } from '../booking/booking-database.js';
import { asSubquery, planOwnQuery } from '../booking/own-query.js';
import { bookingsSql } from '../booking/production-sql.js';
import { openReadOnly, type ReadOnlyPostgres } from '../booking/read-only-postgres.js';
import { withDeadline } from '../deadline.js';
import { messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import { type Finding, fail, ok, type PlannedCheck, unknown } from './check.js';
import type { DoctorContext } from './context.js';

/** Reading nothing takes a moment; a replica that lags holds even that back, and its own limit is minutes. */
const READ_LIMIT_MS = 7000;

/** Where bookings and their outcomes are read from, where that is a database. */
export function bookingChecks(
  { config, fileFault }: DoctorContext,
  recordAnswers: () => Promise<boolean>,
): PlannedCheck[] {
  if (config.bookingsDatabaseUrl === null) return [];
  const isRecord = config.bookingsDatabaseUrl === config.databaseUrl;
  const look = async () => {
    if (fileFault !== null) return unknown(t`not looked at: the configuration file may hold a query`);
    // One fault is told once.
    if (isRecord && !(await recordAnswers())) return unknown(t`not looked at: Postgres cannot be used`);
    const variable = isRecord ? 'DATABASE_URL' : 'BOOKINGS_DATABASE_URL';
    try {
      const database = bookingDatabase(config);
      if (database === null) return unknown(t`none is configured`);
      return await withDeadline(reading(database), READ_LIMIT_MS, database.name);
    } catch (thrown) {
      const otherwise = t`Check ${variable} and what its user may read; another schema needs bookings.query.`;
      const { fact, remedy } = sentencesOf(messageOf(thrown));
      return fail(fact, remedy ?? otherwise);
    }
  };
  const what = config.bookingsQuery === null ? t`the tables booking and assignment` : 'bookings.query';
  return [{ name: 'bookings', expected: t`${what}, with the columns that are read`, look }];
}

/** What failed, and what the message says to do about it where it does. */
function sentencesOf(message: string): { readonly fact: string; readonly remedy: string | null } {
  const [fact = '', ...rest] = message.split('. ');
  // Nothing is read from a file here: "Name a file with --source FILE, the right database" is but "Name the right database".
  const remedy = rest.join('. ').replace(/^(\S+) [^,.]*--source FILE, /, '$1 ');
  return { fact: fact.replace(/\.$/, ''), remedy: remedy === '' ? null : remedy };
}

async function reading({ url, variable, query, name, timeZone }: BookingDatabase): Promise<Finding> {
  const postgres = await openReadOnly(url, variable);
  try {
    if (query === null) await readNothing(postgres, timeZone);
    else {
      const names = await postgres.columns(asSubquery(query));
      planOwnQuery(query, names, { outcome: true });
    }
    return ok(t`${name} can be read`);
  } finally {
    await postgres.close();
  }
}

/** Asking for no row at all takes every right that reading them all takes, and no time. */
async function readNothing(postgres: ReadOnlyPostgres, timeZone: string): Promise<void> {
  for await (const _ of postgres.rows(`SELECT * FROM (${bookingsSql(timeZone)}) AS bookings LIMIT 0`));
}
