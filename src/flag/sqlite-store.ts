import type Database from 'libsql';
import * as v from 'valibot';
import { systemClock } from '../clock.js';
import { type Sqlite, sqliteAt } from '../sqlite.js';
import { t } from '../wording/t.js';
import { newAuditEntry } from './audit.js';
import { readDocument } from './documents.js';
import { auditRowSchema, flagRowSchema, instanceRowSchema, snapshotSchema } from './flag-rows.js';
import type { CommitCommand, CommitResult, RecordState, RecordStore, SeenInstance } from './store.js';
import { FORGET_INSTANCE_AFTER_MS } from './store-timeouts.js';

/** How often a watcher looks whether another connection wrote. */
const WATCH_INTERVAL_MS = 250;
/** The next report comes soon; the lock is for those who change something. */
const REPORT_WAIT_MS = 50;
const NOW_MS = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

/** The record in an embedded file: for one machine, any number of processes. */
export function sqliteStore(path: string, key: string): RecordStore {
  const sqlite = sqliteAt(path);
  const where = t`SQLite at ${path}`;
  return {
    name: 'sqlite',
    read: () => sqlite.read((database) => readState(database, key, where)),
    commit: (command) => sqlite.write((database) => commit(database, command, where)),
    end: (endings) => sqlite.write((database) => endMarks(database, key, endings)),
    history: (limit) => sqlite.read((database) => readHistory(database, key, limit, where)),
    change: (changeId) => sqlite.read((database) => readChange(database, key, changeId, where)),
    report: (report) =>
      sqlite.write((database) => {
        database
          .prepare(`DELETE FROM instance WHERE key = ? AND seen_at < ${NOW_MS} - ?`)
          .run(key, FORGET_INSTANCE_AFTER_MS);
        database
          .prepare(
            `INSERT INTO instance (key, id, report, seen_at) VALUES (?, ?, ?, ${NOW_MS})
             ON CONFLICT (key, id) DO UPDATE SET report = excluded.report, seen_at = excluded.seen_at`,
          )
          .run(key, report.instance, JSON.stringify(report));
      }, REPORT_WAIT_MS),
    forget: (instance) =>
      sqlite.write((database) => {
        database.prepare('DELETE FROM instance WHERE key = ? AND id = ?').run(key, instance);
      }),
    instances: () => sqlite.read((database) => readInstances(database, key, where)),
    watch: (onChange) => watch(path, key, onChange),
    health: () => health(sqlite),
    close: async () => sqlite.close(),
  };
}

function readState(database: Database.Database, key: string, where: string): RecordState {
  const snapshot = {
    flag: database.prepare('SELECT * FROM flag WHERE key = ?').get(key) ?? null,
    marks: database.prepare('SELECT * FROM flag_mark WHERE key = ?').all(key),
    head: newestAudit(database, key, where)?.hash ?? null,
  };
  return readDocument(snapshotSchema, snapshot, where);
}

/** Design order: done before? → somebody else first? → the new revision, all or nothing. */
function commit(database: Database.Database, command: CommitCommand, where: string): CommitResult {
  const { key, changeId, mark } = command;
  const done = readChange(database, key, changeId, where);
  if (done !== null) return { kind: 'committed', revision: done.revision };
  const row = database.prepare('SELECT * FROM flag WHERE key = ?').get(key);
  const current = row === undefined ? null : readDocument(flagRowSchema, row, where);
  if (mark !== null && hasMark(database, key, mark.id)) {
    return { kind: 'committed', revision: current?.revision ?? 0 };
  }
  const newest = newestAudit(database, key, where);
  if ((current?.revision ?? 0) !== command.expected || (newest?.hash ?? null) !== command.previousHash) {
    return { kind: 'conflict', winner: newest };
  }
  return write(
    database,
    command,
    newest === null ? null : JSON.stringify(newest.after),
    current?.clears ?? [],
  );
}

function write(
  database: Database.Database,
  command: CommitCommand,
  before: string | null,
  carried: readonly string[],
): CommitResult {
  const { key, named, mark } = command;
  const entry = newAuditEntry(command);
  const { after } = entry;
  if (!command.hasCopy) endMarks(database, key, Object.fromEntries(named.map((id) => [id, entry.revision])));
  const clears = [...new Set([...carried, ...named])].filter((id) => !isEnded(database, key, id));
  const written = {
    ...after,
    enabled: Number(after.enabled),
    fallbackOnError: Number(after.fallbackOnError),
    model: after.model && JSON.stringify(after.model),
    rollout: after.rollout === undefined ? null : JSON.stringify(after.rollout),
    clears: JSON.stringify(clears),
    at: Date.parse(entry.at),
    by: entry.by,
    named: JSON.stringify(entry.named),
    before,
    after: JSON.stringify(after),
    previousHash: entry.previousHash,
    hash: entry.hash,
  };
  database.prepare(UPSERT_FLAG).run(written);
  database.prepare(INSERT_AUDIT).run(written);
  if (mark !== null) {
    database.prepare(INSERT_MARK).run({ ...mark, key, at: Date.parse(mark.at) });
  }
  return { kind: 'committed', revision: entry.revision };
}

const UPSERT_FLAG = `
  INSERT OR REPLACE INTO flag (key, enabled, percentage, fallback_on_error, salt, model, revision, change_id,
    clears, updated_at, updated_by, reason, action, rollout)
  VALUES (@key, @enabled, @percentage, @fallbackOnError, @salt, @model, @revision, @changeId,
    @clears, @at, @by, @reason, @action, @rollout)`;
const INSERT_AUDIT = `
  INSERT INTO flag_audit (key, revision, change_id, at, "by", action, reason, named, before, after, prev_hash, hash)
  VALUES (@key, @revision, @changeId, @at, @by, @action, @reason, @named, @before, @after, @previousHash, @hash)`;
const INSERT_MARK = `
  INSERT INTO flag_mark (key, id, at, "by", reason, host) VALUES (@key, @id, @at, @by, @reason, @host)`;

function endMarks(database: Database.Database, key: string, endings: Readonly<Record<string, number>>): void {
  const end = database.prepare(
    'UPDATE flag_mark SET ended_revision = ? WHERE key = ? AND id = ? AND ended_revision IS NULL',
  );
  for (const [id, revision] of Object.entries(endings)) end.run(revision, key, id);
}

function hasMark(database: Database.Database, key: string, id: string): boolean {
  return database.prepare('SELECT 1 FROM flag_mark WHERE key = ? AND id = ?').get(key, id) !== undefined;
}

function isEnded(database: Database.Database, key: string, id: string): boolean {
  const sql = 'SELECT 1 FROM flag_mark WHERE key = ? AND id = ? AND ended_revision IS NOT NULL';
  return database.prepare(sql).get(key, id) !== undefined;
}

function newestAudit(database: Database.Database, key: string, where: string) {
  return readHistory(database, key, 1, where)[0] ?? null;
}

function readHistory(database: Database.Database, key: string, limit: number, where: string) {
  const sql = 'SELECT * FROM flag_audit WHERE key = ? ORDER BY revision DESC LIMIT ?';
  return readDocument(v.array(auditRowSchema), database.prepare(sql).all(key, limit), where);
}

function readChange(database: Database.Database, key: string, changeId: string, where: string) {
  const row = database.prepare('SELECT * FROM flag_audit WHERE key = ? AND change_id = ?').get(key, changeId);
  return row === undefined ? null : readDocument(auditRowSchema, row, where);
}

function readInstances(database: Database.Database, key: string, where: string): readonly SeenInstance[] {
  const sql = `SELECT id, report, max(0, ${NOW_MS} - seen_at) AS seen_ago FROM instance WHERE key = ?`;
  return readDocument(v.array(instanceRowSchema), database.prepare(sql).all(key), where);
}

/**
 * `data_version` changes when another connection writes; so the watcher has one of its own. Most writes are
 * reports, which are no news: only a change of the flag or of its marks is told.
 */
async function watch(path: string, key: string, onChange: () => void): Promise<() => Promise<void>> {
  const sqlite = sqliteAt(path);
  let version: unknown = null;
  let content = '';
  const look = async () => {
    const [now] = await sqlite.peek('PRAGMA data_version');
    if (now === version) return;
    const found = await sqlite.read((database) => contentOf(database, key));
    if (version !== null && found !== content) onChange();
    version = now;
    content = found;
  };
  const lookQuietly = () => look().catch(() => {}); // a file that is away now may be back at the next look
  await lookQuietly();
  const timer = setInterval(lookQuietly, WATCH_INTERVAL_MS);
  return async () => {
    clearInterval(timer);
    sqlite.close();
  };
}

/** Differs when the flag, its carried endings or its marks do. */
function contentOf(database: Database.Database, key: string): string {
  const sql = `SELECT (SELECT change_id || clears FROM flag WHERE key = @key),
    (SELECT count(*) || ' ' || count(ended_revision) FROM flag_mark WHERE key = @key)`;
  return JSON.stringify(database.prepare(sql).raw(true).get({ key }));
}

async function health(sqlite: Sqlite) {
  const startMs = systemClock.monotonicMs();
  const [version] = await sqlite.peek('SELECT sqlite_version()');
  return { version: String(version), latencyMs: systemClock.monotonicMs() - startMs };
}
