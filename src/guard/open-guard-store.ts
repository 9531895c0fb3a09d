import { sqlitePath } from '../flag/stores.js';
import type { LedgerDatabase } from '../ledger/ledger-database.js';
import { openLedgerDatabase } from '../ledger/open-database.js';
import { t } from '../wording/t.js';
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
export async function openGuardStore(address: GuardAddress): Promise<GuardStore> {
  return await guardStoreIn(await openLedgerDatabase(address), address);
}

/** The same in a database that is open; closing one closes the other. */
export async function guardStoreIn(
  database: LedgerDatabase,
  { databaseUrl, home, flagKey }: GuardAddress,
): Promise<GuardStore> {
  if (databaseUrl === null) return sqlGuardStore(database, flagKey, t`SQLite at ${sqlitePath(home)}`);
  const { describePostgres } = await import('../postgres.js');
  return sqlGuardStore(database, flagKey, describePostgres(databaseUrl));
}
