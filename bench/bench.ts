/**
 * Every measurement of speed in one table, ours beside a peer or a limit in the same run.
 * Run: `npm run bench [-- NAME… [--json]]`; without a name all of them, which takes some minutes.
 *
 * Exits 3 where a median ratio is not what was wanted.
 */
import { writeSync } from 'node:fs';
import type { Bench, Comparison } from './comparison.js';
import { machine } from './machine.js';
import { comparisonTable } from './table.js';

const BENCHES = {
  'start-up': () => import('./start-up.js'),
  prediction: () => import('./prediction.js'),
  replay: () => import('./replay.js'),
  decide: () => import('./decide.js'),
  ledger: () => import('./ledger.js'),
  propagation: () => import('./propagation.js'),
  serve: () => import('./serve.js'),
  training: () => import('./training.js'),
} satisfies Record<string, () => Promise<{ readonly bench: Bench }>>;

const args = process.argv.slice(2);
const asJson = args.includes('--json');
const names = args.filter((arg) => arg !== '--json');
const known: Readonly<Record<string, () => Promise<{ readonly bench: Bench }>>> = BENCHES;
const unknown = names.find((name) => !(name in known));
if (unknown !== undefined) {
  writeSync(2, `there is no bench ${unknown}: ${Object.keys(known).join(', ')}\n`);
  process.exit(2);
}

const found: Comparison[] = [];
for (const name of names.length > 0 ? names : Object.keys(known)) {
  const { bench } = await known[name]!();
  writeSync(2, `${name}: ${bench.summary}\n`);
  found.push(...(await bench.measure((line) => writeSync(2, `  ${line}\n`))));
}
const about = await machine();
writeSync(
  1,
  asJson
    ? `${JSON.stringify({ machine: about, comparisons: found }, null, 2)}\n`
    : `${comparisonTable(found, about)}\n`,
);
// The clients of others keep timers.
process.exit(found.some(({ passed }) => passed === false) ? 3 : 0);
