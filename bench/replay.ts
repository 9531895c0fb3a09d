/**
 * Bookings a second that a replay takes. Run: `npm run build && npm run bench -- replay`.
 *
 * Scoring, in one thread: features, both arms and the paired sums that the verdict rests on, beside onnxruntime-node on
 * ready-made tensors of the same rows, which does a part of that only. Then whole replays of the built program, from a
 * file and from Postgres, beside what data people would write with pandas and scikit-learn (which needs Debian's
 * python3-sklearn and python3-pandas), and beside the bare COPY of the same query, whose rows nobody looks at.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { makeProductionTables } from '../scripts/make-production-tables.js';
import { bookingsSql } from '../src/booking/production-sql.js';
import { systemClock } from '../src/clock.js';
import { DEFAULT_HEURISTIC } from '../src/model/heuristic.js';
import type { Model } from '../src/model/model.js';
import { replay } from '../src/replay/replay.js';
import { DEFAULT_SIMULATION } from '../src/simulator/settings.js';
import { startPostgres } from '../test/servers/postgres.js';
import { type Bench, type Comparison, compared, compareInTurn } from './comparison.js';
import { bareSession, benchModel, featureTable, simulatedBookings } from './model-peers.js';

/** So many, again and again: whoever reads bookings has just made them, and they are near. 200,000 that lie in memory for minutes are not. */
const DIFFERENT = 20_480;
const BATCH = 1024;
/** Of a round. */
const BATCHES = 200;
const WARM_UPS = 2;
const SCORING_ROUNDS = 9;
/** More than are kept answer by answer: sums decide, as the peer's do. */
const WHOLE = 200_000;
const WHOLE_DAYS = 800;
const WHOLE_ROUNDS = 5;
const FROM = '2026-08-01';
const ALL = { window: { fromMs: null, untilMs: null }, limit: null, sample: null, seed: 1 };

type Say = (line: string) => void;

export const bench: Bench = {
  summary: 'bookings of a replay a second',
  async measure(say) {
    const model = await benchModel();
    const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-bench-'));
    try {
      return [await scoring(model), ...(await fromFile(model, folder, say)), await fromPostgres(folder, say)];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** One replay of two million bookings, as a large history is; between its rounds the peer has its own. */
async function scoring(model: Model): Promise<Comparison> {
  const bookings = simulatedBookings(DIFFERENT);
  const batches = Array.from({ length: DIFFERENT / BATCH }, (_, i) =>
    bookings.slice(i * BATCH, (i + 1) * BATCH),
  );
  const run = await bareSession(featureTable(bookings, model.manifest), batches.length);
  const theirs = async () => {
    for (let i = 0; i < BATCHES; i += 1) await run(i % batches.length);
  };
  const rates: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  const inRounds = async function* () {
    for (let round = -WARM_UPS; round < SCORING_ROUNDS; round += 1) {
      const startMs = performance.now();
      for (let i = 0; i < BATCHES; i += 1) yield batches[i % batches.length]!;
      const ours = (performance.now() - startMs) / 1000;
      const took = await seconds(theirs);
      if (round < 0) continue;
      rates.ours.push((BATCHES * BATCH) / ours);
      rates.theirs.push((BATCHES * BATCH) / took);
    }
  };
  const { scores } = await replay(
    inRounds(),
    { model, heuristic: DEFAULT_HEURISTIC, clock: systemClock },
    ALL,
  );
  if (scores.n !== (WARM_UPS + SCORING_ROUNDS) * BATCHES * BATCH)
    throw new Error(`${scores.n} bookings were scored`);
  const contest = {
    what: 'scoring: features, both arms, paired sums',
    unit: 'rows/s',
    peer: 'onnxruntime-node, tensors ready',
    wanted: { atLeast: 1.5 },
  };
  return compared(contest, rates.ours, rates.theirs);
}

async function fromFile(model: Model, folder: string, say: Say): Promise<Comparison[]> {
  const [train, file, encodings] = ['train.csv', 'bookings.csv', 'encodings.json'].map((name) =>
    join(folder, name),
  );
  simulate(5000, 180, '2026-01-05', train!);
  simulate(WHOLE, WHOLE_DAYS, FROM, file!);
  writeFileSync(encodings!, JSON.stringify(model.manifest.encodings));
  const peer = () => sklearn([train!, file!, encodings!]);
  const { stages } = peer();
  say(`pandas and scikit-learn: ${shares(stages)}`);
  say(`ours from CSV: ${replayOf(['--source', file!], folder).timings}`);
  const contest = { what: 'from CSV, whole replay', unit: 'rows/s', wanted: null };
  const rows = (took: number) => WHOLE / took;
  return [
    await compareInTurn(
      { ...contest, peer: 'pandas + scikit-learn, 1 thread' },
      WHOLE_ROUNDS,
      () => rows(replayOf(['--source', file!], folder).seconds),
      () => rows(sumOf(peer().stages)),
    ),
  ];
}

async function fromPostgres(folder: string, say: Say): Promise<Comparison> {
  const server = await startPostgres();
  try {
    await makeProductionTables(server.url, {
      ...DEFAULT_SIMULATION,
      bookings: WHOLE,
      days: WHOLE_DAYS,
      from: FROM,
    });
    const args = ['--source', 'postgres'];
    const env = { BOOKINGS_DATABASE_URL: server.url };
    say(`ours from Postgres: ${replayOf(args, folder, env).timings}`);
    const contest = {
      what: 'from Postgres by COPY, whole replay',
      unit: 's',
      peer: 'COPY of the same rows, not looked at',
      wanted: null,
    };
    return await compareInTurn(
      contest,
      WHOLE_ROUNDS,
      () => replayOf(args, folder, env).seconds,
      () => seconds(() => bareCopy(server.url)),
    );
  } finally {
    await server.remove();
  }
}

/** What the program says that the stages took: without its start, as the peer's. */
function replayOf(args: readonly string[], home: string, env: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [resolve('dist/atmr-ml.js'), 'ab-test', '--json', '--verbose', ...args],
    { encoding: 'utf8', env: { ...process.env, ATMR_ML_HOME: home, ...env } },
  );
  const [, timings = ''] = /took (.*)/.exec(stderr) ?? [];
  const took = Number.parseFloat(timings);
  if (!(took > 0) || !stdout.startsWith('{'))
    throw new Error(`ab-test did not say how long it took: ${stderr}`);
  return { timings, seconds: took };
}

function sklearn(args: readonly string[]): { readonly stages: Readonly<Record<string, number>> } {
  const env = { ...process.env, OMP_NUM_THREADS: '1' };
  const script = resolve('bench/sklearn_replay.py');
  return JSON.parse(execFileSync('/usr/bin/python3', [script, ...args], { encoding: 'utf8', env }));
}

async function bareCopy(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const query = bookingsSql('Europe/Zurich');
  let bytes = 0;
  for await (const piece of client.query(to(`COPY (${query}) TO STDOUT (FORMAT binary)`))) {
    bytes += (piece as Buffer).length;
  }
  await client.end();
  if (bytes === 0) throw new Error('nothing was copied');
}

function simulate(bookings: number, days: number, from: string, out: string): void {
  const args = [
    'simulate',
    '--bookings',
    String(bookings),
    '--days',
    String(days),
    '--from',
    from,
    '--out',
    out,
  ];
  execFileSync(process.execPath, [resolve('dist/atmr-ml.js'), ...args], { stdio: 'ignore' });
}

function shares(stages: Readonly<Record<string, number>>): string {
  const total = sumOf(stages);
  const parts = Object.entries(stages).map(([name, took]) => `${name} ${Math.round((100 * took) / total)} %`);
  return `${total.toFixed(2)} s: ${parts.join(', ')}`;
}

function sumOf(stages: Readonly<Record<string, number>>): number {
  return Object.values(stages).reduce((sum, took) => sum + took, 0);
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return (performance.now() - startMs) / 1000;
}
