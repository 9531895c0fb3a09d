import type pg from 'pg';
import { describePostgres, postgresFailure } from '../postgres.js';
import { type Migration, pendingMigrations } from './migration.js';
import { POSTGRES_MIGRATIONS } from './postgres-migrations.js';
import { schemaVersion } from './postgres-schema.js';

/** For the connection, and for the look at what is there. */
const CONNECT_LIMIT_MS = 5000;
/** A step may rewrite a table, and wait for the migration of another program. */
const STATEMENT_LIMIT_MS = 60_000;
/** Any number, the same for ever: it names the lock that lets one migration run at a time. */
const LOCK = 7_265_001;

/** What the schema at `url` still lacks. UNAVAILABLE without an answer, BAD_CONFIG when it is ahead. */
export async function readPending(url: string): Promise<readonly Migration[]> {
  return await withClient(url, pendingOf);
}

/**
 * Brings the schema at `url` up to date: all missing steps in one transaction, one program at a time, forward
 * only. Returns the steps that were done.
 */
export async function migratePostgres(url: string): Promise<readonly Migration[]> {
  return await withClient(url, async (client, where) => {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const pending = await pendingOf(client, where);
    if (pending.length > 0) await apply(client, pending);
    await client.query('COMMIT');
    return pending;
  });
}

async function pendingOf(client: pg.Client, where: string): Promise<readonly Migration[]> {
  return pendingMigrations(POSTGRES_MIGRATIONS, await schemaVersion(client, CONNECT_LIMIT_MS), where);
}

async function apply(client: pg.Client, pending: readonly Migration[]): Promise<void> {
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS atmr_ml;
    CREATE TABLE IF NOT EXISTS atmr_ml.migration (
      id int PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())`);
  for (const { id, name, sql } of pending) {
    await client.query(sql);
    await client.query('INSERT INTO atmr_ml.migration (id, name) VALUES ($1, $2)', [id, name]);
  }
}

/** An open transaction ends with the connection: a failure leaves the schema as it was. */
async function withClient<T>(
  url: string,
  work: (client: pg.Client, where: string) => Promise<T>,
): Promise<T> {
  const where = describePostgres(url);
  const { default: driver } = await import('pg');
  const client = new driver.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    query_timeout: STATEMENT_LIMIT_MS,
    application_name: 'atmr-ml migrate',
  });
  client.on('error', () => {}); // the statement under way rejects too
  try {
    await client.connect();
    return await work(client, where);
  } catch (cause) {
    throw postgresFailure(cause, where);
  } finally {
    await client.end();
  }
}
