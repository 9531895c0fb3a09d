/**
 * How what is kept and sent grows with instances, changes, predictions, days and drivers: the slopes of docs/scale.md.
 * Run: npx tsx bench/scale.ts
 */
import { randomUUID } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { localTime } from '../src/booking/local-time.js';
import { auditedFlag, newAuditEntry, verifyChain } from '../src/flag/audit.js';
import { postgresStore } from '../src/flag/postgres-store.js';
import { redisStore } from '../src/flag/redis-store.js';
import type { AuditEntry, Store } from '../src/flag/store.js';
import { openLedger } from '../src/ledger/open-ledger.js';
import { DEFAULT_HEURISTIC } from '../src/model/heuristic.js';
import { mergeReplays } from '../src/replay/merge.js';
import { replay } from '../src/replay/replay.js';
import { packReplay } from '../src/spread/part-result.js';
import { command } from '../test/contract/commands.js';
import { startMigratedPostgres } from '../test/fault/postgres.js';
import { booking } from '../test/replay/booking.js';
import { ALL, modelOf, stream } from '../test/replay/rides.js';
import { temporaryFolder } from '../test/servers/process.js';
import { startRedis } from '../test/servers/redis.js';
import { median } from './comparison.js';
import { fillPostgres, fillSqlite } from './ledger-filling.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const KEY = 'ml-delay-prediction';
const ROUNDS = 5;

const [postgres, redis] = await Promise.all([startMigratedPostgres(), startRedis()]);
try {
  await instances('Redis', redisStore(redis.url, KEY), redisBytes);
  await instances('Postgres', postgresStore(postgres.url, KEY), async () => null);
  await changes();
  await ledgerRows();
  await parts();
} finally {
  await Promise.all([postgres.remove(), redis.remove()]);
}

/** So many instances report once, and one of them counts all. */
async function instances(name: string, store: Store, bytes: () => Promise<number | null>): Promise<void> {
  for (const count of [10, 100, 1000]) {
    const reports = Array.from({ length: count }, (_, i) => ({
      ...{ instance: `dispatch-${i}-4711-${randomUUID().slice(0, 8)}`, host: `dispatch-${i}`, pid: 4711 },
      ...{ url: `http://dispatch-${i}.internal:5000`, revision: 12, changeId: randomUUID(), off: [] },
      model: { name: 'delay_predictor', version: '2026-03-02', sha256: 'a'.repeat(64) },
      at: new Date().toISOString(),
    }));
    await store.report(reports[0]!);
    const took = await milliseconds(async () => {
      for (const report of reports) await store.report(report);
    });
    const reads: number[] = [];
    for (let i = 0; i < ROUNDS; i += 1) reads.push(await milliseconds(() => store.instances()));
    const reply = JSON.stringify(await store.instances()).length;
    const kept = await bytes();
    const perReport = (took / count).toFixed(2);
    const memory = kept === null ? '' : `, ${Math.round(kept / 1024)} kB kept`;
    say(
      `${name}, ${count} instances: a report ${perReport} ms, counting all ${median(reads).toFixed(1)} ms and ${Math.round(reply / 1024)} kB${memory}`,
    );
    for (const { instance } of reports) await store.forget(instance);
  }
  await store.close();
}

async function redisBytes(): Promise<number> {
  const client = new Redis(redis.url);
  let bytes = 0;
  for (const key of await client.keys('*')) bytes += (await client.memory('USAGE', key, 'SAMPLES', 0)) ?? 0;
  client.disconnect();
  return bytes;
}

/** The chain of the flag's changes is checked as a whole. */
async function changes(): Promise<void> {
  for (const count of [100, 1000, 10_000]) {
    const rows: AuditEntry[] = [];
    for (let i = 0; i < count; i += 1) {
      const last = rows.at(-1);
      const read = { flag: null, marks: {}, ended: {}, head: last?.hash ?? null };
      const made = newAuditEntry(command(KEY, read as never, { expected: i }));
      rows.push({ ...made, before: last?.after ?? null });
    }
    const flag = { ...rows.at(-1)!.after, clears: [] };
    const newestFirst = rows.toReversed();
    const took = await milliseconds(async () => {
      if (verifyChain(newestFirst, auditedFlag(flag as never) as never).kind !== 'intact')
        throw new Error('broken');
    });
    const bytes = JSON.stringify(rows).length / count;
    say(
      `${count} changes of the flag: checked in ${took.toFixed(0)} ms, ${Math.round(bytes)} B each as JSON`,
    );
  }
}

async function ledgerRows(): Promise<void> {
  const untilMs = Date.now();
  for (const count of [10_000, 100_000]) {
    const home = temporaryFolder('bench-scale');
    const ledger = await openLedger({ databaseUrl: null, home });
    await ledger.ping();
    fillSqlite(join(home, 'atmr-ml.db'), { count, untilMs });
    const took = await milliseconds(() => ledger.metrics(untilMs - 7 * 86_400_000, untilMs));
    const bytes = statSync(join(home, 'atmr-ml.db')).size / count;
    say(`SQLite, ${count} predictions: ${Math.round(bytes)} B each, a week's figures ${took.toFixed(1)} ms`);
    await ledger.close();
    rmSync(home, { recursive: true });
  }
  const count = 100_000;
  await fillPostgres(postgres.url, { count, untilMs });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query<{ name: string; bytes: string }>(
    `SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class
     WHERE relnamespace = 'atmr_ml'::regnamespace AND relkind = 'r' ORDER BY 2 DESC LIMIT 4`,
  );
  await client.end();
  const sizes = rows.map(({ name, bytes }) => `${name} ${Math.round(Number(bytes) / count)} B`).join(', ');
  const ledger = await openLedger({ databaseUrl: postgres.url, home: postgres.folder });
  const took = await milliseconds(() => ledger.metrics(untilMs - 7 * 86_400_000, untilMs));
  await ledger.close();
  say(`Postgres, ${count} predictions: a prediction ${sizes}; a week's figures ${took.toFixed(1)} ms`);
}

/** What Redis keeps of a part, and what the sums of all parts take. */
async function parts(): Promise<void> {
  const arms = {
    ...{ model: modelOf((km) => 2 + km), heuristic: DEFAULT_HEURISTIC },
    clock: { nowMs: () => 0, monotonicMs: () => 0 },
  };
  for (const [days, drivers] of [
    [30, 30],
    [365, 30],
    [365, 300],
    [365, 3000],
    [1460, 300],
  ] as const) {
    const bookings = Array.from({ length: 50_000 }, (_, i) =>
      booking({
        ...{ id: String(i), driverId: String(i % drivers), distanceMeters: 300 + ((i * 7919) % 20_000) },
        scheduled: localTime(Date.UTC(2026, 0, 1 + (i % days), (i * 31) % 24), 'Europe/Zurich'),
        actualDelayMinutes: ((i * 7907) % 60) / 3,
      }),
    );
    const replayed = await replay(stream(bookings), arms, { ...ALL, summed: true });
    const text = packReplay({ ...replayed, latenciesMs: new Float64Array() });
    const took = await milliseconds(async () => void mergeReplays([replayed]));
    say(
      `a part of 50,000 bookings, ${days} days, ${drivers} drivers: ${Math.round(text.length / 1024)} kB, added up in ${took.toFixed(0)} ms`,
    );
  }
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
