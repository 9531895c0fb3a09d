import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What a person saw, and how the program ended. */
export interface Seen {
  readonly exitCode: number;
  readonly screen: string;
}

/** Keys that a person types once `question` is on the screen. */
export interface Typed {
  readonly question: string;
  readonly keys: string;
}

export const CTRL_C = '\u0003';

/** Runs the built program on a terminal of its own, by the `script` of util-linux, as a person sees it. */
export function onTerminal(
  variables: Readonly<Record<string, string>>,
  args: readonly string[],
  typed: Typed | null = null,
): Promise<Seen> {
  const command = [process.execPath, join(process.cwd(), 'dist/atmr-ml.js'), ...args].map(quoted).join(' ');
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    env: { PATH: process.env.PATH ?? '', TERM: 'xterm', SHELL: '/bin/sh', ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let screen = '';
  let answered = false;
  child.stdout.on('data', (data) => {
    screen += data;
    if (typed === null || answered || !screen.includes(typed.question)) return;
    answered = true;
    child.stdin.write(typed.keys);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? -1, screen }));
  });
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
