/** How long each operation of a store may take, connecting included, before it rejects with UNAVAILABLE. */
export const TIMEOUTS_MS = {
  connect: 1000,
  read: 1000,
  report: 1000,
  forget: 1000,
  instances: 1000,
  health: 1000,
  history: 2000,
  change: 2000,
  merge: 2000,
  end: 2000,
  commit: 2000,
} as const;

/** How long to wait before connecting again, by attempt; the last one repeats. Nothing else is ever retried. */
export const RECONNECT_DELAYS_MS = [50, 100, 200, 500] as const;

/** The delay before attempt `attempt` (1, 2 …). */
export function reconnectDelayMs(attempt: number): number {
  return RECONNECT_DELAYS_MS[Math.min(attempt, RECONNECT_DELAYS_MS.length) - 1] ?? 500;
}

/** An instance this long unseen is no longer worth naming. */
export const FORGET_INSTANCE_AFTER_MS = 24 * 3600 * 1000;

/** An instance that reported within this time, by the store's clock, is live. */
export const LIVE_MS = 5000;

/** How often a watcher asks whether its connection still lives. */
export const WATCH_PING_MS = 10_000;
