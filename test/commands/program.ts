import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder and an environment of one test, in which the built program runs without a terminal. */
export function program(variables: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-program-'));
  const home = join(folder, 'home');
  const run = (...args: readonly string[]) => runProgram(folder, { ATMR_ML_HOME: home, ...variables }, args);
  return { folder, home, run };
}

function runProgram(
  folder: string,
  variables: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<Finished> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [join(process.cwd(), 'dist/atmr-ml.js'), ...args], {
    cwd: folder,
    env: { PATH, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => (output.stdout += data));
  child.stderr.on('data', (data) => (output.stderr += data));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ exitCode: code ?? -1, ...output }));
  });
}
