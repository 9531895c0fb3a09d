import type { Clock } from './clock.js';

/** How long the parts of a job took, in the order in which they first ran. */
export interface Stopwatch {
  /** Adds what passes until `work` is done to a part; what other parts take meanwhile is theirs. */
  time<T>(part: string, work: () => Promise<T> | T): Promise<T>;
  /** The same items, the waiting for which is a part. */
  passing<T>(part: string, items: AsyncIterable<T>): AsyncGenerator<T>;
  partsMs(): ReadonlyMap<string, number>;
}

export function startStopwatch(clock: Clock): Stopwatch {
  const parts = new Map<string, number>();
  const open: string[] = [];
  let sinceMs = clock.monotonicMs();
  /** What has passed belongs to the innermost part that is under way. */
  const settle = (): void => {
    const nowMs = clock.monotonicMs();
    const part = open.at(-1);
    if (part !== undefined) parts.set(part, (parts.get(part) ?? 0) + nowMs - sinceMs);
    sinceMs = nowMs;
  };
  const time = async <T>(part: string, work: () => Promise<T> | T): Promise<T> => {
    settle();
    open.push(part);
    try {
      return await work();
    } finally {
      settle();
      open.pop();
    }
  };
  return {
    time,
    async *passing<T>(part: string, items: AsyncIterable<T>) {
      const iterator = items[Symbol.asyncIterator]();
      try {
        for (;;) {
          const next = await time(part, () => iterator.next());
          if (next.done) return;
          yield next.value;
        }
      } finally {
        await iterator.return?.();
      }
    },
    partsMs: () => parts,
  };
}
