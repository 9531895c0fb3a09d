import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import { beforeEach, describe, expect, it } from 'vitest';
import { sqliteStore } from '../src/flag/sqlite-store.js';
import { SQLITE_MIGRATIONS } from '../src/migration/sqlite-migrations.js';
import { sqliteAt } from '../src/sqlite.js';
import { write } from './contract/commands.js';
import { until } from './fault/wait.js';
import { temporaryFolder } from './servers/process.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = temporaryFolder('sqlite');
  path = join(folder, 'home', 'atmr-ml.db');
  return () => rmSync(folder, { recursive: true });
});

describe('sqliteAt', () => {
  it('opens durable: write-ahead log, synchronous FULL', async () => {
    const sqlite = sqliteAt(path);
    expect(await sqlite.peek('PRAGMA journal_mode')).toEqual(['wal']);
    expect(await sqlite.peek('PRAGMA synchronous')).toEqual([2]);
    expect(await sqlite.peek('PRAGMA user_version')).toEqual([SQLITE_MIGRATIONS.length]);
    sqlite.close();
  });

  it('undoes a transaction that fails, and passes a bug on as it is', async () => {
    const sqlite = sqliteAt(path);
    const failure = sqlite.write((database) => {
      database.exec("INSERT INTO instance VALUES ('key', 'id', '{}', 0)");
      throw new TypeError('a bug');
    });
    await expect(failure).rejects.toThrow(TypeError);
    expect(await sqlite.peek('SELECT count(*) FROM instance')).toEqual([0]);
    sqlite.close();
  });

  it('waits for another process’s lock without standing still, and a report only briefly', async () => {
    const sqlite = sqliteAt(path);
    await sqlite.peek('SELECT 1');
    const other = new Libsql(path);
    other.exec('BEGIN IMMEDIATE');
    const insert = (id: string) => (database: Libsql.Database) =>
      void database.exec(`INSERT INTO instance VALUES ('key', '${id}', '{}', 0)`);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await expect(sqlite.write(insert('brief'), 50)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(ticks).toBeGreaterThan(3);
    clearInterval(timer);
    const written = sqlite.write(insert('patient'));
    setTimeout(() => other.exec('COMMIT'), 100);
    await written;
    expect(await sqlite.peek('SELECT id FROM instance')).toEqual(['patient']);
    other.close();
    sqlite.close();
  });

  it('refuses a file from a newer program', async () => {
    mkdirSync(dirname(path));
    const database = new Libsql(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(sqliteAt(path).peek('SELECT 1')).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('Update atmr-ml'),
    });
  });

  it('says UNAVAILABLE for what is no database, and works once it is one', async () => {
    mkdirSync(dirname(path));
    writeFileSync(path, 'certainly not a database, and long enough to be looked at as one'.repeat(100));
    const sqlite = sqliteAt(path);
    await expect(sqlite.peek('SELECT 1')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    rmSync(path);
    expect(await sqlite.peek('SELECT 1')).toEqual([1]);
    sqlite.close();
  });
});

describe('the record in SQLite', () => {
  it('hints at changes of the flag and of its marks, and at no report', async () => {
    const key = `flag-${randomUUID()}`;
    const store = sqliteStore(path, key);
    const other = sqliteStore(path, key);
    await write(other, key);
    let hints = 0;
    const stop = await store.watch(() => {
      hints += 1;
    });
    const report = {
      host: 'h',
      pid: 1,
      url: null,
      revision: 1,
      changeId: null,
      model: null,
      off: [],
      at: '',
    };
    await other.report({ ...report, instance: 'a' });
    await sleep(600);
    expect(hints).toBe(0);
    await write(other, key);
    await until('it hints', () => hints === 1);
    await stop();
    await other.close();
    await store.close();
  });

  it('sees that its file was replaced', async () => {
    const key = `flag-${randomUUID()}`;
    const store = sqliteStore(path, key);
    await write(store, key);
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    expect((await store.read()).flag).toBeNull();
    await store.close();
  });
});
