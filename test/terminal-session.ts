import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { shellWord } from '../src/render/shell-word.js';

/** A person at a terminal, in front of a running program. */
export interface TerminalSession {
  /** Waits until the program has written `text` since the last key; fails with what it wrote instead. */
  sees(text: string | RegExp): Promise<string>;
  press(...keys: readonly string[]): void;
  /** All that the program has written, as it came. */
  written(): string;
  /** Gives the window another size. */
  resize(size: Size): void;
  /** All that was on the screen, without colours and movements, and the exit code. */
  readonly ended: Promise<{ readonly exitCode: number; readonly screen: string }>;
}

export const KEYS = { enter: '\r', down: '\u001B[B', up: '\u001B[A', interrupt: '\u0003' } as const;

interface Size {
  readonly columns: number;
  readonly rows: number;
}

const USUAL: Size = { columns: 80, rows: 24 };
const PATIENCE_MS = 60_000;

/** Starts a command in a pseudo-terminal of 80 × 24, by `script` of util-linux, which every Debian has. */
export function startSession(
  command: readonly string[],
  {
    cwd,
    env,
    size: { columns, rows } = USUAL,
  }: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly size?: Size;
  },
): TerminalSession {
  const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-terminal-'));
  const name = join(folder, 'name');
  const shell = `stty rows ${rows} cols ${columns} && tty > ${shellWord(name)}`;
  const line = `${shell} && exec ${command.map(shellWord).join(' ')}`;
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
      rmSync(folder, { recursive: true, force: true });
      resolve({ exitCode: code ?? -1, screen: plain(written) });
      arrived();
    });
  });
  return {
    ended,
    written: () => written,
    resize(size) {
      const terminal = readFileSync(name, 'utf8').trim();
      execFileSync('stty', ['-F', terminal, 'rows', String(size.rows), 'cols', String(size.columns)]);
    },
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
