import type Database from 'libsql';
import { sqliteAt } from '../sqlite.js';
import type { LedgerDatabase } from './ledger-database.js';
import type { Dialect, Row, Work } from './statement.js';

const DIALECT: Dialect = {
  schema: '',
  nowMs: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
  forUpdate: '',
  lockShared: null,
  lockAlone: null,
};

/** SQLite in an embedded file: for one machine, any number of processes. */
export function sqliteDatabase(path: string): LedgerDatabase {
  const sqlite = sqliteAt(path);
  return {
    dialect: DIALECT,
    read: (work) => sqlite.read((database) => run(database, work())),
    write: (work) => sqlite.write((database) => run(database, work())),
    ping: async () => void (await sqlite.peek('SELECT count(*) FROM ledger_mark')),
    close: async () => sqlite.close(),
  };
}

type Prepared = Database.Statement<unknown[]>;
/** Statements are few; their texts differ by how many rows they take, and those by how busy it is. */
const MOST_PREPARED = 400;
const preparedOf = new WeakMap<Database.Database, Map<string, Prepared>>();

function run<T>(database: Database.Database, work: Work<T>): T {
  let step = work.next([]);
  while (!step.done) {
    const { sql, values } = step.value;
    // SAFETY: without `raw`, each row is an object by column name.
    step = work.next(prepared(database, sql).all(...values) as Row[]);
  }
  return step.value;
}

/** To prepare a statement of hundreds of values takes longer than to run it. */
function prepared(database: Database.Database, sql: string): Prepared {
  const statements = preparedOf.get(database) ?? new Map<string, Prepared>();
  preparedOf.set(database, statements);
  const found = statements.get(sql) ?? database.prepare(numbered(sql));
  // The one used last is at the end, so the first is the one that was not used for longest.
  statements.delete(sql);
  statements.set(sql, found);
  const [oldest] = statements.keys();
  if (statements.size > MOST_PREPARED && oldest !== undefined) statements.delete(oldest);
  return found;
}

/** SQLite looks a `$1` up among all names, which takes the square of their count; a number it takes as it is. */
function numbered(sql: string): string {
  return sql.replaceAll(/\$(\d+)/g, '?$1');
}
