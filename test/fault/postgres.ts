import { migratePostgres } from '../../src/migration/migrate-postgres.js';
import { startPostgres } from '../servers/postgres.js';
import type { TestServer } from '../servers/process.js';

/** A Postgres server with the schema in place. */
export async function startMigratedPostgres(): Promise<TestServer> {
  const server = await startPostgres();
  await migratePostgres(server.url);
  return server;
}
