/**
 * How often the analysis of errors finds something where nothing happened, and how often it names what did: replays
 * simulated bookings that the shipped model never saw. Run: `npm run bench:findings [SEEDS] [SEEDS_PER_SCENARIO]`.
 *
 * Fails when more than 5 % of the ordinary worlds give a finding, or a scenario is named first in fewer than 95 %.
 */
import { writeSync } from 'node:fs';
import { analyse } from '../src/analysis/analyse.js';
import type { CauseName } from '../src/analysis/causes/cause.js';
import { causesOf } from '../src/analysis/causes.js';
import type { ScoredRow } from '../src/analysis/scored-row.js';
import { inBatches } from '../src/booking/batches.js';
import { systemClock } from '../src/clock.js';
import { replayedRows } from '../src/error-analysis/replayed-rows.js';
import { DEFAULT_HEURISTIC } from '../src/model/heuristic.js';
import { loadModel } from '../src/model/load.js';
import type { ScenarioName } from '../src/simulator/scenario.js';
import { simulateBookings } from '../src/simulator/simulate.js';

/** What the analysis should call each scenario. */
const CAUSE_OF = {
  'snow-week': 'severe-weather',
  'new-drivers': 'new-drivers',
  'sensor-fault': 'input-fault',
  'demand-surge': 'demand-surge',
  'model-worse': 'model-outdated',
} as const satisfies Record<ScenarioName, CauseName>;

const BOOKINGS_A_DAY = 27.5;
/** The thresholds were chosen on seeds below 10,000; 1 made the bookings that the model learned from. */
const FIRST_SEED = 13_002;
const MOST_FALSE = 0.05;
const LEAST_NAMED = 0.95;
/** Season by season: none of these days was trained on. */
const STARTS = ['2026-08-01', '2026-12-01', '2027-02-15', '2026-10-01'];
const SHAPES = [
  { days: 60, scenarioDay: 30 },
  { days: 28, scenarioDay: 14 },
];

const [seeds = 100, seedsEach = 20] = process.argv.slice(2).map(Number);
const model = await loadModel('models/delay_predictor.onnx');
const arms = { model, heuristic: DEFAULT_HEURISTIC, clock: systemClock };
let passed = true;
for (const { days, scenarioDay } of SHAPES) {
  const bookings = Math.round(BOOKINGS_A_DAY * days);
  say(`${bookings} bookings over ${days} days`);
  const none = await repeat(seeds, (seed) => causes(seed, { days, bookings }, null));
  const falsely = none.filter((names) => names.length > 0);
  passed &&= falsely.length <= MOST_FALSE * seeds;
  say(
    `  none           found something in ${falsely.length} of ${seeds}: ${tally(falsely.map(([first]) => first!))}`,
  );
  for (const [name, cause] of Object.entries(CAUSE_OF) as [ScenarioName, CauseName][]) {
    const scenario = { name, day: scenarioDay };
    const found = await repeat(seedsEach, (seed) => causes(seed, { days, bookings }, scenario));
    const first = found.filter(([leading]) => leading === cause).length;
    passed &&= first >= LEAST_NAMED * seedsEach;
    const others = found.filter(([leading]) => leading !== cause).map(([leading = 'nothing']) => leading);
    say(
      `  ${name.padEnd(14)} ${cause} first in ${first} of ${seedsEach}${others.length > 0 ? `; else ${tally(others)}` : ''}`,
    );
  }
}
say(passed ? 'pass' : 'FAIL');
process.exitCode = passed ? 0 : 1;

async function causes(
  seed: number,
  { days, bookings }: { days: number; bookings: number },
  scenario: { name: ScenarioName; day: number } | null,
): Promise<CauseName[]> {
  const from = STARTS[seed % STARTS.length]!;
  const simulated = simulateBookings({ bookings, from, days, seed, scenario, unsettledPercent: 0 });
  const windows = { window: { fromMs: null, untilMs: null }, baseline: null };
  const rows: ScoredRow[] = [];
  const sinks = { row: (row: ScoredRow) => void rows.push(row), earlier: () => {} };
  const { asked } = await replayedRows(inBatches(bookingsOf(simulated)), arms, windows, sinks);
  const findings = analyse({ rows, asked, manifest: model.manifest, baseline: null, seed: 1 });
  return causesOf(findings, '').map(({ name }) => name);
}

function* bookingsOf(simulated: ReturnType<typeof simulateBookings>) {
  for (const { booking } of simulated) yield booking;
}

async function repeat<T>(times: number, run: (seed: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < times; i += 1) results.push(await run(i + FIRST_SEED));
  return results;
}

function tally(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ') || '–';
}

function say(line: string): void {
  writeSync(1, `${line}\n`);
}
