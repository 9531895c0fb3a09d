import { execFileSync, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { AbTestDocument } from '../../src/replay/ab-test.js';

/** The built program while it runs. */
export interface SpreadProgram {
  readonly pid: number;
  stderr(): string;
  signal(signal: NodeJS.Signals): void;
  /** The processes that it started. */
  workers(): number[];
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `ab-test` of the build with nothing but `variables` in its environment. */
export function startAbTest(
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): SpreadProgram {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [resolve('dist/atmr-ml.js'), 'ab-test', ...args], {
    cwd: variables.ATMR_ML_HOME,
    env: { PATH, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  const pid = child.pid!;
  return {
    pid,
    stderr: () => stderr,
    signal: (signal) => void process.kill(pid, signal),
    workers: () => childrenOf(pid),
    ended: new Promise((over) => child.on('close', (code) => over({ code, stdout, stderr }))),
  };
}

/** Better, worse, undecided. */
const VERDICTS: ReadonlySet<number> = new Set([0, 3, 7]);

/** What must be the same for everybody: all but the times that predictions took, and the gate on them. */
export function comparable({ code, stdout, stderr }: Ended): string {
  if (!VERDICTS.has(code ?? -1)) throw new Error(`ab-test ended with ${code}:\n${stderr}`);
  const { predictionTimeMs: _, gates, ...document } = JSON.parse(stdout) as AbTestDocument;
  return JSON.stringify({
    ...document,
    gates: gates.filter(({ name }) => name !== 'prediction_time_p95'),
  });
}

function childrenOf(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' });
  return table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, state]) => Number(parent) === pid && !state?.startsWith('Z'))
    .map(([child]) => Number(child));
}
