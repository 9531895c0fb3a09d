/**
 * Every measurement of speed in one table, ours beside a peer or a limit in the same run.
 * Run: `npm run bench [-- NAME… [--json]]`; without a name all of them, which takes some minutes.
 *
 * Exits 3 where a median ratio is not what was wanted.
 */
import { spawnSync } from 'node:child_process';
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

const wanted = names.length > 0 ? names : Object.keys(known);
const [only] = wanted;
const found = wanted.length === 1 ? await measured(only!) : wanted.flatMap(measuredApart);
const about = await machine();
writeSync(
  1,
  asJson
    ? `${JSON.stringify({ machine: about, comparisons: found }, null, 2)}\n`
    : `${comparisonTable(found, about)}\n`,
);
// The clients of others keep timers.
process.exit(found.some(({ passed }) => passed === false) ? 3 : 0);

async function measured(name: string): Promise<readonly Comparison[]> {
  const { bench } = await known[name]!();
  writeSync(2, `${name}: ${bench.summary}\n`);
  return await bench.measure((line) => writeSync(2, `  ${line}\n`));
}

/** In a process of its own: what one bench has compiled, or left in memory, is not the next one's. */
function measuredApart(name: string): readonly Comparison[] {
  const args = ['--import', 'tsx', 'bench/bench.ts', name, '--json'];
  const { stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (JSON.parse(stdout) as { comparisons: Comparison[] }).comparisons;
}
