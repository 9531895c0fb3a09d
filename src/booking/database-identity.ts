import { createHash } from 'node:crypto';
import { type BookingDatabase, readingFrom } from './booking-database.js';

const MAY_ASK_SQL = `SELECT has_function_privilege('pg_control_system()', 'EXECUTE')`;
const CLUSTER_SQL = 'SELECT system_identifier::text, current_database()::text FROM pg_control_system()';
const NAME_SQL = `SELECT ''::text, current_database()::text`;

/**
 * A name for the bookings' database that a physical replica of it has too, by whatever address it is reached; of a server
 * that does not tell who it is, the database's own name has to do.
 */
export async function identifyDatabase(database: BookingDatabase): Promise<string> {
  const rows = readingFrom(database, async function* (postgres) {
    let mayAsk = false;
    for await (const [[answer] = []] of postgres.rows(MAY_ASK_SQL)) mayAsk = answer === true;
    yield* postgres.rows(mayAsk ? CLUSTER_SQL : NAME_SQL);
  });
  const identity = createHash('sha256');
  for await (const batch of rows) identity.update(JSON.stringify(batch));
  return identity.digest('hex').slice(0, 16);
}
