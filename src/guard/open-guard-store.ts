import { sqlitePath } from '../flag/stores.js';
import type { GuardStore } from './guard-store.js';
import { sqlGuardStore } from './sql-guard-store.js';

/** Where guards remember, by configuration. */
export interface GuardAddress {
  /** Postgres; `null` when DATABASE_URL is not set. */
  readonly databaseUrl: string | null;
  /** ATMR_ML_HOME. */
  readonly home: string;
  readonly flagKey: string;
}

/** Beside the ledger: Postgres where it is configured, else the embedded file of this machine. */
export async function openGuardStore({ databaseUrl, home, flagKey }: GuardAddress): Promise<GuardStore> {
  if (databaseUrl !== null) {
    const { describePostgres } = await import('../postgres.js');
    const { postgresDatabase } = await import('../ledger/postgres-database.js');
    return sqlGuardStore(postgresDatabase(databaseUrl), flagKey, describePostgres(databaseUrl));
  }
  const path = sqlitePath(home);
  const { sqliteDatabase } = await import('../ledger/sqlite-database.js');
  return sqlGuardStore(sqliteDatabase(path), flagKey, `SQLite at ${path}`);
}
