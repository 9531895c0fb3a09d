import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import build from '../test/build.js';
import { startMigratedPostgres } from '../test/fault/postgres.js';
import { startRedis } from '../test/servers/redis.js';
import { type Bench, type Comparison, type Contest, compareInTurn } from './comparison.js';

/** How long a command takes from its call to its end, beside what no command could be faster than. */
export const bench: Bench = { summary: 'the start of the program, each run a process of its own', measure };

const ROUNDS = 40;
const PROGRAM = resolve('dist/atmr-ml.js');

/** What node is called with, and what is set for it. */
interface Run {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const NOTHING: Run = { args: ['-e', '0'], env: {} };

async function measure(say: (line: string) => void): Promise<readonly Comparison[]> {
  build();
  const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-start-up-'));
  try {
    say(`${ROUNDS} rounds of each command`);
    return [...(await onEmbeddedStore(folder)), await onServers(folder)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function onEmbeddedStore(folder: string): Promise<Comparison[]> {
  const env = { ATMR_ML_HOME: join(folder, 'embedded') };
  const run = (...args: string[]): Run => ({ args: [PROGRAM, ...args], env });
  const contest = (what: string, wanted: Contest['wanted']): Contest => {
    return { what, unit: 'ms', peer: 'node -e 0', wanted };
  };
  took(folder, run('activate', '--no-wait', '--yes'));
  const version = contest('--version', { atMost: 1.3 });
  const help = contest('--help', null);
  const status = contest('status on the embedded store', { atMost: 3 });
  return [
    await inTurn(folder, version, () => run('--version'), NOTHING),
    await inTurn(folder, help, () => run('--help'), NOTHING),
    await inTurn(folder, status, () => run('status'), NOTHING),
  ];
}

async function onServers(folder: string): Promise<Comparison> {
  const [postgres, redis] = [await startMigratedPostgres(), await startRedis()];
  const urls = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
  const env = { ...urls, ATMR_ML_HOME: join(folder, 'servers') };
  let percentage = 10;
  const activate = (): Run => {
    // Another share each time: a change to what is would write nothing.
    percentage = 30 - percentage;
    return { args: [PROGRAM, 'activate', '--no-wait', '--yes', '--percentage', String(percentage)], env };
  };
  const contest: Contest = {
    what: 'activate --no-wait on Postgres and Redis',
    unit: 'ms',
    peer: 'both drivers in one file, connected and asked once',
    wanted: { atMost: 1.3 },
  };
  try {
    return await inTurn(folder, contest, activate, { args: [bareScript(folder)], env: urls });
  } finally {
    await redis.remove();
    await postgres.remove();
  }
}

/** Built as the program is. */
function bareScript(folder: string): string {
  const to = join(folder, 'bare');
  const tsdown = ['node_modules/tsdown/dist/run.mjs', '--out-dir', to, '--logLevel', 'warn'];
  execFileSync(process.execPath, [...tsdown, 'bench/start-up-bare.ts'], { stdio: 'pipe' });
  return join(to, 'start-up-bare.js');
}

function inTurn(folder: string, contest: Contest, ours: () => Run, theirs: Run): Promise<Comparison> {
  const limit = () => took(folder, theirs);
  return compareInTurn(contest, ROUNDS, () => took(folder, ours()), limit);
}

/** Milliseconds from the call to the end, in a folder without settings. */
function took(cwd: string, { args, env }: Run): number {
  const { PATH = '' } = process.env;
  const startMs = performance.now();
  // Nothing else is set: where NODE_EXTRA_CA_CERTS is, node reads all of the world's certificates first.
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, env: { PATH, ...env } });
  const ms = performance.now() - startMs;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return ms;
}
