/** Something that happened, for whoever listens. */
export interface ServerEvent {
  readonly id: string;
  /** `flag`, `alert`. */
  readonly kind: string;
  readonly data: unknown;
}

/** Tells the clients of `/events` what happens. */
export interface Events {
  publish(kind: string, data: unknown): void;
  /**
   * Calls `listener` with each event from now on, and first with those after `lastId`, where they are still known.
   * Returns how to stop; `null` when as many listen as may.
   */
  subscribe(lastId: string | null, listener: (event: ServerEvent) => void): (() => void) | null;
  /** How much was published so far. */
  published(): number;
  /** How many listen. */
  count(): number;
}

/** For a client whose connection broke for a moment. */
const KEPT_EVENTS = 100;
const MOST_LISTENERS = 100;

/** `source` tells the ids of this process from those of one before it. */
export function openEvents(source: string): Events {
  const listeners = new Set<(event: ServerEvent) => void>();
  const kept: ServerEvent[] = [];
  let last = 0;
  return {
    publish(kind, data) {
      const event = { id: `${source}-${++last}`, kind, data };
      kept.push(event);
      if (kept.length > KEPT_EVENTS) kept.shift();
      for (const listener of listeners) listener(event);
    },
    subscribe(lastId, listener) {
      if (listeners.size >= MOST_LISTENERS) return null;
      const seen = kept.findIndex(({ id }) => id === lastId);
      if (seen >= 0) for (const event of kept.slice(seen + 1)) listener(event);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    published: () => last,
    count: () => listeners.size,
  };
}
