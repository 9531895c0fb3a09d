import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { shellWord } from '../src/render/shell-word.js';

/** A person at a terminal of 80 × 24, in front of a running program. */
export interface TerminalSession {
  /** Waits until the program has written `text` since the last key; fails with what it wrote instead. */
  sees(text: string | RegExp): Promise<string>;
  press(...keys: readonly string[]): void;
  /** All that was on the screen, without colours and movements, and the exit code. */
  readonly ended: Promise<{ readonly exitCode: number; readonly screen: string }>;
}

export const KEYS = { enter: '\r', down: '\u001B[B', up: '\u001B[A', interrupt: '\u0003' } as const;

const PATIENCE_MS = 60_000;

/** Starts a command in a pseudo-terminal, by `script` of util-linux, which every Debian has. */
export function startSession(
  command: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): TerminalSession {
  const line = `stty rows 24 cols 80 && exec ${command.map(shellWord).join(' ')}`;
  const child = spawn('script', ['-q', '-e', '-c', line, '/dev/null'], {
    cwd,
    env: { TERM: 'xterm-256color', SHELL: '/bin/sh', LANG: 'C.UTF-8', ...env },
  });
  let written = '';
  let from = 0;
  let arrived = () => {};
  const take = (bytes: Buffer) => {
    written += bytes.toString('utf8');
    arrived();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  child.stdin.on('error', () => {}); // it ended before it read everything
  const ended = new Promise<{ exitCode: number; screen: string }>((resolve) => {
    child.on('close', (code) => {
      resolve({ exitCode: code ?? -1, screen: plain(written) });
      arrived();
    });
  });
  return {
    ended,
    press(...keys) {
      from = written.length;
      for (const key of keys) child.stdin.write(key);
    },
    async sees(text) {
      const untilMs = performance.now() + PATIENCE_MS;
      for (;;) {
        const now = plain(written.slice(from));
        if (typeof text === 'string' ? now.includes(text) : text.test(now)) return now;
        const hasEnded = child.exitCode !== null || child.signalCode !== null;
        if (hasEnded || performance.now() > untilMs) throw new Error(`expected ${text}, saw:\n${now}`);
        await new Promise<void>((resolve) => {
          arrived = resolve;
          setTimeout(resolve, 100);
        });
      }
    },
  };
}

function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll('\r', '');
}
