import type { Migration } from './migration.js';
import { POSTGRES_CHECKLIST_SQL } from './postgres-checklist.sql.js';
import { POSTGRES_FLAG_SQL } from './postgres-flag.sql.js';
import { POSTGRES_LEDGER_SQL } from './postgres-ledger.sql.js';

/** The schema `atmr_ml` in Postgres, step by step. Nothing outside of it is ever written. */
export const POSTGRES_MIGRATIONS: readonly Migration[] = [
  { id: 1, name: 'flag', sql: POSTGRES_FLAG_SQL },
  { id: 2, name: 'ledger', sql: POSTGRES_LEDGER_SQL },
  { id: 3, name: 'checklist', sql: POSTGRES_CHECKLIST_SQL },
];
