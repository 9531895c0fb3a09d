import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageFolder } from '../config.js';
import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import type { Runner } from './model.js';
import type { ModelFile } from './runtime.js';

/** What the process of `bin/onnxruntime-process.ts` is told first. */
export type ProcessStart = Pick<ModelFile, 'bytes' | 'width' | 'outputName'>;

/** One question: rows of features. The answers come back under the same id. */
export interface ProcessQuestion {
  readonly id: number;
  readonly rows: Float32Array;
}

export type ProcessMessage =
  | { readonly ready: true }
  | { readonly refused: string }
  | { readonly id: number; readonly minutes: Float64Array }
  | { readonly id: number; readonly error: string };

/** A model open in a process of its own. */
interface Session {
  ask(rows: Float32Array): Promise<Float64Array>;
  isAlive(): boolean;
  end(): void;
}

interface Asked {
  readonly resolve: (minutes: Float64Array) => void;
  readonly reject: (error: AtmrError) => void;
}

/** An answer that is later is a failure. */
export const DEADLINE_MS = 1000;
/** How long a start that failed is not tried again. */
const REST_MS = 1000;
/** Rows asked for at once: the deadline is that of one question, however many rows there are. */
const ROWS_PER_QUESTION = 256;

/**
 * Runs a model in ONNX Runtime. Past the deadline `predict` rejects with UNAVAILABLE. Throws BAD_MODEL when
 * onnxruntime-node is not installed or refuses the file.
 *
 * A call of ONNX Runtime cannot be interrupted, and ending a thread that is inside one aborts the whole program
 * (onnxruntime-node 1.30, an error thrown without a JavaScript environment). So it runs in a process, which is
 * killed past the deadline and started anew.
 */
export async function startOnnxRuntime(file: ModelFile, deadlineMs = DEADLINE_MS): Promise<Runner> {
  requirePackage(file);
  const sessions = await renewableSession(file);
  const ask = (rows: Float32Array): Promise<Float64Array> => {
    let asked: Session | null = null;
    const answer = sessions.current().then((session) => {
      asked = session;
      return session.ask(rows);
    });
    return before(deadlineMs, answer, () => {
      if (asked !== null) sessions.renew(asked);
      return late(file, deadlineMs);
    });
  };
  return {
    forest: null,
    predict: async (rows, count, minutes) => {
      for (let from = 0; from < count; from += ROWS_PER_QUESTION) {
        const to = Math.min(count, from + ROWS_PER_QUESTION);
        minutes.set(await ask(rows.slice(from * file.width, to * file.width)), from);
      }
    },
    close: sessions.close,
  };
}

/** The session to ask, replaced when it dies or is given up. */
async function renewableSession(file: ModelFile) {
  let opening = Promise.resolve(await openSession(file));
  let isResting = false;
  const replace = (old: Session | null): Promise<Session> => {
    old?.end();
    opening = openSession(file);
    // Whoever asks is told, and a process that cannot start is not started for every question.
    opening.catch(() => {
      isResting = true;
      setTimeout(() => {
        isResting = false;
      }, REST_MS).unref();
    });
    return opening;
  };
  return {
    current: async (): Promise<Session> => {
      const mine = opening;
      const session = await mine.catch(() => null);
      if (session?.isAlive()) return session;
      return opening === mine && !isResting ? replace(session) : opening;
    },
    renew: (session: Session): void => {
      if (session.isAlive()) void replace(session);
    },
    close: async (): Promise<void> => (await opening.catch(() => null))?.end(),
  };
}

/** Starts the process and waits until it has read the model; that may take longer than a prediction may. */
function openSession({ label, bytes, width, outputName }: ModelFile): Promise<Session> {
  // The built program, also when the rest runs from its sources: Node 20 cannot run TypeScript.
  const program = join(packageFolder(), 'dist', 'onnxruntime-process.js');
  const child = fork(program, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, Asked>();
  let alive = true;
  let asked = 0;
  const session: Session = {
    ask: (rows) =>
      new Promise((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve, reject });
        const question: ProcessQuestion = { id: asked, rows };
        child.send(question);
      }),
    isAlive: () => alive,
    end: () => {
      alive = false;
      child.kill('SIGKILL');
    },
  };
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      alive = false;
      reject(refused(label, t`its process ended`));
      for (const one of waiting.values()) one.reject(stopped(label));
    };
    child.on('error', stop);
    child.once('exit', stop);
    child.on('message', (message: ProcessMessage) => {
      if ('ready' in message) {
        // An open model does not keep the program running; a question that waits does, by its deadline.
        child.unref();
        child.channel?.unref();
        resolve(session);
      } else if ('refused' in message) {
        session.end();
        reject(refused(label, message.refused));
      } else settle(waiting, message, label);
    });
    const start: ProcessStart = { bytes, width, outputName };
    child.send(start);
  });
}

function settle(
  waiting: Map<number, Asked>,
  message: Extract<ProcessMessage, { id: number }>,
  label: string,
): void {
  const asked = waiting.get(message.id);
  waiting.delete(message.id);
  if ('minutes' in message) asked?.resolve(message.minutes);
  else asked?.reject(new AtmrError('BAD_MODEL', t`ONNX Runtime cannot run ${label}: ${message.error}`));
}

/** The answer, or the error of `onLate` when it takes longer. */
function before<T>(deadlineMs: number, answer: Promise<T>, onLate: () => AtmrError): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(onLate()), deadlineMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function requirePackage({ label }: ModelFile): void {
  try {
    createRequire(import.meta.url).resolve('onnxruntime-node');
  } catch (cause) {
    const fact = t`${label} needs ONNX Runtime, which is not installed`;
    throw new AtmrError('BAD_MODEL', t`${fact}. Run: npm install onnxruntime-node`, { cause });
  }
}

function refused(label: string, why: string): AtmrError {
  return new AtmrError('BAD_MODEL', t`ONNX Runtime does not take ${label}: ${why}`);
}

function late({ label }: ModelFile, deadlineMs: number): AtmrError {
  const fact = t`${label} did not answer within ${deadlineMs} ms`;
  return new AtmrError('UNAVAILABLE', t`${fact}; ONNX Runtime was started anew.`);
}

function stopped(label: string): AtmrError {
  return new AtmrError('UNAVAILABLE', t`The process that runs ${label} ended before it answered.`);
}
