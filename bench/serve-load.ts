/** The load of `bench/serve.ts`, in a process of its own: POSTs bookings at a steady rate, whatever the answers do. */
import { Pool } from 'undici';

/** What the parent asks for. */
export interface LoadOrder {
  readonly url: string;
  readonly path: string;
  readonly bodies: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
  /** Makes the ids of this load its own. */
  readonly name: string;
}

export interface LoadReport {
  readonly sent: number;
  /** Answers that were not 201. */
  readonly errors: number;
  /** From when each request was due, not from when it was sent: waiting for a slow server counts. */
  readonly ms: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
  /** Answers a second that really came. */
  readonly perSecond: number;
}

const CONNECTIONS = 64;
/** One in ten is named, and durable before it is answered. */
const NAMED_EVERY = 10;

process.on('message', (order: LoadOrder) => {
  void load(order).then((report) => process.send?.(report));
});

async function load({ url, path, bodies, perSecond, seconds, name }: LoadOrder): Promise<LoadReport> {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
  const count = Math.round(perSecond * seconds);
  const tookMs = new Float64Array(count);
  let errors = 0;
  const post = async (i: number, dueMs: number): Promise<void> => {
    const id = `"id":"${name}-${i}"`;
    const named = i % NAMED_EVERY === 0 ? `,"request_id":"${name}-${i}"` : '';
    const body = `{"booking":{${id},${bodies[i % bodies.length]}}${named}}`;
    try {
      const answer = await pool.request({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json' },
        body,
      });
      await answer.body.dump();
      if (answer.statusCode !== 201) errors += 1;
    } catch {
      errors += 1;
    }
    tookMs[i] = performance.now() - dueMs;
  };
  const startMs = performance.now();
  const underway: Promise<void>[] = [];
  while (underway.length < count) {
    const due = Math.min(count, Math.floor(((performance.now() - startMs) * perSecond) / 1000));
    while (underway.length < due) {
      underway.push(post(underway.length, startMs + (underway.length * 1000) / perSecond));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underway);
  const elapsedSeconds = (performance.now() - startMs) / 1000;
  await pool.close();
  tookMs.sort();
  const at = (share: number) => tookMs[Math.min(count - 1, Math.floor(share * count))] ?? Number.NaN;
  const ms = { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
  return { sent: count, errors, ms, perSecond: count / elapsedSeconds };
}
