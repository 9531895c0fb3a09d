import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { quantile as quantileOf } from 'd3-array';
import type { Ledger } from '../src/ledger/ledger.js';
import { openLedger } from '../src/ledger/open-ledger.js';
import { startMigratedPostgres } from '../test/fault/postgres.js';
import { temporaryFolder } from '../test/servers/process.js';
import { checkFilled, type Filling, fillPostgres, fillSqlite } from './ledger-filling.js';

/**
 * How long the calls behind GET /ml-monitoring/summary take: with 10,000 stored predictions and with many, a tenth
 * of them in the last 7 days. Run: `npm run bench:summary [predictions]` (10 million without an argument; that takes
 * some 10 GB in the temporary folder). Fails when 95 % of the calls with many take 50 ms or more, or twice what they
 * take with few.
 */
const FEW = 10_000;
const MANY = Number(process.argv[2] ?? 10_000_000);
const CALLS = 200;
const WARM_UP = 20;
const P95_LIMIT_MS = 50;
const RATIO_LIMIT = 2;
const HOUR_MS = 3_600_000;

const filling: Omit<Filling, 'count'> = { untilMs: Date.now() };
print(`milliseconds of one summary (p50 / p95) over ${CALLS} calls, after ${WARM_UP} that are not counted`);
for (const [name, open] of [
  ['SQLite', openSqlite],
  ['Postgres', openPostgres],
] as const) {
  const [few, many] = await measure(open);
  const ratio = many.p95 / few.p95;
  const passed = many.p95 < P95_LIMIT_MS && ratio < RATIO_LIMIT;
  if (!passed) process.exitCode = 1;
  const texts = [
    `${name.padEnd(8)} ${FEW}: ${text(few)}   ${MANY}: ${text(many)} (filled in ${many.fillS.toFixed(0)} s)`,
    `p95 ratio ${ratio.toFixed(2)}   ${passed ? 'pass' : 'FAIL'}: p95 < ${P95_LIMIT_MS}, ratio < ${RATIO_LIMIT}`,
  ];
  print(texts.join('   '));
}

interface Opened {
  readonly ledger: Ledger;
  remove(): Promise<void>;
}

async function openSqlite(count: number): Promise<Opened> {
  const home = temporaryFolder('bench-ledger');
  const ledger = await openLedger({ databaseUrl: null, home });
  await ledger.ping(); // makes the tables
  fillSqlite(join(home, 'atmr-ml.db'), { ...filling, count });
  const remove = async () => {
    await ledger.close();
    rmSync(home, { recursive: true });
  };
  return { ledger, remove };
}

async function openPostgres(count: number): Promise<Opened> {
  const server = await startMigratedPostgres();
  await fillPostgres(server.url, { ...filling, count });
  const ledger = await openLedger({ databaseUrl: server.url, home: server.folder });
  const remove = async () => {
    await ledger.close();
    await server.remove();
  };
  return { ledger, remove };
}

/** By turns, so that whatever else the machine does meets both. */
async function measure(open: (count: number) => Promise<Opened>) {
  const [few, many] = [await filled(FEW, open), await filled(MANY, open)];
  await checkFilled(few.ledger, { ...filling, count: FEW });
  for (let i = 0; i < WARM_UP + CALLS; i++) {
    for (const { ledger, callMs } of [few, many]) {
      const beganMs = performance.now();
      await summary(ledger, filling.untilMs - i * 1000);
      if (i >= WARM_UP) callMs.push(performance.now() - beganMs);
    }
  }
  await few.remove();
  await many.remove();
  return [measured(few), measured(many)] as const;
}

async function filled(count: number, open: (count: number) => Promise<Opened>) {
  const startMs = performance.now();
  const opened = await open(count);
  const callMs: number[] = [];
  return { ...opened, callMs, fillS: (performance.now() - startMs) / 1000 };
}

function measured({ callMs, fillS }: { readonly callMs: readonly number[]; readonly fillS: number }) {
  const quantile = (share: number) => quantileOf(callMs, share) ?? Number.NaN;
  return { p50: quantile(0.5), p95: quantile(0.95), fillS };
}

/** What the route asks of the ledger. */
async function summary(ledger: Ledger, nowMs: number): Promise<void> {
  await Promise.all([
    ledger.totals(),
    ledger.metrics(nowMs - 24 * HOUR_MS, nowMs),
    ledger.metrics(nowMs - 7 * 24 * HOUR_MS, nowMs),
    ledger.anomalies(nowMs - 24 * HOUR_MS, 5, 1),
  ]);
}

function text({ p50, p95 }: { readonly p50: number; readonly p95: number }): string {
  return `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
