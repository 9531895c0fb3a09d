import { sqlitePath } from '../flag/stores.js';
import type { LedgerDatabase } from '../ledger/ledger-database.js';
import { t } from '../wording/t.js';
import type { Outbox } from './outbox.js';
import { sqlOutbox } from './sql-outbox.js';

/** Where alerts wait, by configuration. */
export interface OutboxAddress {
  /** Postgres; `null` when DATABASE_URL is not set. */
  readonly databaseUrl: string | null;
  /** ATMR_ML_HOME. */
  readonly home: string;
  readonly flagKey: string;
}

/** An outbox on a connection of its own. */
export interface OpenOutbox extends Outbox {
  /** For a notice: where it is. */
  readonly where: string;
  close(): Promise<void>;
}

/** Beside the ledger: Postgres where it is configured, else the embedded file of this machine. */
export async function openOutbox({ databaseUrl, home, flagKey }: OutboxAddress): Promise<OpenOutbox> {
  const opened = (database: LedgerDatabase, where: string): OpenOutbox => ({
    ...sqlOutbox(database, flagKey),
    where,
    close: database.close,
  });
  if (databaseUrl !== null) {
    const { describePostgres } = await import('../postgres.js');
    const { postgresDatabase } = await import('../ledger/postgres-database.js');
    return opened(postgresDatabase(databaseUrl), describePostgres(databaseUrl));
  }
  const path = sqlitePath(home);
  const { sqliteDatabase } = await import('../ledger/sqlite-database.js');
  return opened(sqliteDatabase(path), t`SQLite at ${path}`);
}
