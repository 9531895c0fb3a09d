import { execFileSync } from 'node:child_process';
import { makeProductionTables } from '../scripts/make-production-tables.js';
import { openPostgresBookings } from '../src/booking/postgres-source.js';
import { DEFAULT_SIMULATION } from '../src/simulator/settings.js';
import { startPostgres } from '../test/servers/postgres.js';

/**
 * Time and memory of reading 100,000 bookings of the production tables in a process of its own: what is in use after
 * a collection, every 20,000 bookings. Exits 3 when it grows by more than the budget. Usage: npm run bench:production-source
 */
const BOOKINGS = 100_000;
const SAMPLE_EVERY = 20_000;
/** What is remembered is the offset of the zone by quarter hour. */
const BUDGET_KB = 4000;
const [url] = process.argv.slice(2);
if (url === undefined) await measure();
else await readAll(url);

async function measure(): Promise<void> {
  const server = await startPostgres();
  try {
    await makeProductionTables(server.url, { ...DEFAULT_SIMULATION, bookings: BOOKINGS, days: 1000 });
    const child = ['--expose-gc', '--import', 'tsx', 'bench/production-source.ts', server.url];
    const { count, seconds, usedKb } = JSON.parse(
      execFileSync(process.execPath, child, { encoding: 'utf8' }),
    );
    const growth = usedKb.at(-1) - usedKb[0];
    process.stdout.write(
      `${count} bookings in ${seconds.toFixed(1)} s (${Math.round(count / seconds)} a second); in use ${usedKb.join(', ')} kB\n` +
        `grown by ${growth} kB (budget: ${BUDGET_KB})\n`,
    );
    process.exitCode = growth <= BUDGET_KB ? 0 : 3;
  } finally {
    await server.remove();
  }
}

async function readAll(from: string): Promise<void> {
  const database = {
    url: from,
    variable: 'DATABASE_URL',
    name: '',
    query: null,
    timeZone: 'Europe/Zurich',
  } as const;
  const startMs = performance.now();
  const usedKb: number[] = [];
  let count = 0;
  for await (const _ of openPostgresBookings(database, { onBadRow: 'fail' })) {
    count += 1;
    if (count % SAMPLE_EVERY === 0) usedKb.push(usedAfterCollection());
  }
  const seconds = (performance.now() - startMs) / 1000;
  process.stdout.write(JSON.stringify({ count, seconds, usedKb }));
}

function usedAfterCollection(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / 1024);
}
