/**
 * The highest steady rate of POST /predictions of `serve`, as it is built, beside a route that parses and validates the
 * same body and does nothing: the ratio tells what the answers cost, whatever the machine. With DATABASE_URL and
 * REDIS_URL set it runs on those stores, else on the embedded one. Then it keeps a rate that lasts for a minute
 * (BENCH_SIZE=large: 10 minutes), in which no answer may fail and none be missing from the ledger.
 *
 * A rate is steady when nothing fails and p99, from when each request was due, is below 100 ms. It is found by
 * doubling, then by bisection, anew in every round. The load comes from a process of its own.
 */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import build from '../test/build.js';
import { bookingsOfADay } from '../test/e2e/play-day.js';
import { type Bench, type Comparison, compared } from './comparison.js';
import type { LoadOrder, LoadReport } from './serve-load.js';

const WANTED_P99_MS = 100;
const ROUNDS = 3;
const FIRST_RATE = 400;
const LOWEST_RATE = 50;
const BISECTIONS = 3;
const STEP_SECONDS = 2;
const LASTING_SECONDS = 8;
/** Of the highest rate: the least that a service leaves free. */
const LASTING_SHARE = 0.7;
const LONG_SECONDS = process.env.BENCH_SIZE === 'large' ? 600 : 60;

type Say = (line: string) => void;

interface Server {
  readonly name: string;
  readonly url: string;
  readonly child: ChildProcess;
}

/** The process that makes the load, and how many answers it got of each server. */
interface Loader {
  readonly child: ChildProcess;
  readonly say: Say;
  readonly answered: Map<string, number>;
}

export const bench: Bench = {
  summary: 'the highest steady rate of POST /predictions',
  async measure(say) {
    build();
    const home = mkdtempSync(join(tmpdir(), 'atmr-ml-bench-serve-'));
    const children: ChildProcess[] = [];
    try {
      const loader: Loader = { child: forked('bench/serve-load.ts', children), say, answered: new Map() };
      return await measureServers(loader, await startServe(home, children), await startBare(children));
    } finally {
      for (const child of children) await end(child);
      rmSync(home, { recursive: true });
    }
  },
};

async function measureServers(loader: Loader, serve: Server, bare: Server): Promise<Comparison[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (const server of [serve, bare]) await warmUp(loader, server);
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await highestRate(loader, serve, (ours.at(-1) ?? FIRST_RATE) / 2));
    theirs.push(await highestRate(loader, bare, (theirs.at(-1) ?? FIRST_RATE * 8) / 2));
  }
  const p99Ms = await keepRate(
    loader,
    serve,
    await lastingRate(loader, serve, Math.round(LASTING_SHARE * Math.min(...ours))),
  );
  return [
    compared(
      { what: 'POST /predictions, highest rate', unit: '/s', peer: 'bare Fastify route', wanted: null },
      ours,
      theirs,
    ),
    compared(
      {
        what: `POST /predictions, p99 of ${LONG_SECONDS} s at a steady rate`,
        ...{ unit: 'ms', peer: `limit of ${WANTED_P99_MS} ms`, wanted: null },
      },
      [p99Ms],
      [WANTED_P99_MS],
    ),
  ];
}

/** Its p99. Throws when an answer failed, or is missing from the ledger. */
async function keepRate(loader: Loader, serve: Server, rate: number): Promise<number> {
  const before = rssMegabytes(serve);
  const { errors, ms } = await load(loader, serve, rate, LONG_SECONDS);
  loader.say(`memory (RSS): ${before} MB before, ${rssMegabytes(serve)} MB after`);
  const lost = await missing(loader, serve);
  if (errors > 0 || lost !== 0) throw new Error(`${errors} answers failed, ${lost} are not in the ledger`);
  return ms.p99;
}

/** The built program, with half of the traffic on the model. Its log goes nowhere, as into a fast pipe. */
async function startServe(home: string, children: ChildProcess[]): Promise<Server> {
  const args = [resolve('dist/atmr-ml.js'), 'serve', '--port', '0', '--dashboard-port', '0', '--json'];
  const env = { ...process.env, ATMR_ML_HOME: home };
  const child = spawn(process.execPath, args, { cwd: home, env, stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const line = await new Promise<string>((said, failed) => {
    child.stdout.once('data', (data) => said(String(data)));
    child.once('exit', (code) => failed(new Error(`serve ended with ${code}`)));
  });
  const { api } = JSON.parse(line) as { api: string };
  const response = await fetch(`${api}/api/feature-flags/ml/enable`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ percentage: 50, reason: 'bench' }),
  });
  if (!response.ok) throw new Error(`enable answered ${response.status}: ${await response.text()}`);
  return { name: 'serve', url: api, child };
}

async function startBare(children: ChildProcess[]): Promise<Server> {
  const child = forked('bench/serve-bare.ts', children);
  const [url] = await once(child, 'message');
  return { name: 'bare route', url: String(url), child };
}

function forked(path: string, children: ChildProcess[]): ChildProcess {
  const child = fork(resolve(path), { execArgv: ['--import', 'tsx'] });
  children.push(child);
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Code that runs for the first time is slow, and no server's first seconds count. */
async function warmUp(loader: Loader, server: Server): Promise<void> {
  await load(loader, server, FIRST_RATE / 4, STEP_SECONDS);
  await load(loader, server, FIRST_RATE, STEP_SECONDS);
}

/** Doubles from `from` on, or from the first half of it that is steady. */
async function highestRate(loader: Loader, server: Server, from: number): Promise<number> {
  let good = Math.round(from);
  while (!(await isSteady(loader, server, good))) {
    good = Math.round(good / 2);
    if (good < LOWEST_RATE) throw new Error(`${server.name} keeps no rate on this machine now`);
  }
  let bad = good * 2;
  while (await isSteady(loader, server, bad)) {
    good = bad;
    bad *= 2;
  }
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = Math.round((good + bad) / 2);
    if (await isSteady(loader, server, middle)) good = middle;
    else bad = middle;
  }
  loader.say(`${server.name}: ${good} /s`);
  return good;
}

/** A rate that seconds can be lucky with must also last longer; else a tenth less is tried. */
async function lastingRate(loader: Loader, server: Server, highest: number): Promise<number> {
  for (let rate = highest; rate > LOWEST_RATE; rate = Math.round(rate * 0.9)) {
    if (await isSteady(loader, server, rate, LASTING_SECONDS)) return rate;
  }
  return LOWEST_RATE;
}

/** Twice in a row before it counts as not: other programs have their moments too. */
async function isSteady(
  loader: Loader,
  server: Server,
  perSecond: number,
  seconds = STEP_SECONDS,
): Promise<boolean> {
  for (let tries = 0; tries < 2; tries++) {
    const { errors, ms } = await load(loader, server, perSecond, seconds);
    if (errors === 0 && ms.p99 < WANTED_P99_MS) return true;
  }
  return false;
}

const bodies = bookingsOfADay(500, 1).map(({ document: { id, ...rest } }) =>
  JSON.stringify(rest).slice(1, -1),
);
let runs = 0;

async function load(
  { child, answered, say }: Loader,
  { name, url }: Server,
  perSecond: number,
  seconds: number,
): Promise<LoadReport> {
  runs += 1;
  const order: LoadOrder = {
    url,
    path: '/api/predictions',
    bodies,
    perSecond,
    seconds,
    name: `bench-${runs}`,
  };
  child.send(order);
  const [report] = (await once(child, 'message')) as [LoadReport];
  answered.set(url, (answered.get(url) ?? 0) + report.sent - report.errors);
  const { errors, ms } = report;
  const [p50, p99, max] = [ms.p50, ms.p99, ms.max].map((value) => value.toFixed(1));
  say(`${name} at ${perSecond} /s for ${seconds} s: p50 ${p50} p99 ${p99} max ${max} ms, ${errors} errors`);
  return report;
}

/** How many answers the ledger lacks once nothing is on its way any more. */
async function missing({ answered }: Loader, { url }: Server): Promise<number> {
  let recorded = -1;
  for (let tries = 0; tries < 30; tries++) {
    const response = await fetch(`${url}/api/ml-monitoring/summary`);
    const { total_predictions: total } = (await response.json()) as { total_predictions: number };
    if (total === recorded) break;
    recorded = total;
    await sleep(2000);
  }
  return (answered.get(url) ?? 0) - recorded;
}

function rssMegabytes({ child: { pid } }: Server): number {
  return Math.round(
    Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024,
  );
}
