/** What `bench/propagation.ts` compares with: a process that listens to a store, and tells its parent when it heard what. */
import { Redis } from 'ioredis';
import pg from 'pg';

/** From the parent: where to listen. */
export interface Listening {
  readonly store: 'redis' | 'postgres';
  readonly url: string;
  readonly channel: string;
}

/** To the parent. */
export interface Heard {
  readonly text: string;
  readonly atMs: number;
}

process.once('message', (order: Listening) => {
  void listen(order).then(() => process.send?.('listening'));
});
process.on('disconnect', () => process.exit());

async function listen({ store, url, channel }: Listening): Promise<void> {
  if (store === 'redis') {
    const client = new Redis(url);
    client.on('message', (_, text) => heard(text));
    await client.subscribe(channel);
  } else {
    const client = new pg.Client({ connectionString: url });
    client.on('notification', ({ payload }) => heard(payload ?? ''));
    await client.connect();
    await client.query(`LISTEN ${channel}`);
  }
}

function heard(text: string): void {
  process.send?.({ text, atMs: performance.timeOrigin + performance.now() } satisfies Heard);
}
