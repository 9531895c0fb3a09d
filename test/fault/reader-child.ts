import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { bundled } from './bundle.js';
import type { Machine } from './site.js';

/** What a reader process is told at its start. */
export interface ChildPlan {
  readonly key: string;
  readonly host: string;
  readonly home: string;
  readonly instance: string;
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  readonly staleAfterMs: number;
  /** How far its wall clock is off. */
  readonly clockOffMs: number;
  /** How often it looks at its answer, beside every time it is asked to. */
  readonly lookEveryMs: number;
  /** Where it kills itself, once it knows of a forced off. */
  readonly dieAfter: 'save' | 'report' | null;
}

/** An answer, at the moment it became another one. */
export interface SeenAnswer {
  readonly variant: 'model' | 'control';
  readonly reason: string;
  readonly code?: string;
  readonly revision: number;
  readonly changeId: string | null;
  readonly atMs: number;
}

export interface ReaderChild {
  readonly instance: string;
  /** Every change of its answer so far, oldest first. */
  readonly answers: readonly SeenAnswer[];
  latest(): SeenAnswer | undefined;
  /** Makes it look now, and waits until all it saw has arrived. */
  look(): Promise<SeenAnswer | undefined>;
  signal(signal: NodeJS.Signals): void;
  /** False once it has ended. */
  isAlive(): boolean;
  /** Resolves when the process has ended, by whatever hand. */
  ended: Promise<void>;
  kill(): Promise<void>;
  /** Ends it as a service does: it says good-bye to its stores. */
  stop(): Promise<void>;
}

let count = 0;

/** Starts a reader process on a machine; resolves when it has looked at every store once. */
export async function startReaderChild(
  machine: Machine,
  overrides: Partial<ChildPlan> = {},
): Promise<ReaderChild> {
  const instance = `${machine.name}-child-${++count}`;
  const { databaseUrl, redisUrl, home, name: host, holders, clockOffMs } = machine;
  const plan: ChildPlan = {
    ...{ key: holders.key, host, home, instance, databaseUrl, redisUrl, clockOffMs },
    ...{ staleAfterMs: 600_000, lookEveryMs: 20, dieAfter: null },
    ...overrides,
  };
  const child = fork(bundled('reader-process'), {
    env: { ...process.env, PLAN: JSON.stringify(plan) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answers: SeenAnswer[] = [];
  const ended = once(child, 'exit').then(() => {});
  const looked = new Set<() => void>();
  const started = new Promise<void>((resolve) => {
    child.on('message', (message: SeenAnswer | 'started' | 'looked') => {
      if (message === 'started') resolve();
      else if (message === 'looked') for (const done of looked) done();
      else answers.push(message);
    });
  });
  await Promise.race([started, ended]);
  return {
    instance,
    answers,
    latest: () => answers.at(-1),
    async look() {
      await Promise.race([answered(child, looked), ended]);
      return answers.at(-1);
    },
    isAlive: () => child.exitCode === null && child.signalCode === null,
    signal: (signal) => void child.kill(signal),
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function answered(child: ChildProcess, looked: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      looked.delete(done);
      resolve();
    };
    looked.add(done);
    child.send('look', () => {});
  });
}
