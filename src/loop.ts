/** Work that repeats until it is stopped. */
export interface Loop {
  /** Resolves when the first run has ended. */
  readonly first: Promise<void>;
  /** Runs again at once, or right after the run that is under way. */
  wake(): void;
  /** Resolves when the run that is under way has ended. */
  stop(): Promise<void>;
}

/**
 * Runs `run` now and then every `everyMs()`, counted from start to start, one at a time: a run that takes longer
 * is followed at once by the next. `run` must not reject.
 */
export function startLoop(run: () => Promise<void>, everyMs: () => number): Loop {
  let stopped = false;
  let rest = alarm(0);
  const first = once();
  const ended = first.then(repeat);

  async function once(): Promise<void> {
    rest = alarm(everyMs());
    await run();
  }

  async function repeat(): Promise<void> {
    while (!stopped) {
      await rest.rung;
      if (!stopped) await once();
    }
  }

  return {
    first,
    wake: () => rest.ring(),
    async stop() {
      stopped = true;
      rest.ring();
      await ended;
    },
  };
}

/** Rings after `ms`, or when it is told to. */
function alarm(ms: number): { readonly rung: Promise<void>; ring(): void } {
  let ring = () => {};
  const rung = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    ring = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { rung, ring: () => ring() };
}
