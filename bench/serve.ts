/**
 * The highest steady rate of POST /predictions of the built `serve`, and how it fares at that rate for some minutes.
 * Run: `npm run build && npm run bench:serve [-- MINUTES]`, 10 unless told otherwise. With DATABASE_URL and REDIS_URL
 * set it runs on those stores, else on the embedded one.
 *
 * A rate is steady when nothing fails and p99, from when each request was due, is below 100 ms. It is found by
 * doubling, then by bisection, and confirmed by a longer run. Beside it, in the same run, a route that parses and
 * validates the same body and does nothing: the ratio tells what the answers cost, whatever the machine. The load
 * comes from a process of its own. Fails when an answer was lost, or failed in the long run.
 */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bookingsOfADay } from '../test/e2e/play-day.js';
import type { LoadOrder, LoadReport } from './serve-load.js';

const WANTED_P99_MS = 100;
const FIRST_RATE = 100;
const BISECTIONS = 4;
const LASTING_STEPS = 4;

const minutes = Number(process.argv[2] ?? 10);
const stepSeconds = minutes < 2 ? 2 : 8;
const bodies = bookingsOfADay(500, 1).map(({ document: { id, ...rest } }) =>
  JSON.stringify(rest).slice(1, -1),
);
const home = mkdtempSync(join(tmpdir(), 'atmr-ml-bench-serve-'));
const loader = fork(resolve('bench/serve-load.ts'), { execArgv: ['--import', 'tsx'] });
const children = new Set<ChildProcess>([loader]);
process.once('exit', () => {
  for (const child of children) child.kill();
  rmSync(home, { recursive: true, force: true });
});
let runs = 0;
let answered = 0;

const serve = await startServe();
await warmUp(serve.url);
const rate = await lastingRate(serve.url, await highestRate(serve.url, 'serve'));
const before = rssMegabytes(serve.child);
const long = await load(serve.url, rate, minutes * 60);
const after = rssMegabytes(serve.child);
say(`serve at ${rate} /s for ${minutes} min`, long);
print(`memory (RSS): ${before} MB before, ${after} MB after`);
const lost = await missing(serve.url);
print(`answers not in the ledger: ${lost}`);
serve.child.kill('SIGTERM');
await new Promise((over) => serve.child.once('exit', over));

const bare = await startBare();
await warmUp(bare.url);
const bareRate = await highestRate(bare.url, 'bare route');
print(
  `highest steady rate: serve ${rate} /s, bare route ${bareRate} /s: ${(rate / bareRate).toFixed(2)} of it`,
);
const passed = long.errors === 0 && lost === 0;
print(passed ? 'pass: no answer failed, none was lost' : `FAIL: ${long.errors} failed, ${lost} lost`);
process.exit(passed ? 0 : 1);

interface Server {
  readonly url: string;
  readonly child: ChildProcess;
}

/** The built program, with half of the traffic on the model. Its log goes nowhere, as into a fast pipe. */
async function startServe(): Promise<Server> {
  const args = [resolve('dist/atmr-ml.js'), 'serve', '--port', '0', '--dashboard-port', '0', '--json'];
  const env = { ...process.env, ATMR_ML_HOME: home };
  const child = spawn(process.execPath, args, { cwd: home, env, stdio: ['ignore', 'pipe', 'ignore'] });
  children.add(child);
  const line = await new Promise<string>((said, failed) => {
    child.stdout?.once('data', (data) => said(String(data)));
    child.once('exit', (code) => failed(new Error(`serve ended with ${code}`)));
  });
  const { api } = JSON.parse(line) as { api: string };
  const response = await fetch(`${api}/api/feature-flags/ml/enable`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ percentage: 50, reason: 'bench:serve' }),
  });
  if (!response.ok) throw new Error(`enable answered ${response.status}: ${await response.text()}`);
  return { url: api, child };
}

async function startBare(): Promise<Server> {
  const child = fork(resolve('bench/serve-bare.ts'), { execArgv: ['--import', 'tsx'] });
  children.add(child);
  const url = await new Promise<string>((said) => child.once('message', (message) => said(String(message))));
  return { url, child };
}

/** Code that runs for the first time is slow, and no server's first seconds count. */
async function warmUp(url: string): Promise<void> {
  await load(url, FIRST_RATE, stepSeconds);
  await load(url, FIRST_RATE * 4, stepSeconds);
}

async function highestRate(url: string, name: string): Promise<number> {
  let good = 0;
  let bad = FIRST_RATE;
  while (await isSteady(url, bad, name)) {
    good = bad;
    bad *= 2;
  }
  for (let i = 0; i < BISECTIONS && good > 0; i++) {
    const middle = Math.round((good + bad) / 2);
    if (await isSteady(url, middle, name)) good = middle;
    else bad = middle;
  }
  if (good === 0) throw new Error(`${name} cannot even keep ${FIRST_RATE} /s on this machine now`);
  return good;
}

/** A rate that seconds can be lucky with must also last longer; else a tenth less is tried. */
async function lastingRate(url: string, highest: number): Promise<number> {
  for (let rate = highest; rate > FIRST_RATE; rate = Math.round(rate * 0.9)) {
    if (await isSteady(url, rate, 'serve, longer,', LASTING_STEPS * stepSeconds)) return rate;
  }
  return FIRST_RATE;
}

/** Twice in a row before it counts as not: other programs have their moments too. */
async function isSteady(
  url: string,
  perSecond: number,
  name: string,
  seconds = stepSeconds,
): Promise<boolean> {
  for (let tries = 0; tries < 2; tries++) {
    const report = await load(url, perSecond, seconds);
    say(`${name} at ${perSecond} /s`, report);
    if (report.errors === 0 && report.ms.p99 < WANTED_P99_MS) return true;
  }
  return false;
}

async function load(url: string, perSecond: number, seconds: number): Promise<LoadReport> {
  const name = `bench-${++runs}`;
  const order: LoadOrder = { url, path: '/api/predictions', bodies, perSecond, seconds, name };
  const report = await new Promise<LoadReport>((done) => {
    loader.once('message', (message) => done(message as LoadReport));
    loader.send(order);
  });
  answered += report.sent - report.errors;
  return report;
}

/** How many answers the ledger lacks once nothing is on its way any more. */
async function missing(url: string): Promise<number> {
  let recorded = -1;
  for (let tries = 0; tries < 30; tries++) {
    const summary = (await (await fetch(`${url}/api/ml-monitoring/summary`)).json()) as {
      total_predictions: number;
    };
    if (summary.total_predictions === recorded) break;
    recorded = summary.total_predictions;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  return answered - recorded;
}

function rssMegabytes({ pid }: ChildProcess): number {
  return Math.round(
    Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024,
  );
}

function say(what: string, { perSecond, errors, ms }: LoadReport): void {
  const [p50, p95, p99, max] = [ms.p50, ms.p95, ms.p99, ms.max].map((value) => value.toFixed(1));
  print(
    `${what}: ${perSecond.toFixed(0)} answers/s, p50 ${p50} p95 ${p95} p99 ${p99} max ${max} ms, ${errors} errors`,
  );
}

function print(line: string): void {
  writeSync(1, `${line}\n`);
}
