import type { Readable } from 'node:stream';
import { isatty } from 'node:tty';
import { styleText } from 'node:util';
import type { ScreenDevice } from './live-screen.js';
import { harmless } from './one-line.js';
import { fitted } from './render/fitted.js';
import { t } from './wording/t.js';

/** The terminal as the commands see it: results on stdout, everything else on stderr. */
export interface Terminal {
  /** Writes a piece of the result. */
  result(text: string): void;
  /** The same for a person: a line that the terminal is too narrow for goes on below. */
  show(text: string): void;
  /** Writes a notice, progress or error line for people. */
  notice(text: string): void;
  /** True when stdout is a terminal: tables and colour; otherwise one JSON document. */
  readonly interactive: boolean;
  /** True when stderr is a terminal: progress may move the cursor there. */
  readonly progress: boolean;
  /** True when a person can be asked: stdin and stderr are a terminal. */
  readonly canAsk: boolean;
  /** Asks a person on stderr. False for "no" and for Ctrl-C. */
  ask(question: string): Promise<boolean>;
  /** Lets a person choose on stderr; `null` for Ctrl-C. */
  choose<T extends string>(
    question: string,
    choices: readonly { readonly name: string; readonly value: T }[],
  ): Promise<T | null>;
  /** Lets a person write a line on stderr, `initial` where they write nothing; `null` for Ctrl-C. */
  write(question: string, initial: string): Promise<string | null>;
  /** Where progress moves the cursor. */
  progressStream(): NodeJS.WriteStream;
  /** Stdout as a screen to draw on; `null` where it is no terminal, or one that moves no cursor. */
  screen(): ScreenDevice | null;
  readonly colour: boolean;
  /** Of stdout; infinite where it does not tell. */
  readonly columns: number;
  /** Whether the locale shows more than ASCII. */
  readonly unicode: boolean;
  /** The first two letters of the locale; `en` where it says nothing. */
  readonly language: string;
}

/** The real terminal. `NO_COLOR` and `CI` are respected. */
export function processTerminal(flags: { colour: boolean }): Terminal {
  const { stdout, stderr, env } = process;
  const interactive = stdout.isTTY === true;
  // The first that is set decides, as in the C library; Windows has none, and shows all.
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  const unicode = process.platform === 'win32' || /utf-?8/i.test(locale);
  return {
    result: (text) => void stdout.write(lineOf(text)),
    show: (text) => void stdout.write(lineOf(fitted(text, widthOf(stdout)))),
    notice: (text) => void stderr.write(lineOf(fitted(text, widthOf(stderr)))),
    interactive,
    // Not `stdin.isTTY`: most commands never open stdin.
    canAsk: isatty(0) && stderr.isTTY === true && !env.CI,
    ask,
    choose: (question, choices) => choose(question, choices, unicode),
    write: (question, initial) => write(question, initial, unicode),
    // A terminal that does not tell its width gives 0, on which a spinner would erase lines for ever.
    progress: stderr.isTTY === true && stderr.columns > 0 && !env.CI,
    progressStream: () => stderr,
    screen: () => (interactive && movesCursor() ? screenDevice() : null),
    colour: flags.colour && interactive && !env.NO_COLOR && env.TERM !== 'dumb',
    columns: widthOf(stdout),
    unicode,
    language: (env.LC_ALL || env.LC_MESSAGES || env.LANG || 'en').slice(0, 2).toLowerCase(),
  };
}

/** Windows sets no TERM, and its terminals do. */
function movesCursor(): boolean {
  const { env, platform, stdout } = process;
  const { TERM = platform === 'win32' ? 'windows' : 'dumb' } = env;
  return TERM !== 'dumb' && TERM !== '' && stdout.columns > 0 && stdout.rows > 0 && !env.CI;
}

/** A stop takes effect much sooner. */
const NOT_STOPPED_MS = 200;

function screenDevice(): ScreenDevice {
  const { stdin, stdout } = process;
  // What is typed would show up in the middle of the frame, and Enter would scroll it.
  const takeKeys = (take: boolean) => {
    if (stdin.isTTY === true) stdin.setRawMode(take);
  };
  let goOn = () => {};
  return {
    size: () => ({ columns: stdout.columns, rows: stdout.rows }),
    write: (text) => void stdout.write(text),
    interrupt: () => void process.kill(process.pid, 'SIGINT'),
    suspend() {
      takeKeys(false);
      // The whole group, as the terminal itself would: a shell waits for all that it started.
      process.kill(0, 'SIGTSTP');
      // Nothing stops a program that no shell waits for.
      setTimeout(() => goOn(), NOT_STOPPED_MS);
    },
    listen({ resized, resumed, key, exit }) {
      goOn = () => {
        takeKeys(true);
        resumed();
      };
      const keys = (bytes: Buffer) => [...bytes.toString('utf8')].forEach(key);
      takeKeys(true);
      if (stdin.isTTY === true) stdin.on('data', keys).resume();
      stdout.on('resize', resized);
      process.on('SIGCONT', goOn);
      process.once('exit', exit);
      return () => {
        if (stdin.isTTY === true) stdin.off('data', keys).pause();
        takeKeys(false);
        stdout.off('resize', resized);
        process.off('SIGCONT', goOn).off('exit', exit);
        goOn = () => {};
      };
    },
  };
}

/** Infinite for a pipe, and for a terminal that does not tell. */
function widthOf({ columns }: NodeJS.WriteStream): number {
  return columns || Number.POSITIVE_INFINITY;
}

function lineOf(text: string): string {
  const shown = harmless(text);
  return shown.endsWith('\n') ? shown : `${shown}\n`;
}

/** `? ` before a question, and ` (y/N) ` with the cursor after it. */
const AROUND_QUESTION = 9;

function asked(question: string): string {
  return fitted(question, widthOf(process.stderr) - AROUND_QUESTION);
}

async function ask(question: string): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  const theme = { keywords: { yes: t`Yes`, no: t`No`, error: onlyYesOrNo } };
  // Ctrl-C and a closed stdin reject.
  return await confirm({ message: asked(question), default: false, theme }, { output: process.stderr }).catch(
    () => false,
  );
}

function onlyYesOrNo({ yes, no }: { yes: string; no: string }): string {
  return t`You must answer with "${yes}" or "${no}"`;
}

async function choose<T extends string>(
  message: string,
  choices: readonly { readonly name: string; readonly value: T }[],
  unicode: boolean,
): Promise<T | null> {
  const { select } = await import('@inquirer/prompts');
  const theme = unicode
    ? { style: { keysHelpTip } }
    : { ...PLAIN_MARKS, icon: { cursor: '>' }, style: { keysHelpTip: () => undefined } };
  return await select<T>({ message: asked(message), choices, theme }, { output: process.stderr }).catch(
    () => null,
  );
}

/** `↑↓ navigate • ⏎ select`, which the library knows in English. */
function keysHelpTip(keys: [string, string][]): string {
  const actions: Readonly<Record<string, string>> = { navigate: t`navigate`, select: t`select` };
  const [bold, dim] = [styleText.bind(null, 'bold'), styleText.bind(null, 'dim')];
  return keys.map(([key, action]) => `${bold(key)} ${dim(actions[action] ?? action)}`).join(dim(' • '));
}

async function write(message: string, initial: string, unicode: boolean): Promise<string | null> {
  const { input } = await import('@inquirer/prompts');
  const theme = unicode ? {} : PLAIN_MARKS;
  return await input({ message: asked(message), default: initial, theme }, { output: process.stderr }).catch(
    () => null,
  );
}

/** Before a question, where the terminal shows nothing but ASCII. */
const PLAIN_MARKS = { prefix: { idle: '?', done: '*' } };

/** Stdout as a stream, for results too long to hold: its writer waits when the reader is slower. */
export function standardOutput(): NodeJS.WritableStream {
  return process.stdout;
}

/** Stdin as a stream. Touched only when it is to be read: a program that opens it waits for its end. */
export function standardInput(): Readable {
  return process.stdin;
}
