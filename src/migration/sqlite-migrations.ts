import type { Migration } from './migration.js';
import { SQLITE_ALERTS_SQL } from './sqlite-alerts.sql.js';
import { SQLITE_GUARD_SQL } from './sqlite-guard.sql.js';
import { SQLITE_LEDGER_SQL } from './sqlite-ledger.sql.js';

/** The schema of the embedded store. Times are milliseconds since the epoch, UTC; documents are JSON text. */
export const SQLITE_MIGRATIONS: readonly Migration[] = [
  {
    id: 1,
    name: 'flag',
    sql: `
      CREATE TABLE flag (
        key TEXT PRIMARY KEY,
        enabled INTEGER NOT NULL,
        percentage REAL NOT NULL,
        fallback_on_error INTEGER NOT NULL,
        salt TEXT NOT NULL,
        model TEXT,
        revision INTEGER NOT NULL,
        change_id TEXT NOT NULL,
        clears TEXT NOT NULL,
        updated_at INTEGER NOT NULL,
        updated_by TEXT NOT NULL,
        reason TEXT NOT NULL,
        action TEXT NOT NULL
      ) STRICT;
      CREATE TABLE flag_audit (
        key TEXT NOT NULL,
        revision INTEGER NOT NULL,
        change_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        "by" TEXT NOT NULL,
        action TEXT NOT NULL,
        reason TEXT NOT NULL,
        named TEXT NOT NULL,
        before TEXT,
        after TEXT NOT NULL,
        prev_hash TEXT,
        hash TEXT NOT NULL,
        PRIMARY KEY (key, revision),
        UNIQUE (key, change_id)
      ) STRICT;
      CREATE TABLE flag_mark (
        key TEXT NOT NULL,
        id TEXT NOT NULL,
        at INTEGER NOT NULL,
        "by" TEXT NOT NULL,
        reason TEXT NOT NULL,
        host TEXT NOT NULL,
        ended_revision INTEGER,
        PRIMARY KEY (key, id)
      ) STRICT;
      CREATE TABLE instance (
        key TEXT NOT NULL,
        id TEXT NOT NULL,
        report TEXT NOT NULL,
        seen_at INTEGER NOT NULL,
        PRIMARY KEY (key, id)
      ) STRICT;`,
  },
  { id: 2, name: 'ledger', sql: SQLITE_LEDGER_SQL },
  {
    id: 3,
    name: 'checklist',
    sql: `
      CREATE TABLE checklist_answer (
        key TEXT NOT NULL,
        list TEXT NOT NULL,
        item TEXT NOT NULL,
        at INTEGER NOT NULL,
        id TEXT NOT NULL,
        answer TEXT NOT NULL,
        "by" TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (key, list, item, at, id)
      ) STRICT;`,
  },
  { id: 4, name: 'rollout', sql: 'ALTER TABLE flag ADD COLUMN rollout TEXT' },
  { id: 5, name: 'guard', sql: SQLITE_GUARD_SQL },
  { id: 6, name: 'alerts', sql: SQLITE_ALERTS_SQL },
];
