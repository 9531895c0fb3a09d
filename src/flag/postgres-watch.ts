import type pg from 'pg';
import { reconnectDelayMs, TIMEOUTS_MS, WATCH_PING_MS } from './store-timeouts.js';

/**
 * Calls `onChange` on each notification for `key`, and after each reconnection, because hints may have been
 * missed. Never rejects: while Postgres is away it tries again and again.
 */
export function watchPostgres(url: string, key: string, onChange: () => void): () => Promise<void> {
  let stopped = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let ping: NodeJS.Timeout | undefined;
  let attempt = 0;
  const listen = async () => {
    client = await newClient(url, (changed) => changed === key && !stopped && onChange());
    client.once('end', again);
    try {
      await client.connect();
      await client.query('LISTEN atmr_ml_changed');
      attempt = 0;
      keepAsking(client);
      if (!stopped) onChange();
    } catch {
      await client.end().catch(() => {}); // its end event arranges the next attempt
    }
  };
  /** A connection may die without a word, and its hints with it. */
  const keepAsking = (asked: pg.Client) => {
    ping = setInterval(() => {
      asked.query('SELECT 1').catch(() => asked.end().catch(() => {}));
    }, WATCH_PING_MS);
  };
  const again = () => {
    clearInterval(ping);
    attempt += 1;
    if (!stopped) timer = setTimeout(listen, reconnectDelayMs(attempt));
  };
  const listening = listen();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await listening;
    clearInterval(ping);
    await client?.end();
  };
}

async function newClient(url: string, onNotice: (payload: string | undefined) => void): Promise<pg.Client> {
  const { default: driver } = await import('pg');
  const client = new driver.Client({
    connectionString: url,
    application_name: 'atmr-ml watch',
    connectionTimeoutMillis: TIMEOUTS_MS.connect,
    query_timeout: TIMEOUTS_MS.connect,
    keepAlive: true,
  });
  client.on('error', () => {}); // the end event follows
  client.on('notification', ({ payload }) => onNotice(payload));
  return client;
}
