import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { postgresStore } from '../../src/flag/postgres-store.js';
import { redisAt } from '../../src/flag/redis-connection.js';
import { redisStore } from '../../src/flag/redis-store.js';
import { sqliteStore } from '../../src/flag/sqlite-store.js';
import type { RecordStore } from '../../src/flag/store.js';
import { migratePostgres } from '../../src/migration/migrate-postgres.js';
import { postgresAt } from '../../src/postgres.js';
import { sqliteAt } from '../../src/sqlite.js';
import { startPostgres } from '../servers/postgres.js';
import { temporaryFolder } from '../servers/process.js';
import { startRedis, startRedisCluster, startSentinel } from '../servers/redis.js';

/** A place where a record can be opened any number of times. */
export interface RecordPlace {
  open(key: string): RecordStore;
  /** Rewrites the reason of the first audit row behind the store's back. */
  tamper(key: string): Promise<void>;
  remove(): Promise<void>;
}

/** Every record there is, on servers of its own. */
export const RECORDS = {
  async SQLite() {
    const folder = temporaryFolder('sqlite');
    const path = join(folder, 'home', 'atmr-ml.db');
    return {
      open: (key) => sqliteStore(path, key),
      tamper: (key) =>
        sqliteAt(path).write((database) => {
          database.prepare("UPDATE flag_audit SET reason = 'forged' WHERE key = ? AND revision = 1").run(key);
        }),
      remove: async () => rmSync(folder, { recursive: true }),
    };
  },
  async Postgres() {
    const server = await startPostgres();
    await migratePostgres(server.url);
    return {
      open: (key) => postgresStore(server.url, key),
      tamper: async (key) => {
        const sql = "UPDATE atmr_ml.flag_audit SET reason = 'forged' WHERE key = $1 AND revision = 1";
        const postgres = postgresAt(server.url);
        await postgres.query(sql, [key], 2000);
        await postgres.close();
      },
      remove: server.remove,
    };
  },
  async Redis() {
    const server = await startRedis({ password: 'not-for-messages' });
    return {
      open: (key) => redisStore(server.url, key),
      tamper: (key) => tamperRedis(server.url, key),
      remove: server.remove,
    };
  },
  async 'Redis by sentinel'() {
    const server = await startRedis();
    const sentinel = await startSentinel(server);
    return {
      open: (key) => redisStore(sentinel.url, key),
      tamper: (key) => tamperRedis(sentinel.url, key),
      remove: async () => {
        await sentinel.remove();
        await server.remove();
      },
    };
  },
  async 'Redis Cluster'() {
    const cluster = await startRedisCluster();
    return {
      open: (key) => redisStore(cluster.url, key),
      tamper: (key) => tamperRedis(cluster.url, key),
      remove: cluster.remove,
    };
  },
} satisfies Record<string, () => Promise<RecordPlace>>;

async function tamperRedis(url: string, key: string): Promise<void> {
  const script = `
    local row = redis.call('LINDEX', KEYS[1], 0)
    redis.call('LSET', KEYS[1], 0, (string.gsub(row, '"week 2', '"forged', 1)))`;
  const redis = redisAt(url);
  await redis.run(script, [`atmr-ml:{${key}}:audit`], [], 2000);
  await redis.close();
}
