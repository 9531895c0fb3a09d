import { sqlitePath } from '../flag/stores.js';
import type { LedgerDatabase } from './ledger-database.js';
import type { LedgerAddress } from './open-ledger.js';

/**
 * The database of the ledger and of what guards remember: Postgres where it is configured, else the embedded file
 * that holds the flag. Nothing is asked yet.
 */
export async function openLedgerDatabase({ databaseUrl, home }: LedgerAddress): Promise<LedgerDatabase> {
  if (databaseUrl !== null) {
    const { postgresDatabase } = await import('./postgres-database.js');
    return postgresDatabase(databaseUrl);
  }
  const { sqliteDatabase } = await import('./sqlite-database.js');
  return sqliteDatabase(sqlitePath(home));
}
