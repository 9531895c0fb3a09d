import { type PostgresQuery, postgresAt } from '../postgres.js';
import type { Ledger } from './ledger.js';
import { sqlLedger } from './sql-ledger.js';
import type { Dialect, Row, Work } from './statement.js';

/** Any number, the same for ever: it names the lock between those who record and those who settle. */
const LOCK = 7_265_002;

const DIALECT: Dialect = {
  schema: 'atmr_ml.',
  forUpdate: 'FOR UPDATE',
  lockShared: `SELECT pg_advisory_xact_lock_shared(${LOCK})`,
  lockAlone: `SELECT pg_advisory_xact_lock(${LOCK})`,
};

/** For one statement, and for all of a transaction with them. */
const STATEMENT_LIMIT_MS = 3000;
const TRANSACTION_LIMIT_MS = 5000;

/** The ledger in Postgres, schema `atmr_ml`; `atmr-ml migrate` makes it. */
export function postgresLedger(url: string): Ledger {
  const postgres = postgresAt(url);
  const query: PostgresQuery = (sql, values) => postgres.query(sql, values, STATEMENT_LIMIT_MS);
  return sqlLedger({
    dialect: DIALECT,
    read: (work) => run(query, work()),
    write: (work) => postgres.transaction((inside) => run(inside, work()), TRANSACTION_LIMIT_MS),
    ping: async () => void (await query('SELECT count(*) FROM atmr_ml.ledger_mark', [])),
    close: postgres.close,
  });
}

async function run<T>(query: PostgresQuery, work: Work<T>): Promise<T> {
  let step = work.next([]);
  while (!step.done) step = work.next((await query(step.value.sql, step.value.values)) as readonly Row[]);
  return step.value;
}
