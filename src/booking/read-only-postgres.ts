import type pg from 'pg';
import { withDeadline } from '../deadline.js';
import { describePostgres } from '../postgres.js';
import { limited } from '../postgres-statement.js';
import { binaryRowReader, type Cells, cellFormat } from './binary-rows.js';
import { bookingsFailure } from './postgres-failure.js';

/** A database that bookings are read from, in one read-only transaction. */
export interface ReadOnlyPostgres {
  /** For messages: host, port and database, never the login. */
  readonly where: string;
  /** The names of the columns that a query gives, without running it. */
  columns(sql: string): Promise<readonly string[]>;
  /** The rows of a query in batches. One query at a time. */
  rows(sql: string): AsyncGenerator<readonly Cells[]>;
  close(): Promise<void>;
}

const CONNECT_LIMIT_MS = 5000;
/** The next rows, sorting included. The server's own limit would run over the time that the taker of the rows needs. */
const ANSWER_LIMIT_MS = 120_000;
/** All rows, with the time that their taker needs: a server that works on for somebody who has gone comes to an end. */
const LONGEST_READING = '6h';
/** A program that is gone must not hold the transaction. */
const IDLE_LIMIT_MS = 600_000;

/** Times as ISO text and numbers with all their digits, whatever the role or the database is set to. */
const BEGIN_SQL = `BEGIN READ ONLY; SET LOCAL statement_timeout = '${LONGEST_READING}'; \
SET LOCAL idle_in_transaction_session_timeout = ${IDLE_LIMIT_MS}; SET LOCAL datestyle = 'ISO, YMD'; \
SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 1`;

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
  const session = { client, where, variable };
  try {
    await client.connect();
  } catch (cause) {
    await client.end();
    throw bookingsFailure(cause, where, variable);
  }
  const close = async () => void (await client.end());
  await ask(session, BEGIN_SQL).catch((thrown) => close().then(() => Promise.reject(thrown)));
  return {
    where,
    columns: async (sql) => (await describe(session, sql)).map(({ name }) => name),
    rows: (sql) => copied(session, sql),
    close,
  };
}

interface Session {
  readonly client: pg.Client;
  readonly where: string;
  readonly variable: string;
}

async function ask(
  { client, where, variable }: Session,
  sql: string,
  extended = false,
): Promise<pg.QueryResult> {
  const statement = { ...limited(sql, ANSWER_LIMIT_MS), ...(extended && { queryMode: 'extended' }) };
  return await withDeadline(client.query(statement), ANSWER_LIMIT_MS, where).catch((cause: unknown) => {
    throw bookingsFailure(cause, where, variable);
  });
}

/** The columns that a query gives. */
async function describe(session: Session, sql: string): Promise<readonly pg.FieldDef[]> {
  // One statement only, which is what the extended protocol takes: `; COMMIT` would end the transaction.
  return (await ask(session, `SELECT * FROM (${sql}\n) AS own LIMIT 0`, true)).fields;
}

/**
 * By COPY, so that the server goes on while the rows that it sent are scored; in binary, which nothing has to parse.
 * A taker of the rows that is slow makes the server wait.
 */
async function* copied(session: Session, sql: string): AsyncGenerator<readonly Cells[]> {
  const { client, where, variable } = session;
  const formats = (await describe(session, sql)).map(({ dataTypeID }) => cellFormat(dataTypeID));
  const names = formats.map((_, column) => `c${column}`);
  const cells = formats.map((format, column) => (format === 'cast' ? `c${column}::text` : `c${column}`));
  const query = `SELECT ${cells.join(', ')} FROM (${sql}\n) AS own(${names.join(', ')})`;
  const { to } = await import('pg-copy-streams');
  const pieces = client.query(to(`COPY (${query}) TO STDOUT (FORMAT binary)`));
  const iterator: AsyncIterator<Buffer> = pieces[Symbol.asyncIterator]();
  const read = binaryRowReader(formats);
  try {
    while (true) {
      const piece = await withDeadline(iterator.next(), ANSWER_LIMIT_MS, where);
      if (piece.done) return;
      const rows = read(piece.value);
      if (rows.length > 0) yield rows;
    }
  } catch (cause) {
    throw bookingsFailure(cause, where, variable);
  }
}
