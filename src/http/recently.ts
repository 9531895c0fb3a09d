import type { Clock } from '../clock.js';

/**
 * What `work` found, for `forMs`: however many ask, it runs once at a time and as often as that. A failure is told to all
 * who waited for it, and not kept.
 */
export function recently<T>(
  work: () => Promise<T>,
  forMs: number,
  { monotonicMs }: Pick<Clock, 'monotonicMs'>,
): () => Promise<T> {
  let found: { readonly value: Promise<T>; readonly untilMs: number } | null = null;
  return () => {
    if (found !== null && monotonicMs() < found.untilMs) return found.value;
    const value = work();
    const mine = { value, untilMs: Number.POSITIVE_INFINITY };
    found = mine;
    const settle = (next: typeof found) => {
      if (found === mine) found = next;
    };
    value.then(
      () => settle({ value, untilMs: monotonicMs() + forMs }),
      () => settle(null),
    );
    return value;
  };
}
