import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { t } from '../wording/t.js';
import type { CopyStore, RecordStore } from './store.js';

/** Where the flag lives, by configuration. */
export interface StoreAddresses {
  /** Postgres; `null` when DATABASE_URL is not set. */
  readonly databaseUrl: string | null;
  /** Redis; `null` when REDIS_URL is not set. */
  readonly redisUrl: string | null;
  /** ATMR_ML_HOME: the embedded record, the journal, the last-known-good files. */
  readonly home: string;
}

export interface OpenStores {
  readonly record: RecordStore;
  readonly copy: CopyStore | null;
}

/**
 * The stores that a configuration means: nothing → SQLite in ATMR_ML_HOME; DATABASE_URL → Postgres; REDIS_URL →
 * Redis alone; both → Postgres is the record and Redis the copy. Drivers are loaded here, when they are used.
 * A store that does not answer is found out by its first operation.
 */
export async function openStores(addresses: StoreAddresses, key: string): Promise<OpenStores> {
  const { databaseUrl, redisUrl, home } = addresses;
  if (databaseUrl !== null) {
    const { postgresStore } = await import('./postgres-store.js');
    const record = postgresStore(databaseUrl, key);
    return { record, copy: redisUrl === null ? null : await openRedis(redisUrl, key) };
  }
  if (redisUrl !== null) return { record: await openRedis(redisUrl, key), copy: null };
  const { sqliteStore } = await import('./sqlite-store.js');
  return { record: sqliteStore(sqlitePath(home), key), copy: null };
}

/** Names the record, so that the memory of one is never held against another. Passwords may change. */
export function fingerprintOf(addresses: StoreAddresses): string {
  const { databaseUrl, redisUrl, home } = addresses;
  const record = databaseUrl ?? redisUrl ?? sqlitePath(home);
  return createHash('sha256').update(withoutLogin(record)).digest('hex').slice(0, 16);
}

/** Where a person would look for the readers of these stores: paths and URLs without passwords. */
export function placeOf({ databaseUrl, redisUrl, home }: StoreAddresses): string {
  const urls = [databaseUrl, redisUrl].filter((url) => url !== null);
  return urls.length === 0 ? sqlitePath(home) : urls.map(withoutLogin).join(t` and `);
}

/** "Postgres at host:5432/db and Redis at host:6379/0", for a sentence. */
export function placeText({ databaseUrl, redisUrl, home }: StoreAddresses): string {
  const named = [
    databaseUrl === null ? null : t`Postgres at ${withoutLogin(databaseUrl).replace(SCHEME, '')}`,
    redisUrl === null ? null : t`Redis at ${withoutLogin(redisUrl).replace(SCHEME, '')}`,
  ].filter((text) => text !== null);
  return named.length === 0 ? t`SQLite at ${sqlitePath(home)}` : named.join(t` and `);
}

const SCHEME = /^[^:]*:\/\//;

/** `postgresql://user:pass@host:5432/db?x=y` → `postgresql://host:5432/db`. */
function withoutLogin(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//').replace(/\?.*$/, '');
}

/** The one embedded file. */
export function sqlitePath(home: string): string {
  return join(home, 'atmr-ml.db');
}

async function openRedis(url: string, key: string): Promise<RecordStore & CopyStore> {
  const { redisStore } = await import('./redis-store.js');
  return redisStore(url, key);
}
