import { systemClock } from '../clock.js';
import { describePostgres, postgresFailure } from '../postgres.js';
import { limited } from '../postgres-statement.js';

/** A connection that asks nothing of the schema: it is there to find out what is wrong with it. */
export interface PostgresSession {
  readonly where: string;
  readonly version: string;
  readonly latencyMs: number;
  /** What the server's clock is ahead of this machine's, give or take half the round trip; negative behind. */
  readonly aheadMs: number;
  rows(sql: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** What the schema lacks to be this program's. */
  readonly schemaVersion: number;
  /** Runs statements in a transaction that is undone. */
  undone<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const CONNECT_LIMIT_MS = 3000;
const STATEMENT_LIMIT_MS = 3000;

/** Opens it. UNAVAILABLE or BAD_CONFIG when it cannot, without the login. */
export async function openPostgresSession(url: string, nowMs: () => number): Promise<PostgresSession> {
  const where = describePostgres(url);
  const { default: driver } = await import('pg');
  const { schemaVersion } = await import('../migration/postgres-schema.js');
  const client = new driver.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    application_name: 'atmr-ml doctor',
  });
  client.on('error', () => {}); // the statement under way rejects too
  const rows: PostgresSession['rows'] = async (sql, values = []) =>
    (await client.query<Record<string, unknown>>(limited(sql, STATEMENT_LIMIT_MS, values))).rows;
  let earlier: Promise<unknown> = Promise.resolve();
  try {
    await client.connect();
    await rows("SET lock_timeout = '2s'");
    const sentMs = systemClock.monotonicMs();
    const beforeMs = nowMs();
    const [row] = await rows(
      "SELECT current_setting('server_version') AS version, extract(epoch FROM clock_timestamp())::float8 * 1000 AS now",
    );
    const latencyMs = systemClock.monotonicMs() - sentMs;
    return {
      where,
      version: String(row?.version),
      latencyMs,
      aheadMs: Number(row?.now) - (beforeMs + latencyMs / 2),
      rows,
      schemaVersion: await schemaVersion(client, STATEMENT_LIMIT_MS),
      undone(work) {
        // One at a time: a connection has one transaction.
        const done = earlier.then(() => inTransaction(rows, work));
        earlier = done.catch(() => {});
        return done;
      },
      close: () => client.end(),
    };
  } catch (cause) {
    await client.end().catch(() => {});
    throw postgresFailure(cause, where);
  }
}

async function inTransaction<T>(rows: PostgresSession['rows'], work: () => Promise<T>): Promise<T> {
  await rows('BEGIN');
  try {
    return await work();
  } finally {
    await rows('ROLLBACK');
  }
}
