import type { Ledger } from './ledger.js';
import { sqlLedger } from './sql-ledger.js';
import { sqliteDatabase } from './sqlite-database.js';

/** The ledger in an embedded file: for one machine, any number of processes. */
export function sqliteLedger(path: string): Ledger {
  return sqlLedger(sqliteDatabase(path));
}
