import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { makeProductionTables } from '../../scripts/make-production-tables.js';
import type { Check } from '../../src/doctor/check.js';
import type { Diagnosis } from '../../src/doctor/doctor.js';
import { migratePostgres } from '../../src/migration/migrate-postgres.js';
import { POSTGRES_MIGRATIONS } from '../../src/migration/postgres-migrations.js';
import { DEFAULT_SIMULATION } from '../../src/simulator/settings.js';
import { startPostgres } from '../servers/postgres.js';
import { startRedis } from '../servers/redis.js';

export const API_KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
export const REDIS_PASSWORD = 'redis-not-for-messages';

/** Everything in order: servers, weather, mail, and a folder with a configuration. */
export async function startSite() {
  const [postgres, redis] = await Promise.all([
    startPostgres(),
    startRedis({ durable: true, password: REDIS_PASSWORD }),
  ]);
  await migratePostgres(postgres.url);
  await bookingTables(postgres.url);
  const weather = await startWeather();
  const mail = await startListener();
  const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-doctor-'));
  const config = join(folder, 'healthy.yaml');
  writeFileSync(config, 'serve: {apiPort: 0, dashboardPort: 0}\n');
  const home = join(folder, 'home');
  mkdirSync(home);
  const env = {
    ATMR_ML_HOME: home,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    OPENWEATHER_API_KEY: API_KEY,
    OPENWEATHER_BASE_URL: `http://127.0.0.1:${weather.port}`,
    SMTP_URL: `smtp://alerts:mail-not-for-messages@127.0.0.1:${mail.port}`,
    ALERT_EMAIL_TO: 'ops@example.org',
  };
  return {
    postgres,
    folder,
    config,
    home,
    env,
    async remove() {
      weather.close();
      mail.close();
      await Promise.all([postgres.remove(), redis.remove()]);
    },
  };
}

export type Site = Awaited<ReturnType<typeof startSite>>;

export interface Seen extends Diagnosis {
  readonly exitCode: number;
  readonly text: string;
  readonly faults: readonly Check[];
}

/** What is different from the site in order. */
export interface Difference {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly config?: string;
  /** What the program is started by, such as `faketime -f +10m`. */
  readonly by?: readonly string[];
}

/** More at once would make each of them wait for a processor until its own limits. */
const MOST_AT_ONCE = 3;
let running = 0;
const waiting: (() => void)[] = [];

/** Runs the built `doctor` on the site as it is changed; may be asked for many at once. */
export async function doctor(site: Site, difference: Difference = {}): Promise<Seen> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await runDoctor(site, difference);
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

async function runDoctor(site: Site, { env, config, by = [] }: Difference): Promise<Seen> {
  const program = [process.execPath, join(process.cwd(), 'dist/atmr-ml.js'), 'doctor', '--json'];
  const [command = '', ...args] = [...by, ...program, '--config', config ?? site.config];
  const child = spawn(command, args, {
    cwd: site.folder,
    env: { PATH: process.env.PATH ?? '', ...site.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? -1));
  });
  if (stdout === '') throw new Error(`no diagnosis: ${stderr}`);
  const diagnosis: Diagnosis = JSON.parse(stdout);
  const faults = diagnosis.checks.filter(({ result }) => result === 'fail');
  return { ...diagnosis, exitCode, text: stdout + stderr, faults };
}

export async function sql(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function bookingTables(url: string): Promise<void> {
  await makeProductionTables(url, { ...DEFAULT_SIMULATION, bookings: 5, days: 1 });
}

/** A database as the first release left it. */
export async function oldDatabase({ postgres }: Site): Promise<string> {
  await sql(postgres.url, 'CREATE DATABASE old');
  const url = postgres.url.replace(/postgres$/, 'old');
  const [first] = POSTGRES_MIGRATIONS;
  const table = 'CREATE TABLE atmr_ml.migration (id int PRIMARY KEY, name text NOT NULL)';
  const done = "INSERT INTO atmr_ml.migration VALUES (1, 'flag')";
  await bookingTables(url);
  await sql(url, 'CREATE SCHEMA atmr_ml', table, first?.sql ?? '', done);
  return url;
}

/** A database in which somebody dropped an index. */
export async function unindexedDatabase({ postgres }: Site): Promise<string> {
  await sql(postgres.url, 'CREATE DATABASE unindexed');
  const url = postgres.url.replace(/postgres$/, 'unindexed');
  await migratePostgres(url);
  await bookingTables(url);
  await sql(url, 'DROP INDEX atmr_ml.prediction_created');
  return url;
}

/** Bookings that somebody holds back until `unlock`. */
export async function lockedBookings({ postgres }: Site) {
  await sql(postgres.url, 'CREATE DATABASE locked');
  const url = postgres.url.replace(/postgres$/, 'locked');
  await bookingTables(url);
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE booking IN ACCESS EXCLUSIVE MODE');
  return { url, unlock: () => holder.end() };
}

/** A user who has to say a password; the others need none. */
export async function userWithPassword({ postgres }: Site, password: string): Promise<string> {
  const file = join(postgres.folder, 'data', 'pg_hba.conf');
  const rest = readFileSync(file, 'utf8');
  writeFileSync(file, `host all careful 127.0.0.1/32 scram-sha-256\n${rest}`);
  const create = `CREATE ROLE careful LOGIN SUPERUSER PASSWORD '${password}'`;
  await sql(postgres.url, create, 'SELECT pg_reload_conf()');
  return postgres.url.replace('postgres:not-for-messages', `careful:${password}`);
}

const REPORT = {
  weather: [{ main: 'Clear', description: 'clear sky' }],
  main: { temp: 20, feels_like: 20, humidity: 50 },
  wind: { speed: 2 },
  clouds: { all: 0 },
  visibility: 10_000,
  dt: 1_790_000_000,
};

async function startWeather() {
  const server = createHttpServer((request, response) => {
    const isKnown = request.url?.includes(`appid=${API_KEY}`);
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isKnown ? REPORT : { cod: 401, message: 'Invalid API key' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** A program that listens, and says nothing. */
export async function startListener() {
  const server = createServer((socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
