import * as v from 'valibot';
import { systemClock } from '../clock.js';
import { type Postgres, postgresAt } from '../postgres.js';
import { newAuditEntry } from './audit.js';
import { readDocument } from './documents.js';
import { auditRowSchema, instanceRowSchema, snapshotSchema } from './flag-rows.js';
import { watchPostgres } from './postgres-watch.js';
import type { CommitCommand, CommitResult, InstanceReport, RecordStore } from './store.js';
import { FORGET_INSTANCE_AFTER_MS, TIMEOUTS_MS } from './store-timeouts.js';

const AUDIT_SQL = 'SELECT row_to_json(a) AS row FROM atmr_ml.flag_audit a WHERE a.key = $1';

/** The record in Postgres, schema `atmr_ml`; `atmr-ml migrate` makes it. */
export function postgresStore(url: string, key: string): RecordStore {
  const postgres = postgresAt(url);
  const { where } = postgres;
  return {
    name: 'postgres',
    async read() {
      const sql = 'SELECT atmr_ml.flag_state($1) AS state';
      const [row] = await postgres.query(sql, [key], TIMEOUTS_MS.read);
      return readDocument(v.object({ state: snapshotSchema }), row, where).state;
    },
    commit: (command) => commit(postgres, command),
    async end(endings) {
      await postgres.query(
        'SELECT atmr_ml.flag_end($1, $2)',
        [key, JSON.stringify(endings)],
        TIMEOUTS_MS.end,
      );
    },
    async history(limit) {
      const sql = `${AUDIT_SQL} ORDER BY a.revision DESC LIMIT $2`;
      const rows = await postgres.query(sql, [key, limit], TIMEOUTS_MS.history);
      return readDocument(v.array(v.object({ row: auditRowSchema })), rows, where).map(({ row }) => row);
    },
    async change(changeId) {
      const sql = `${AUDIT_SQL} AND a.change_id::text = $2`;
      const [found] = await postgres.query(sql, [key, changeId], TIMEOUTS_MS.change);
      return found === undefined ? null : readDocument(v.object({ row: auditRowSchema }), found, where).row;
    },
    report: (report) => reportInstance(postgres, key, report),
    async forget(instance) {
      const sql = 'DELETE FROM atmr_ml.instance WHERE key = $1 AND id = $2';
      await postgres.query(sql, [key, instance], TIMEOUTS_MS.forget);
    },
    async instances() {
      const sql = `SELECT id, report, greatest(0, atmr_ml.now_ms() - seen_at)::int AS seen_ago
                   FROM atmr_ml.instance WHERE key = $1`;
      return readDocument(
        v.array(instanceRowSchema),
        await postgres.query(sql, [key], TIMEOUTS_MS.instances),
        where,
      );
    },
    watch: async (onChange) => watchPostgres(url, key, onChange),
    health: () => health(postgres),
    close: postgres.close,
  };
}

const commitResultSchema = v.variant('kind', [
  v.object({ kind: v.literal('committed'), revision: v.number() }),
  v.object({ kind: v.literal('conflict'), winner: v.nullable(auditRowSchema) }),
]);

async function commit(postgres: Postgres, command: CommitCommand): Promise<CommitResult> {
  const { key, changeId, expected, hasCopy, mark } = command;
  const { revision, at, named, after, previousHash, hash } = newAuditEntry(command);
  const message = {
    ...{ key, changeId, expected, hasCopy, revision, named, previousHash, hash },
    at: Date.parse(at),
    // Documents travel as text: they are stored as they were hashed.
    after: JSON.stringify(after),
    mark: mark === null ? '' : JSON.stringify(mark),
    markAt: mark && Date.parse(mark.at),
  };
  const sql = 'SELECT atmr_ml.flag_commit($1) AS result';
  const [row] = await postgres.query(sql, [JSON.stringify(message)], TIMEOUTS_MS.commit);
  return readDocument(v.object({ result: commitResultSchema }), row, postgres.where).result;
}

async function reportInstance(postgres: Postgres, key: string, report: InstanceReport): Promise<void> {
  // Dropping the long lost ones in the same statement keeps the table small without a housekeeper.
  const sql = `
    WITH lost AS (
      DELETE FROM atmr_ml.instance WHERE key = $1 AND id <> $2 AND seen_at < atmr_ml.now_ms() - $4::bigint
    )
    INSERT INTO atmr_ml.instance (key, id, report) VALUES ($1, $2, $3)
    ON CONFLICT (key, id) DO UPDATE SET report = excluded.report, seen_at = excluded.seen_at`;
  const values = [key, report.instance, JSON.stringify(report), FORGET_INSTANCE_AFTER_MS];
  await postgres.query(sql, values, TIMEOUTS_MS.report);
}

async function health(postgres: Postgres) {
  const startMs = systemClock.monotonicMs();
  const [row] = await postgres.query(
    "SELECT current_setting('server_version') AS version",
    [],
    TIMEOUTS_MS.health,
  );
  const { version } = readDocument(v.object({ version: v.string() }), row, postgres.where);
  return { version, latencyMs: systemClock.monotonicMs() - startMs };
}
