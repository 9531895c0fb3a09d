import { type BookingDatabase, bookingDatabase } from '../booking/booking-database.js';
import { openReadOnly } from '../booking/read-only-postgres.js';
import { messageOf } from '../errors.js';
import { type Finding, fail, ok, type PlannedCheck, unknown } from './check.js';
import type { DoctorContext } from './context.js';

/** Where bookings and their outcomes are read from, where that is a database. */
export function bookingChecks(
  { config, fileFault }: DoctorContext,
  recordAnswers: () => Promise<boolean>,
): PlannedCheck[] {
  const database = bookingDatabase(config);
  if (database === null) return [];
  const expected =
    database.query === null ? 'the table booking, readable' : 'bookings.query, which gives columns';
  const look = async () => {
    if (fileFault !== null) return unknown('not looked at: the configuration file may hold a query');
    // One fault is told once.
    const isRecord = database.variable === 'DATABASE_URL';
    if (isRecord && !(await recordAnswers())) return unknown('not looked at: Postgres cannot be used');
    return await reading(database);
  };
  return [{ name: 'bookings', expected, look }];
}

async function reading({ url, variable, query, name }: BookingDatabase): Promise<Finding> {
  try {
    const postgres = await openReadOnly(url, variable);
    try {
      const columns = await postgres.columns(query ?? 'SELECT * FROM booking');
      return ok(`${name}: ${columns.length} columns`);
    } finally {
      await postgres.close();
    }
  } catch (thrown) {
    const remedy = `Check ${variable} and what its user may read; another schema needs bookings.query.`;
    return fail(messageOf(thrown).replace(/\.$/, ''), remedy);
  }
}
