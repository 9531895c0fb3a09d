import type { Clock } from '../clock.js';
import { messageOf } from '../errors.js';
import { startLoop } from '../loop.js';
import type { Ledger } from './ledger.js';
import { DAY_MS } from './spans.js';

/** Removes what is older than it is kept, again and again. */
export interface Retention {
  /** Ends after the transaction under way. */
  stop(): Promise<void>;
}

const EVERY_MS = 3600_000;
/** What can be asked by the hour goes back 30 days, which a change of the clocks and the zone make longer. */
const FINE_SUMS_DAYS = 40;

/**
 * Keeps answers and outcomes for `keepDays`, and the sums of minutes and hours for 40 days; the sums of days stay.
 * `onNotice` hears what was removed, and why nothing was.
 */
export function startRetention(
  ledger: Pick<Ledger, 'prune' | 'coarsen'>,
  keepDays: number,
  clock: Clock,
  onNotice: (text: string) => void,
): Retention {
  const ending = new AbortController();
  const options = { signal: ending.signal };
  const run = async () => {
    const nowMs = clock.nowMs();
    try {
      const removed = await ledger.prune(nowMs - keepDays * DAY_MS, options);
      if (removed > 0) onNotice(`${removed} answers older than ${keepDays} days were removed.`);
      await ledger.coarsen(nowMs - FINE_SUMS_DAYS * DAY_MS, options);
    } catch (thrown) {
      onNotice(`Old answers were not removed: ${messageOf(thrown)} It is tried again in an hour.`);
    }
  };
  const loop = startLoop(run, () => EVERY_MS);
  return {
    stop() {
      ending.abort();
      return loop.stop();
    },
  };
}
