import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { makeProductionTables } from '../../scripts/make-production-tables.js';
import { type ProductionBooking, productionBookings } from '../../scripts/production-rows.js';
import { DEFAULT_SIMULATION, type SimulationSettings } from '../../src/simulator/settings.js';
import { simulateBookings } from '../../src/simulator/simulate.js';
import { startPostgres } from '../servers/postgres.js';

/** After the shipped model's training, so that a replay may score them. */
export const SIMULATED: SimulationSettings = {
  ...DEFAULT_SIMULATION,
  bookings: 1500,
  from: '2026-08-01',
  days: 60,
  seed: 20,
};

/** A server of our own that logs every statement, with the production tables in its database `postgres`. */
export async function startProductionDatabase(settings = SIMULATED) {
  const server = await startPostgres({
    log_statement: 'all',
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'all.log',
    log_line_prefix: '%a|%c|',
  });
  const rows: ProductionBooking[] = [...productionBookings(simulateBookings(settings), settings.seed)];
  await makeProductionTables(server.url, settings);
  return {
    server,
    url: server.url,
    rows,
    /** What programs called `atmr-ml` sent, by connection. */
    sessions: () => sessionsIn(readFileSync(join(server.folder, 'data/log/all.log'), 'utf8')),
    query: (sql: string) => query(server.url, sql),
    urlOf: (user: string, database = 'postgres') => {
      const url = new URL(server.url);
      return Object.assign(url, { username: user, pathname: `/${database}` }).href;
    },
  };
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function sessionsIn(log: string): string[][] {
  const sessions = new Map<string, string[]>();
  // A line that begins with a tab belongs to the statement before it.
  for (const entry of log.split(/\n(?!\t)/)) {
    const [, session, statement] =
      /^atmr-ml\|([^|]*)\|LOG: {2}(?:statement|execute [^:]*): (.*)$/s.exec(entry) ?? [];
    if (session === undefined || statement === undefined) continue;
    sessions.set(session, [...(sessions.get(session) ?? []), statement]);
  }
  return [...sessions.values()];
}
