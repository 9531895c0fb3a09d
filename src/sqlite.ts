import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type Database from 'libsql';
import { systemClock } from './clock.js';
import { AtmrError, messageOf } from './errors.js';
import { makeFolder, PRIVATE } from './make-folder.js';
import { pendingMigrations } from './migration/migration.js';
import { SQLITE_MIGRATIONS } from './migration/sqlite-migrations.js';
import { t } from './wording/t.js';

/** The embedded database: one file that several processes share. */
export interface Sqlite {
  /** Runs `work` on one snapshot. */
  read<T>(work: (database: Database.Database) => T): Promise<T>;
  /** Runs `work` in one durable transaction that excludes other writers; waits `waitMs` for another's (5 s). */
  write<T>(work: (database: Database.Database) => T, waitMs?: number): Promise<T>;
  /** The one row that `sql` gives, as an array, outside of any transaction. */
  peek(sql: string): Promise<readonly unknown[]>;
  close(): void;
}

/** How long a writer waits for another process's transaction. Those take a millisecond. */
const WAIT_MS = 5000;
/** Between two tries. */
const RETRY_MS = 10;

interface Connection {
  readonly database: Database.Database;
  /** Which file it is; a file that was removed or replaced is opened anew. */
  readonly inode: number;
}

/**
 * The database at `path`, made and migrated when first used. A file that cannot be opened or answers with an
 * error rejects with UNAVAILABLE; the next call tries again. So does an installation without the driver's binary.
 */
export function sqliteAt(path: string): Sqlite {
  let connection: Connection | null = null;
  const close = () => {
    connection?.database.close();
    connection = null;
  };
  const once = <T>(Libsql: typeof Database, work: (database: Database.Database) => T): T => {
    if (connection?.inode !== inodeOf(path)) close();
    connection ??= open(Libsql, path);
    return work(connection.database);
  };
  const run = async <T>(work: (database: Database.Database) => T, waitMs = WAIT_MS): Promise<T> => {
    const Libsql = await loadDriver(path);
    const untilMs = systemClock.monotonicMs() + waitMs;
    try {
      // Waiting here and not in the driver, which would stand the whole process still.
      while (systemClock.monotonicMs() < untilMs) {
        try {
          return once(Libsql, work);
        } catch (thrown) {
          if (!isBusy(thrown)) throw thrown;
          await sleep(RETRY_MS);
        }
      }
      return once(Libsql, work);
    } catch (cause) {
      if (!isRefusal(cause)) throw cause;
      throw new AtmrError('UNAVAILABLE', t`SQLite at ${path} did not answer: ${messageOf(cause)}.`, {
        cause,
      });
    }
  };
  return {
    read: (work) => run((database) => inTransaction(database, 'BEGIN', work)),
    // Taking the lock at once: a transaction that reads first and writes later can fail halfway.
    write: (work, waitMs) => run((database) => inTransaction(database, 'BEGIN IMMEDIATE', work), waitMs),
    peek: (sql) => run((database) => row(database, sql)),
    close,
  };
}

/** The binary is a package of its own for each system, which an installation can leave out. */
async function loadDriver(path: string): Promise<typeof Database> {
  try {
    const { default: Libsql } = await import('libsql');
    // A bundled file that failed is given half made the second time.
    if (typeof Libsql !== 'function') throw new Error(t`its binary is missing`);
    return Libsql;
  } catch (cause) {
    const fact = t`SQLite at ${path} cannot be opened: its driver for this system is not installed (${firstLine(cause)})`;
    const remedy = t`Install atmr-ml again without --omit=optional, or set DATABASE_URL`;
    throw new AtmrError('UNAVAILABLE', `${fact}. ${remedy}.`, { cause });
  }
}

function firstLine(thrown: unknown): string {
  return messageOf(thrown).split('\n')[0] as string;
}

/** The database's and the file system's errors carry a code; anything else is a bug. */
function isRefusal(thrown: unknown): thrown is Error {
  return thrown instanceof Error && !(thrown instanceof AtmrError) && 'code' in thrown;
}

/** Another process holds the lock, or recovers the file. */
function isBusy(thrown: unknown): boolean {
  return isRefusal(thrown) && 'code' in thrown && String(thrown.code).startsWith('SQLITE_BUSY');
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

function open(Libsql: typeof Database, path: string): Connection {
  makeFolder(dirname(path), PRIVATE);
  const database = new Libsql(path);
  try {
    database.exec('PRAGMA busy_timeout = 0');
    database.exec('PRAGMA journal_mode = WAL');
    // FULL: a commit that was acknowledged survives a power cut, not only a crash of the process.
    database.exec('PRAGMA synchronous = FULL');
    inTransaction(database, 'BEGIN IMMEDIATE', () => migrate(database, path));
  } catch (thrown) {
    database.close();
    throw thrown;
  }
  return { database, inode: statSync(path).ino };
}

function migrate(database: Database.Database, path: string): void {
  const pending = pendingMigrations(SQLITE_MIGRATIONS, schemaVersion(database), t`SQLite at ${path}`);
  for (const { id, sql } of pending) {
    database.exec(sql);
    database.exec(`PRAGMA user_version = ${id}`);
  }
}

function schemaVersion(database: Database.Database): number {
  return Number(row(database, 'PRAGMA user_version')[0]);
}

function row(database: Database.Database, sql: string): readonly unknown[] {
  const found = database.prepare(sql).raw(true).get();
  return Array.isArray(found) ? found : [];
}

function inTransaction<T>(database: Database.Database, begin: string, work: (d: Database.Database) => T): T {
  database.exec(begin);
  try {
    const result = work(database);
    database.exec('COMMIT');
    return result;
  } catch (thrown) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw thrown;
  }
}
