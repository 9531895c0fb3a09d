import { randomUUID } from 'node:crypto';
import { quantile as quantileOf } from 'd3-array';
import { activate } from '../src/flag/activate.js';
import { setPercentage } from '../src/flag/percentage.js';
import { startMigratedPostgres } from '../test/fault/postgres.js';
import { type ReaderChild, startReaderChild } from '../test/fault/reader-child.js';
import { type Machine, type Servers, startMachine } from '../test/fault/site.js';
import { until } from '../test/fault/wait.js';
import { startRedis } from '../test/servers/redis.js';

/**
 * How long a change takes: from the call of the writer until each of three reader processes answers by it.
 * Run: `npm run bench:propagation [changes]`. Readers look at their own answer every 2 ms. Fails when 95 % of the
 * changes take more than 100 ms where a store tells of them, or one takes more than 2 s.
 */
const CHANGES = Number(process.argv[2] ?? 200);
const READERS = 3;
const TOLD_LIMIT_MS = 100;
const MAX_LIMIT_MS = 2000;
/** Not in step with the readers' loops of one second. */
const PAUSE_MS = [3, 60, 170, 290, 430];

const postgres = await startMigratedPostgres();
const redis = await startRedis();
const setUps: readonly { readonly name: string; readonly servers: Servers; readonly p95LimitMs: number }[] = [
  // It tells nobody: its readers look at it.
  { name: 'SQLite', servers: { postgres: null, redis: null }, p95LimitMs: MAX_LIMIT_MS },
  { name: 'Postgres', servers: { postgres, redis: null }, p95LimitMs: TOLD_LIMIT_MS },
  { name: 'Redis alone', servers: { postgres: null, redis }, p95LimitMs: TOLD_LIMIT_MS },
  { name: 'Postgres + Redis', servers: { postgres, redis }, p95LimitMs: TOLD_LIMIT_MS },
];
print(`${CHANGES} changes, ${READERS} reader processes, milliseconds (p50 / p95 / max)`);
for (const { name, servers, p95LimitMs } of setUps) {
  const { writeMs, effectMs } = await measure(servers);
  const passed = quantile(effectMs, 0.95) < p95LimitMs && quantile(effectMs, 1) <= MAX_LIMIT_MS;
  if (!passed) process.exitCode = 1;
  const line = `${name.padEnd(18)} written ${summary(writeMs)}   every reader answers by it ${summary(effectMs)}`;
  print(`${line}   ${passed ? 'pass' : 'FAIL'}: p95 < ${p95LimitMs}, max ≤ ${MAX_LIMIT_MS}`);
}
await postgres.remove();
await redis.remove();

async function measure(servers: Servers) {
  const machine = await startMachine({ name: 'bench', key: `bench-${randomUUID()}`, servers });
  await activate(machine.holders, 100, machine.request('bench'));
  const readers: ReaderChild[] = [];
  for (let i = 0; i < READERS; i++) readers.push(await startReaderChild(machine));
  const writeMs: number[] = [];
  const effectMs: number[] = [];
  for (let i = 0; i < CHANGES; i++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS[i % PAUSE_MS.length]));
    const { written, effect } = await changeOnce(machine, readers, 1 + (i % 99));
    writeMs.push(written);
    effectMs.push(effect);
  }
  await Promise.all(readers.map((reader) => reader.kill()));
  await machine.close();
  return { writeMs, effectMs };
}

async function changeOnce(machine: Machine, readers: readonly ReaderChild[], percentage: number) {
  const startMs = performance.timeOrigin + performance.now();
  const { changeId } = await setPercentage(machine.holders, percentage, machine.request('bench'));
  const written = performance.timeOrigin + performance.now() - startMs;
  const firstBy = (reader: ReaderChild) => reader.answers.find((seen) => seen.changeId === changeId)?.atMs;
  await until('every reader answers by it', () => readers.every((reader) => firstBy(reader) !== undefined));
  return { written, effect: Math.max(...readers.map((reader) => (firstBy(reader) ?? 0) - startMs)) };
}

function summary(values: readonly number[]): string {
  return [0.5, 0.95, 1].map((share) => quantile(values, share).toFixed(0)).join(' / ');
}

function quantile(values: readonly number[], share: number): number {
  return quantileOf(values, share) ?? Number.NaN;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
