/** Waiting that may be ended early. */
export interface Waiting<T> {
  /** What the work came to; `null` when it took too long, failed or was given up. The work itself goes on. */
  readonly result: Promise<T | null>;
  giveUp(): void;
}

/** Waits for `work` at most `limitMs`. */
export function waitFor<T>(work: Promise<T>, limitMs: number): Waiting<T> {
  let giveUp = () => {};
  const result = new Promise<T | null>((resolve) => {
    giveUp = () => resolve(null);
    // Nobody who ends the program waits for a model that hangs.
    const timer = setTimeout(giveUp, Math.max(0, limitMs)).unref();
    work.then(resolve, giveUp).finally(() => clearTimeout(timer));
  });
  return { result, giveUp };
}

/** What `work` comes to, or `null` when it takes longer than `limitMs` or fails; the work goes on. */
export function within<T>(work: Promise<T>, limitMs: number): Promise<T | null> {
  return waitFor(work, limitMs).result;
}
