import { Redis } from 'ioredis';
import pg from 'pg';

/** The least that a program on Redis and Postgres does: it connects to both, asks each one thing, and ends. */
async function askPostgres(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
}

async function askRedis(): Promise<void> {
  const client = new Redis(process.env.REDIS_URL ?? '', { lazyConnect: true });
  await client.connect();
  await client.get('nothing');
  client.disconnect();
}

void Promise.all([askPostgres(), askRedis()]);
