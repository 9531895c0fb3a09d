import { PermanentFailure } from './channel.js';
import type { OutboxEntry } from './outbox.js';

const MINUTE_MS = 60_000;
/** The last one repeats. */
const DELAYS_MS = [
  15_000,
  30_000,
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  60 * MINUTE_MS,
];
/** What nobody could take for so long is no news any more. */
const GIVE_UP_MS = 3 * 24 * 60 * MINUTE_MS;

/** When to try again; `null` for never: no try would help, or it is too old. */
export function againInMs(
  { attempts, createdMs }: Pick<OutboxEntry, 'attempts' | 'createdMs'>,
  failure: unknown,
  nowMs: number,
): number | null {
  if (failure instanceof PermanentFailure || nowMs - createdMs > GIVE_UP_MS) return null;
  const asked = failure instanceof Error && 'retryAfterMs' in failure ? Number(failure.retryAfterMs) : 0;
  const usual = DELAYS_MS[Math.min(attempts, DELAYS_MS.length - 1)] ?? MINUTE_MS;
  return Math.max(usual, Number.isFinite(asked) ? asked : 0);
}
