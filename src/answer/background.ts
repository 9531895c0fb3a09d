/** Work that goes on after its answer was given. */
export interface Work {
  /** Must not reject. */
  readonly ended: Promise<void>;
  /** Ends it soon. */
  giveUp(): void;
}

/** At most so much at a time: work that does not end must not pile up. */
export interface Background {
  readonly isFull: boolean;
  readonly running: number;
  /** What was left out because there was too much. */
  readonly dropped: number;
  /** Starts work once the answer is on its way; false, and it is dropped, when there is too much. */
  start(begin: () => Work): boolean;
  /** Counts work that has begun already. */
  follow(work: Work): void;
  /** Waits so long for what is under way, then gives it up. */
  stop(graceMs: number): Promise<void>;
}

export function openBackground(most: number): Background {
  const running = new Set<Work>();
  let dropped = 0;
  const follow = (work: Work) => {
    running.add(work);
    void work.ended.then(() => running.delete(work));
  };
  return {
    follow,
    get isFull() {
      return running.size >= most;
    },
    get running() {
      return running.size;
    },
    get dropped() {
      return dropped;
    },
    start(begin) {
      if (running.size >= most) {
        dropped += 1;
        return false;
      }
      follow(afterAnswer(begin));
      return true;
    },
    async stop(graceMs) {
      const timer = setTimeout(() => {
        for (const work of running) work.giveUp();
      }, graceMs);
      while (running.size > 0) await Promise.all([...running].map(({ ended }) => ended));
      clearTimeout(timer);
    },
  };
}

/** The response is written in the same turn of the loop as its answer; what waits for the next one delays nobody. */
function afterAnswer(begin: () => Work): Work {
  let begun: Work | null = null;
  const ended = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    begun = begin();
    return begun.ended;
  });
  return { ended, giveUp: () => begun?.giveUp() };
}
