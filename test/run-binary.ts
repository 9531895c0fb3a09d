import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const BINARY = resolve('dist/atmr-ml.js');

export interface RunOptions {
  readonly stdin?: string | Uint8Array;
  /** Set on top of the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface RunResult {
  /** Negative when a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program as a shell would, without a terminal, and waits for its end. */
export function runBinary(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [BINARY, ...args], {
      cwd: options.cwd ?? process.cwd(),
      env: { ...process.env, ...options.env },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes));
    child.on('error', failed);
    child.on('close', (code) => {
      done({ exitCode: code ?? -1, stdout: textOf(stdout), stderr: textOf(stderr) });
    });
    // A program that ends before it has read everything is not a fault of the test.
    child.stdin.on('error', () => {});
    child.stdin.end(options.stdin ?? '');
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
