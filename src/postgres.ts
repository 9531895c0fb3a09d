import type pg from 'pg';
import { withDeadline } from './deadline.js';
import { AtmrError, messageOf } from './errors.js';
import { pendingMigrations } from './migration/migration.js';
import { POSTGRES_MIGRATIONS } from './migration/postgres-migrations.js';
import { HAS_SCHEMA, versionOfSchema } from './migration/postgres-schema.js';
import { limited } from './postgres-statement.js';
import { t } from './wording/t.js';

/** A Postgres database whose schema `atmr_ml` is ours. */
export interface Postgres {
  /** For messages: host, port and database, never the login. */
  readonly where: string;
  /** The rows of one statement, in autocommit. Rejects with UNAVAILABLE when no answer came in `limitMs`. */
  query(sql: string, values: readonly unknown[], limitMs: number): Promise<readonly unknown[]>;
  /**
   * Runs `work` in one durable transaction. Rejects with UNAVAILABLE when it took longer than `limitMs`, or an answer
   * was lost: if that to the commit was, whether it took effect is unknown.
   */
  transaction<T>(work: (query: PostgresQuery) => Promise<T>, limitMs: number): Promise<T>;
  close(): Promise<void>;
}

/** The rows of one statement. */
export type PostgresQuery = (sql: string, values: readonly unknown[]) => Promise<readonly unknown[]>;

const CONNECT_LIMIT_MS = 1000;
const MOST_CONNECTIONS = 4;
/**
 * A statement that waits this long for a lock, or works this long, is given up by the server; so is a transaction
 * whose client stands still, for others wait for its locks. To compile a statement takes longer than to run one of ours.
 */
const SESSION_SQL = `
  SET synchronous_commit = on; SET jit = off; SET lock_timeout = '2s'; SET statement_timeout = '2s';
  SET idle_in_transaction_session_timeout = '5s';
  SELECT pg_is_in_recovery() AS replica, ${HAS_SCHEMA} AS exists`;

/**
 * The database at `url`. Connects when first used and again after a failure; nothing is ever sent twice. A schema
 * that is behind or ahead of this program, and a URL that is none, are BAD_CONFIG.
 */
export function postgresAt(url: string): Postgres {
  const where = describePostgres(url);
  let pool: Promise<pg.Pool> | null = null;
  return {
    where,
    async query(sql, values, limitMs) {
      try {
        pool ??= openPool(url, where);
        // The driver's own limit drops the connection, so that no later statement waits behind a lost one.
        const statement = limited(sql, limitMs, values);
        const result = await withDeadline((await pool).query<object>(statement), limitMs, where);
        return result.rows;
      } catch (cause) {
        throw postgresFailure(cause, where);
      }
    },
    async transaction(work, limitMs) {
      try {
        pool ??= openPool(url, where);
        const client = await (await pool).connect();
        return await withDeadline(inTransaction(client, work, limitMs), limitMs, where);
      } catch (cause) {
        throw postgresFailure(cause, where);
      }
    },
    async close() {
      await (await pool)?.end();
      pool = null;
    },
  };
}

/** A connection on which a transaction failed is closed: that ends the transaction, whatever became of it. */
async function inTransaction<T>(
  client: pg.PoolClient,
  work: (query: PostgresQuery) => Promise<T>,
  limitMs: number,
): Promise<T> {
  // The server gives a statement up earlier: a longer silence is the network's, and closing would wait for it.
  const query: PostgresQuery = async (sql, values) =>
    (await client.query<object>(limited(sql, limitMs / 2, values))).rows;
  try {
    await query('BEGIN', []);
    const result = await work(query);
    await query('COMMIT', []);
    client.release();
    return result;
  } catch (thrown) {
    client.release(true);
    throw thrown;
  }
}

/** `Postgres at host:5432/database`. A text that is no URL is BAD_CONFIG naming `variable`, and is not repeated. */
export function describePostgres(url: string, variable = 'DATABASE_URL'): string {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new AtmrError(
      'BAD_CONFIG',
      t`${variable} is not of the form postgresql://user:password@host:5432/database.`,
    );
  }
  const { host, pathname } = new URL(url);
  return t`Postgres at ${host || t`the local socket`}${pathname}`;
}

/**
 * Wraps what the driver threw. Its messages never hold a password; the URL is not repeated. A server that refuses
 * the login, the database or the rights has answered: BAD_CONFIG.
 */
export function postgresFailure(cause: unknown, where: string): AtmrError {
  if (cause instanceof AtmrError) return cause;
  if (isRefused(cause)) {
    const remedy = t`Check the user, the password and the database in DATABASE_URL, and what that user may do.`;
    return new AtmrError('BAD_CONFIG', t`${where} refused: ${messageOf(cause)}. ${remedy}`, { cause });
  }
  return new AtmrError('UNAVAILABLE', t`${where} did not answer: ${messageOf(cause)}.`, { cause });
}

/** SQLSTATE 28… is a login, 3D000 a database that is missing, 42501 a right that is. */
function isRefused(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code.startsWith('28') || code === '3D000' || code === '42501';
}

async function openPool(url: string, where: string): Promise<pg.Pool> {
  const { default: driver } = await import('pg');
  const pool = new driver.Pool({
    connectionString: url,
    application_name: 'atmr-ml',
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    max: MOST_CONNECTIONS,
    keepAlive: true,
    onConnect: (client) => prepareSession(client, where),
  });
  pool.on('error', () => {}); // an idle connection broke; the pool opens another when one is needed
  return pool;
}

async function prepareSession(client: pg.ClientBase, where: string): Promise<void> {
  // Between two statements nobody listens to a connection in use: that it broke is for the next statement to tell.
  client.on('error', () => {});
  // SAFETY: of several statements the driver gives a list of results, which its types do not know.
  const results = (await client.query(
    limited(SESSION_SQL, CONNECT_LIMIT_MS),
  )) as unknown as readonly pg.QueryResult<{ replica: boolean; exists: boolean }>[];
  const session = results.at(-1)?.rows[0];
  if (session?.replica === true) {
    throw new AtmrError(
      'UNAVAILABLE',
      t`${where} is a replica; the flag needs the primary. Check DATABASE_URL.`,
    );
  }
  const version = session?.exists === true ? await versionOfSchema(client, CONNECT_LIMIT_MS) : 0;
  const pending = pendingMigrations(POSTGRES_MIGRATIONS, version, where);
  if (pending.length > 0) {
    throw new AtmrError(
      'BAD_CONFIG',
      t`The schema atmr_ml of ${where} lacks ${pending.length} of ${POSTGRES_MIGRATIONS.length} steps. Run \`atmr-ml migrate\`.`,
    );
  }
}
