import type pg from 'pg';
import { withDeadline } from '../deadline.js';
import { describePostgres } from '../postgres.js';
import { limited } from '../postgres-statement.js';
import { bookingsFailure } from './postgres-failure.js';
import type { Cells } from './production-row.js';

/** A database that bookings are read from, in one read-only transaction. */
export interface ReadOnlyPostgres {
  /** For messages: host, port and database, never the login. */
  readonly where: string;
  /** The names of the columns that a query gives, without running it. */
  columns(sql: string): Promise<readonly string[]>;
  /** The rows of a query in batches, as text. One query at a time. */
  rows(sql: string, values: Cells): AsyncGenerator<readonly Cells[]>;
  close(): Promise<void>;
}

const CONNECT_LIMIT_MS = 5000;
/** A batch, sorting included. */
const STATEMENT_LIMIT_MS = 120_000;
/** The server's own limit comes first, and its answer says what happened. */
const ANSWER_LIMIT_MS = STATEMENT_LIMIT_MS + 5000;
const BATCH_ROWS = 1000;
/** Whoever takes the rows may score them meanwhile; a program that is gone must not hold the transaction. */
const IDLE_LIMIT_MS = 600_000;

/** Times as ISO text and numbers with all their digits, whatever the role or the database is set to. */
const BEGIN_SQL = `BEGIN READ ONLY; SET LOCAL statement_timeout = ${STATEMENT_LIMIT_MS}; \
SET LOCAL idle_in_transaction_session_timeout = ${IDLE_LIMIT_MS}; SET LOCAL datestyle = 'ISO, YMD'; \
SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 1; SET LOCAL cursor_tuple_fraction = 1`;

/** Text as it comes: a number's last digit and a date's zone are not the driver's to decide. */
const AS_TEXT: pg.CustomTypesConfig = { getTypeParser: () => (text: unknown) => text };

/**
 * Connects to `url` and begins a transaction that cannot write. Rejects as {@link bookingsFailure} says; `variable`
 * is where the URL came from.
 */
export async function openReadOnly(url: string, variable: string): Promise<ReadOnlyPostgres> {
  const where = describePostgres(url, variable);
  const { default: driver } = await import('pg');
  const client = new driver.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    application_name: 'atmr-ml',
    keepAlive: true,
  });
  client.on('error', () => {}); // the statement under way rejects too
  const ask = async (statement: pg.QueryConfig): Promise<pg.QueryArrayResult<(string | null)[]>> => {
    const asked = client.query<(string | null)[]>({ ...statement, rowMode: 'array', types: AS_TEXT });
    return await withDeadline(asked, ANSWER_LIMIT_MS, where).catch((cause: unknown) => {
      throw bookingsFailure(cause, where, variable);
    });
  };
  try {
    await client.connect();
  } catch (cause) {
    await client.end();
    throw bookingsFailure(cause, where, variable);
  }
  const close = async () => void (await client.end());
  await ask(limited(BEGIN_SQL, ANSWER_LIMIT_MS)).catch((thrown) =>
    close().then(() => Promise.reject(thrown)),
  );
  return {
    where,
    columns: (sql) => columnsOf(ask, sql),
    rows: (sql, values) => fetched(ask, sql, values),
    close,
  };
}

type Ask = (statement: pg.QueryConfig) => Promise<pg.QueryArrayResult<(string | null)[]>>;

async function columnsOf(ask: Ask, sql: string): Promise<readonly string[]> {
  // One statement only, which is what the extended protocol takes: `; COMMIT` would end the transaction.
  const described = {
    ...limited(`SELECT * FROM (${sql}\n) AS own LIMIT 0`, ANSWER_LIMIT_MS),
    queryMode: 'extended',
  };
  const { fields } = await ask(described);
  return fields.map(({ name }) => name);
}

/**
 * A cursor of SQL and not of the protocol: there the server's time limit would run from the first batch to the last,
 * and with it over the time that the taker of the rows needs.
 */
async function* fetched(ask: Ask, sql: string, values: Cells): AsyncGenerator<readonly Cells[]> {
  const declare = limited(`DECLARE bookings NO SCROLL CURSOR FOR ${sql}`, ANSWER_LIMIT_MS, values);
  await ask({ ...declare, ...{ queryMode: 'extended' } });
  while (true) {
    const { rows } = await ask(limited(`FETCH ${BATCH_ROWS} FROM bookings`, ANSWER_LIMIT_MS));
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH_ROWS) break;
  }
  await ask(limited('CLOSE bookings', ANSWER_LIMIT_MS));
}
