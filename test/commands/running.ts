import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The built program while it runs. */
export interface Running {
  /** What it has printed so far. */
  stdout(): string;
  /** Ctrl-C; resolves to its exit code. */
  interrupt(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Starts the built program in a folder, without a terminal. */
export function startProgram(
  folder: string,
  variables: Readonly<Record<string, string>>,
  args: readonly string[],
): Running {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [join(process.cwd(), 'dist/atmr-ml.js'), ...args], {
    cwd: folder,
    env: { PATH, ...variables },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.on('data', (data) => (stdout += data));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    stdout: () => stdout,
    interrupt() {
      child.kill('SIGINT');
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
