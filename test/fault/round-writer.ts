import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Draw, Round } from './round.js';
import type { Machine } from './site.js';

/** One write by the program, and what it said. */
export interface Written {
  readonly kind: 'activate' | 'disable';
  /** `null`: the writer was killed. */
  readonly exitCode: number | null;
  /** `null` when nothing was recorded or the program did not live to say. */
  readonly changeId: string | null;
}

/** Runs the program on a machine; one in five is killed or stopped on the way. */
export function write({ draw, log }: Round, machine: Machine, kind: Written['kind']): Promise<Written> {
  const percentage = 1 + draw.whole(100);
  const harm = draw.whole(5) === 0 ? (child: ChildProcess) => hurt(child, draw, log) : null;
  return runProgram(log, machine, kind, percentage, harm);
}

/** The same with no fault anywhere. */
export async function writeInPeace(round: Round, machine: Machine, kind: Written['kind']): Promise<Written> {
  const written = await runProgram(round.log, machine, kind, 50, null);
  round.log.push(`in peace: ${kind} → ${written.exitCode}`);
  round.written.push(written);
  return written;
}

async function runProgram(
  log: string[],
  machine: Machine,
  kind: Written['kind'],
  percentage: number,
  harm: ((child: ChildProcess) => Promise<void>) | null,
): Promise<Written> {
  const args = [kind, '--yes', '--no-wait', '--json', '--flag', machine.holders.key, '--by', machine.name];
  const share = kind === 'activate' ? ['--percentage', String(percentage)] : [];
  const child = spawn(process.execPath, [join(process.cwd(), 'dist/atmr-ml.js'), ...args, ...share], {
    env: environmentOf(machine),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await harm?.(child);
  const exitCode = await ended;
  if (stderr !== '') log.push(stderr.trim());
  return { kind, exitCode, changeId: stdout === '' ? null : JSON.parse(stdout).changeId };
}

/** What the program of a machine finds in its environment. */
export function environmentOf({ home, databaseUrl, redisUrl }: Machine): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    ATMR_ML_HOME: home,
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
  };
}

async function hurt(child: ChildProcess, draw: Draw, log: string[]): Promise<void> {
  await sleep(150 + draw.whole(400));
  if (draw.whole(2) === 0) {
    log.push('writer killed');
    child.kill('SIGKILL');
    return;
  }
  log.push('writer stopped for a while');
  child.kill('SIGSTOP');
  await sleep(draw.whole(1500));
  child.kill('SIGCONT');
}
