import { sqlitePath } from '../flag/stores.js';
import type { Ledger } from './ledger.js';

/** Where the ledger lives, by configuration. */
export interface LedgerAddress {
  /** Postgres; `null` when DATABASE_URL is not set. */
  readonly databaseUrl: string | null;
  /** ATMR_ML_HOME. */
  readonly home: string;
}

/**
 * The ledger that a configuration means: DATABASE_URL → Postgres, else the SQLite file that holds the flag. Redis
 * keeps no ledger. A database that does not answer is found out by the first operation.
 */
export async function openLedger({ databaseUrl, home }: LedgerAddress): Promise<Ledger> {
  if (databaseUrl !== null) {
    const { postgresLedger } = await import('./postgres-ledger.js');
    return postgresLedger(databaseUrl);
  }
  const { sqliteLedger } = await import('./sqlite-ledger.js');
  return sqliteLedger(sqlitePath(home));
}
