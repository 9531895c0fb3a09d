import type { Ledger } from './ledger.js';
import { postgresDatabase } from './postgres-database.js';
import { sqlLedger } from './sql-ledger.js';

/** The ledger in Postgres, schema `atmr_ml`: for all who share it. */
export function postgresLedger(url: string): Ledger {
  return sqlLedger(postgresDatabase(url));
}
