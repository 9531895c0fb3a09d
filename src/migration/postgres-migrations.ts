import type { Migration } from './migration.js';
import { POSTGRES_ALERTS_SQL } from './postgres-alerts.sql.js';
import { POSTGRES_CHECKLIST_SQL } from './postgres-checklist.sql.js';
import { POSTGRES_FLAG_SQL } from './postgres-flag.sql.js';
import { POSTGRES_GUARD_SQL } from './postgres-guard.sql.js';
import { POSTGRES_LEDGER_SQL } from './postgres-ledger.sql.js';
import { POSTGRES_ROLLOUT_SQL } from './postgres-rollout.sql.js';

/** The schema `atmr_ml` in Postgres, step by step. Nothing outside of it is ever written. */
export const POSTGRES_MIGRATIONS: readonly Migration[] = [
  { id: 1, name: 'flag', sql: POSTGRES_FLAG_SQL },
  { id: 2, name: 'ledger', sql: POSTGRES_LEDGER_SQL },
  { id: 3, name: 'checklist', sql: POSTGRES_CHECKLIST_SQL },
  { id: 4, name: 'rollout', sql: POSTGRES_ROLLOUT_SQL },
  { id: 5, name: 'guard', sql: POSTGRES_GUARD_SQL },
  { id: 6, name: 'alerts', sql: POSTGRES_ALERTS_SQL },
];
