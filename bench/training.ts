/**
 * The boosting of `train` beside scikit-learn's HistGradientBoostingRegressor, each in one thread: the same simulated
 * bookings, the same features, the same rows held out. Needs Debian's python3-sklearn.
 *
 * Ours is all that makes the forest that `train` writes: bins, the search for the number of trees on the validation
 * rows, and the fit to training and validation rows with that number. Theirs learns from all those rows at once. Each
 * round has bookings of its own, of seeds in which no setting was chosen.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { FeatureName } from '../src/features/features.js';
import { layOutForest } from '../src/model/lay-out-forest.js';
import { forestPredictor } from '../src/model/predict-forest.js';
import { DEFAULT_SIMULATION } from '../src/simulator/settings.js';
import { simulateBookings } from '../src/simulator/simulate.js';
import { binTable } from '../src/training/binning.js';
import { boostedColumns } from '../src/training/boosted-columns.js';
import { boost } from '../src/training/booster.js';
import { DEFAULT_BOOSTING, DEFAULT_FEATURES, MAX_BINS } from '../src/training/boosting-defaults.js';
import { featureTable } from '../src/training/feature-table.js';
import { learnEncodings } from '../src/training/learn-encodings.js';
import { scoreSummary } from '../src/training/score-summary.js';
import { rowsBetween, splitExamples } from '../src/training/split.js';
import { collectExamples } from '../src/training/training-set.js';
import { type Bench, type Comparison, type Contest, compared } from './comparison.js';

const SIZES = [5000, 100_000];
const ROUNDS = 5;
const FIRST_SEED = 700;
const NAMES: readonly FeatureName[] = DEFAULT_FEATURES;
const PEERS = [
  { name: 'HistGradientBoosting, defaults', settings: {}, isWanted: true },
  {
    name: 'HistGradientBoosting, absolute_error, early_stopping',
    settings: { loss: 'absolute_error', early_stopping: true },
    isWanted: false,
  },
];

/** Rows up to `trainEnd` train, up to `learnEnd` say when to stop, and those after are scored. */
interface Table {
  readonly features: Float32Array;
  readonly minutes: Float64Array;
  readonly trainEnd: number;
  readonly learnEnd: number;
}

interface Fit {
  readonly ms: number;
  readonly mae: number;
  readonly r2: number;
}

interface Sklearn {
  fit(table: Table, settings: object): Promise<Fit>;
  stop(): Promise<void>;
}

export const bench: Bench = {
  summary: 'the forest that train writes, fitted to simulated bookings, in one thread',
  async measure(say) {
    const sklearn = startSklearn();
    try {
      const found: Comparison[] = [];
      for (const bookings of SIZES) found.push(...(await measureSize(bookings, sklearn, say)));
      return found;
    } finally {
      await sklearn.stop();
    }
  },
};

async function measureSize(
  bookings: number,
  sklearn: Sklearn,
  say: (line: string) => void,
): Promise<Comparison[]> {
  const ours: Fit[] = [];
  const theirs: Fit[][] = PEERS.map(() => []);
  for (let round = -1; round < ROUNDS; round += 1) {
    const table = await simulatedTable(bookings, FIRST_SEED + round);
    const first = round % 2 === 0 ? await fitOurs(table) : null;
    const peers: Fit[] = [];
    for (const { settings } of PEERS) peers.push(await sklearn.fit(table, settings));
    const mine = first ?? (await fitOurs(table));
    if (round < 0) continue;
    ours.push(mine);
    peers.forEach((fit, peer) => {
      theirs[peer]!.push(fit);
    });
    say(
      `${bookings} bookings: ${[mine, ...peers].map(({ ms, mae }) => `${ms.toFixed(0)} ms, MAE ${mae.toFixed(4)}`).join('; ')}`,
    );
  }
  return PEERS.flatMap((peer, i) => comparisonsWith(bookings, peer, ours, theirs[i]!));
}

function comparisonsWith(
  bookings: number,
  { name: peer, isWanted }: (typeof PEERS)[number],
  ours: readonly Fit[],
  theirs: readonly Fit[],
): Comparison[] {
  const size = bookings.toLocaleString('en').replaceAll(',', ' ');
  const line = (what: string, unit: string, figure: keyof Fit, wanted: Contest['wanted']) =>
    compared(
      { what: `${what}, ${size} bookings`, unit, peer, wanted },
      ours.map((fit) => fit[figure]),
      theirs.map((fit) => fit[figure]),
    );
  return [
    line('training', 'ms', 'ms', isWanted ? { atMost: 2 } : null),
    line('MAE held out', 'min', 'mae', isWanted ? { atMost: 1 } : null),
    line('R² held out', '', 'r2', null),
  ];
}

async function simulatedTable(bookings: number, seed: number): Promise<Table> {
  const rides = [...simulateBookings({ ...DEFAULT_SIMULATION, bookings, seed })];
  const { examples: collected } = await collectExamples(rides.map(({ booking }) => booking));
  const { examples, trainEnd, learnEnd } = splitExamples(collected, seed);
  const encodings = learnEncodings(examples, rowsBetween(0, trainEnd));
  return {
    features: featureTable(examples, NAMES, encodings),
    minutes: Float64Array.from(examples, ({ delayMinutes }) => delayMinutes),
    trainEnd,
    learnEnd,
  };
}

async function fitOurs({ features, minutes, trainEnd, learnEnd }: Table): Promise<Fit> {
  const width = NAMES.length;
  const settings = { ...DEFAULT_BOOSTING, seed: 1 };
  const [train, learn] = [rowsBetween(0, trainEnd), rowsBetween(0, learnEnd)];
  const startMs = performance.now();
  const validation = rowsBetween(trainEnd, learnEnd);
  const search = await boost(
    binTable(features, width, train, MAX_BINS),
    minutes,
    train,
    validation,
    settings,
  );
  const binned = binTable(features, width, learn, MAX_BINS);
  const rounds = search.trees.length;
  const columns = boostedColumns(await boost(binned, minutes, learn, null, { ...settings, rounds }), binned);
  const ms = performance.now() - startMs;
  const predicted = new Float64Array(minutes.length - learnEnd);
  const predict = forestPredictor(layOutForest(columns, 'the forest of the bench'));
  predict(features.subarray(learnEnd * width), predicted.length, predicted);
  const scores = scoreSummary(predicted, minutes.subarray(learnEnd));
  return { ms, mae: scores?.mae ?? Number.NaN, r2: scores?.r2 ?? Number.NaN };
}

function startSklearn(): Sklearn {
  const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-bench-training-'));
  const child = spawn('/usr/bin/python3', [resolve('bench/training-sklearn.py')], {
    env: { ...process.env, OMP_NUM_THREADS: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async fit({ features, minutes, learnEnd }, settings) {
      writeFileSync(join(folder, 'features.f32'), features);
      writeFileSync(join(folder, 'minutes.f64'), minutes);
      const order = { folder, width: NAMES.length, learned: learnEnd, settings };
      child.stdin.write(`${JSON.stringify(order)}\n`);
      const { value } = await answers.next();
      if (value === undefined)
        throw new Error('python3 said nothing; it needs python3-sklearn: npm run test:fresh');
      return JSON.parse(value) as Fit;
    },
    async stop() {
      child.stdin.end();
      if (!hasEnded(child)) await once(child, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
