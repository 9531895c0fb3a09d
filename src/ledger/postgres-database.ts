import { type PostgresQuery, postgresAt } from '../postgres.js';
import type { LedgerDatabase } from './ledger-database.js';
import type { Dialect, Row, Work } from './statement.js';

/** Any number, the same for ever: it names the lock between those who record and those who settle. */
const LOCK = 7_265_002;

export const POSTGRES_DIALECT: Dialect = {
  schema: 'atmr_ml.',
  nowMs: 'atmr_ml.now_ms()',
  forUpdate: 'FOR UPDATE',
  lockShared: `SELECT pg_advisory_xact_lock_shared(${LOCK})`,
  lockAlone: `SELECT pg_advisory_xact_lock(${LOCK})`,
};

/** For one statement, and for all of a transaction with them. */
const STATEMENT_LIMIT_MS = 3000;
const TRANSACTION_LIMIT_MS = 5000;

/** Postgres, schema `atmr_ml`; `atmr-ml migrate` makes it. */
export function postgresDatabase(url: string): LedgerDatabase {
  const postgres = postgresAt(url);
  const query: PostgresQuery = (sql, values) => postgres.query(sql, values, STATEMENT_LIMIT_MS);
  return {
    dialect: POSTGRES_DIALECT,
    read: (work) => run(query, work()),
    write: (work) => postgres.transaction((inside) => run(inside, work()), TRANSACTION_LIMIT_MS),
    ping: async () => void (await query('SELECT count(*) FROM atmr_ml.ledger_mark', [])),
    close: postgres.close,
  };
}

async function run<T>(query: PostgresQuery, work: Work<T>): Promise<T> {
  let step = work.next([]);
  while (!step.done) step = work.next((await query(step.value.sql, step.value.values)) as readonly Row[]);
  return step.value;
}
