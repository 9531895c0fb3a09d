import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import pg from 'pg';
import { type TestServer, temporaryFolder } from '../servers/process.js';

/** A database of either kind for one test, and what is in it. */
export interface Place {
  /** As a configuration names it. */
  readonly address: { readonly databaseUrl: string | null; readonly home: string };
  /** The rows of a statement; tables are named with their schema. */
  rows(sql: string): Promise<readonly unknown[]>;
  clear(): Promise<void>;
}

const TABLES = [
  ...['prediction', 'outcome', 'outcome_correction'],
  ...['traffic_sum', 'accuracy_sum', 'time_count', 'ledger_mark'],
  ...['guard_lease', 'guard_episode', 'uptime_minute'],
];

/** A file of its own. */
export function sqlitePlace(): Place {
  const home = temporaryFolder('ledger');
  return {
    address: { databaseUrl: null, home },
    async rows(sql) {
      const database = new Libsql(join(home, 'atmr-ml.db'));
      const rows = database.prepare(sql.replaceAll('atmr_ml.', '')).all();
      database.close();
      return rows;
    },
    clear: async () => rmSync(home, { recursive: true }),
  };
}

/** The tables of a migrated server, emptied afterwards. */
export function postgresPlace({ url }: TestServer): Place {
  const query = async (sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<object>(sql);
    await client.end();
    return rows;
  };
  return {
    address: { databaseUrl: url, home: '/nowhere' },
    rows: query,
    clear: async () => void (await query(`TRUNCATE ${TABLES.map((name) => `atmr_ml.${name}`).join(', ')}`)),
  };
}
