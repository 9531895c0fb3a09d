import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { postgresStore } from '../../src/flag/postgres-store.js';
import { migratePostgres, readPending } from '../../src/migration/migrate-postgres.js';
import { pendingMigrations } from '../../src/migration/migration.js';
import { POSTGRES_MIGRATIONS } from '../../src/migration/postgres-migrations.js';
import { SQLITE_MIGRATIONS } from '../../src/migration/sqlite-migrations.js';
import { startPostgres } from '../servers/postgres.js';
import { freePort, type TestServer } from '../servers/process.js';

let server: TestServer;
let client: pg.Client;

beforeAll(async () => {
  server = await startPostgres();
  client = new pg.Client({ connectionString: server.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await server?.remove();
});
beforeEach(async () => {
  await client.query('DROP SCHEMA IF EXISTS atmr_ml CASCADE');
});

describe('the migrations', () => {
  it.each([
    ['Postgres', POSTGRES_MIGRATIONS],
    ['SQLite', SQLITE_MIGRATIONS],
  ])('of %s are numbered without gaps', (_name, migrations) => {
    expect(migrations.map((step) => step.id)).toEqual(migrations.map((_, i) => i + 1));
  });

  it('lack what comes after the version, and know no later one', () => {
    const steps = [1, 2, 3].map((id) => ({ id, name: `step ${id}`, sql: '' }));
    expect(pendingMigrations(steps, 0, 'here')).toEqual(steps);
    expect(pendingMigrations(steps, 2, 'here')).toEqual([steps[2]]);
    expect(() => pendingMigrations(steps, 4, 'here')).toThrow(/version 4.*up to 3.*Update atmr-ml/);
  });
});

describe('migratePostgres', () => {
  it('does every step once', async () => {
    expect(await readPending(server.url)).toEqual(POSTGRES_MIGRATIONS);
    expect(await migratePostgres(server.url)).toEqual(POSTGRES_MIGRATIONS);
    expect(await readPending(server.url)).toEqual([]);
    expect(await migratePostgres(server.url)).toEqual([]);
  });

  it('gives up a schema that does not answer', async () => {
    await migratePostgres(server.url);
    await client.query('BEGIN; LOCK TABLE atmr_ml.migration');
    await expect(readPending(server.url)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await client.query('ROLLBACK');
    expect(await readPending(server.url)).toEqual([]);
  });

  it.each([
    ['a login', 'nobody', 'postgres'],
    ['a database', 'postgres', 'no_such_database'],
    ['a right', 'guest', 'postgres'],
  ])('says BAD_CONFIG when the server answers and refuses %s', async (_what, user, database) => {
    await migratePostgres(server.url);
    await client.query('DROP ROLE IF EXISTS nobody; CREATE ROLE nobody NOLOGIN');
    await client.query('DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN');
    const url = new URL(server.url);
    url.username = user;
    url.pathname = database;
    const store = postgresStore(url.href, 'k');
    await expect(store.read()).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringMatching(
        /refused: .*\. Check the user, the password and the database in DATABASE_URL/,
      ),
    });
    await store.close();
  });

  it('lets one of several programs do it', async () => {
    const applied = await Promise.all(Array.from({ length: 4 }, () => migratePostgres(server.url)));
    expect(applied.flat()).toEqual(POSTGRES_MIGRATIONS);
  });

  it('writes nothing outside of atmr_ml', async () => {
    const before = await catalogueOutside();
    await migratePostgres(server.url);
    expect(await catalogueOutside()).toEqual(before);
  });

  it('leaves nothing behind when a step fails', async () => {
    await client.query('CREATE SCHEMA atmr_ml; CREATE TABLE atmr_ml.instance (in_the_way int)');
    await expect(migratePostgres(server.url)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const { rows } = await client.query(
      "SELECT relname FROM pg_class WHERE relname IN ('flag', 'migration')",
    );
    expect(rows).toEqual([]);
  });

  it('says that nobody answers, without the password', async () => {
    const url = `postgresql://postgres:not-for-messages@127.0.0.1:${await freePort()}/app`;
    const thrown = await migratePostgres(url).catch((reason: unknown) => reason);
    expect(thrown).toMatchObject({ code: 'UNAVAILABLE' });
    expect(String(thrown)).toMatch(/Postgres at 127\.0\.0\.1:\d+\/app did not answer/);
    expect(String(thrown)).not.toContain('not-for-messages');
  });
});

describe('a store on a schema that does not fit', () => {
  const read = async () => {
    const store = postgresStore(server.url, 'ml-delay-prediction');
    try {
      return await store.read();
    } finally {
      await store.close();
    }
  };

  it('names the remedy when it is behind', async () => {
    await expect(read()).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('atmr-ml migrate'),
    });
  });

  it('names the remedy when it is ahead', async () => {
    await migratePostgres(server.url);
    await client.query("INSERT INTO atmr_ml.migration (id, name) VALUES (99, 'from the future')");
    const refusal = { code: 'BAD_CONFIG', message: expect.stringMatching(/version 99.*Update atmr-ml/) };
    await expect(read()).rejects.toMatchObject(refusal);
    await expect(migratePostgres(server.url)).rejects.toMatchObject(refusal);
  });
});

async function catalogueOutside(): Promise<unknown[]> {
  const { rows } = await client.query<object>(`
    SELECT 'relation' AS kind, oid::regclass::text AS name FROM pg_class
      WHERE relnamespace::regnamespace::text NOT IN ('atmr_ml', 'pg_toast')
    UNION ALL SELECT 'function', oid::regprocedure::text FROM pg_proc
      WHERE pronamespace::regnamespace::text <> 'atmr_ml'
    ORDER BY 1, 2`);
  return rows;
}
