import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Finding, FuzzNews } from './news.js';

export interface Fuzzed {
  /** Inputs read, by parser. */
  readonly runs: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}

/** Of the processor's time, which a busy machine does not use up; where the system does not tell it, of the clock's. */
const HANG_CPU_MS = 10_000;
const HANG_MS = 120_000;
const LOOK_MS = 500;
const TICK_MS = 10;

/**
 * Fuzzes for `forMs` in a process of its own with little memory. One that hangs on an input is killed, one that dies is
 * noticed; the input is a finding either way, and another process goes on with other seeds.
 */
export async function watchFuzz(seed: number, forMs: number): Promise<Fuzzed> {
  const untilMs = performance.now() + forMs;
  const runs = new Map<string, number>();
  const findings: Finding[] = [];
  for (let part = 0; ; part++) {
    const leftMs = Math.max(0, untilMs - performance.now());
    const ended = await fuzzOnce(seed + part * 100_003, leftMs, (news) => {
      if (news.kind === 'runs') runs.set(news.target, (runs.get(news.target) ?? 0) + news.runs);
      if (news.kind === 'finding') findings.push(news);
    });
    if (ended !== null) findings.push(ended);
    if (ended === null || performance.now() >= untilMs) return { runs, findings };
  }
}

/** `null` when it came to its end; else the input on which it did not. */
async function fuzzOnce(
  seed: number,
  forMs: number,
  tell: (news: FuzzNews) => void,
): Promise<Finding | null> {
  const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-fuzz-'));
  const underway = join(folder, 'underway');
  // What the parsers read is in this folder, and nobody's settings are.
  const { PATH = '' } = process.env;
  const child = fork(resolve('test/fuzz/fuzz-process.ts'), [String(seed), String(forMs), underway], {
    cwd: folder,
    env: { PATH, ATMR_ML_HOME: folder, TSX_TSCONFIG_PATH: resolve('tsconfig.json') },
    execArgv: ['--max-old-space-size=512', '--no-warnings', '--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let isDone = false;
  let stderr = '';
  child.stderr?.on('data', (data) => (stderr += data));
  child.on('message', (news: FuzzNews) => {
    isDone ||= news.kind === 'done';
    tell(news);
  });
  const stop = killWhenStuck(child, underway);
  try {
    const [code, signal] = await new Promise<[number | null, string | null]>((over) =>
      child.once('exit', (...how) => over(how)),
    );
    if (isDone) return null;
    const [, target = '', ...input] = contents(underway).split('\n\n')[0]?.split('\n') ?? [];
    const fault = `the process ended with ${code ?? signal}: ${stderr.slice(-2000)}`;
    return { kind: 'finding', target, seed, input: input.join('\n'), fault };
  } finally {
    stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function killWhenStuck(child: ChildProcess, underway: string): () => void {
  let last = '';
  let since = { cpuMs: 0, atMs: performance.now() };
  const timer = setInterval(() => {
    const now = { cpuMs: cpuMsOf(child.pid), atMs: performance.now() };
    const count = contents(underway).slice(0, 12);
    if (count !== last) [last, since] = [count, now];
    if (now.cpuMs - since.cpuMs > HANG_CPU_MS || now.atMs - since.atMs > HANG_MS) child.kill('SIGKILL');
  }, LOOK_MS);
  return () => clearInterval(timer);
}

/** Nothing before it began. */
function contents(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** 0 where the system has no /proc, or the process is gone. */
function cpuMsOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return 0;
  }
}
