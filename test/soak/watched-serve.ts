import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What `serve` tells of itself at one moment, after a collection of its garbage. */
export interface Vitals {
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
  /** What keeps its event loop busy: sockets, timers, requests under way. */
  readonly handles: number;
  /** Open file descriptors. */
  readonly files: number;
  /** Since the last time it was asked. */
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
}

/** The built `serve`, with a probe in it. */
export interface WatchedServe {
  readonly url: string;
  /** `null` when it does not say within 30 s, or is gone. */
  vitals(): Promise<Vitals | null>;
  /** `null` while it runs. */
  exitCode(): number | null;
  log(): string;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
  kill(): void;
}

const START_LIMIT_MS = 120_000;
const VITALS_LIMIT_MS = 30_000;

/** Starts it on free ports, with `variables` as its environment and its log in a file of ATMR_ML_HOME. */
export async function startWatchedServe(
  variables: Readonly<Record<string, string>> & { readonly ATMR_ML_HOME: string },
): Promise<WatchedServe> {
  const { PATH = '' } = process.env;
  const file = join(variables.ATMR_ML_HOME, 'serve.log');
  const log = openSync(file, 'w');
  const probe = ['--expose-gc', '--import', resolve('test/soak/probe.js')];
  const program = [resolve('dist/atmr-ml.js'), 'serve', '--port', '0', '--dashboard-port', '0', '--json'];
  const child = spawn(process.execPath, [...probe, ...program], {
    cwd: variables.ATMR_ML_HOME,
    env: { PATH, ...variables },
    stdio: ['ignore', 'pipe', log, 'ipc'],
  });
  closeSync(log);
  const ended = new Promise<number | null>((over) => child.on('exit', over));
  return {
    url: await addressOf(child, file),
    vitals: () => vitalsOf(child),
    exitCode: () => child.exitCode,
    log: () => readFileSync(file, 'utf8'),
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

async function addressOf(child: ChildProcess, file: string): Promise<string> {
  const signal = AbortSignal.timeout(START_LIMIT_MS);
  const said = once(child.stdout!, 'data', { signal }).then(([line]) => String(line));
  const gone = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`serve ended with ${code}:\n${readFileSync(file, 'utf8')}`);
  });
  const line = await Promise.race([said, gone]);
  gone.catch(() => {});
  return (JSON.parse(line) as { api: string }).api;
}

async function vitalsOf(child: ChildProcess): Promise<Vitals | null> {
  if (!child.connected) return null;
  child.send('sample');
  const answered = once(child, 'message', { signal: AbortSignal.timeout(VITALS_LIMIT_MS) });
  return await answered.then(([vitals]) => vitals as Vitals).catch(() => null);
}
