import type { Clock } from '../clock.js';
import type { Ledger, Settlement } from '../ledger/ledger.js';
import type { Recorder } from '../ledger/recorder.js';
import { lookUpScheduled } from './look-up-scheduled.js';
import { type RefusedOutcome, readReported, settleable, undatedBookings } from './reported.js';

/** What became of outcomes that were reported: the counts of those that were kept, and those that were not. */
export interface SettledReport extends Settlement {
  readonly refused: readonly RefusedOutcome[];
}

const NONE: Settlement = { settled: 0, corrected: 0, unchanged: 0, unpredicted: 0 };

/**
 * Settles outcomes as a backend reports them, whose times without an offset are in `timeZone`. Safe to repeat. BAD_INPUT
 * names the first that cannot be read, and then none is settled; UNAVAILABLE where the ledger does not answer.
 */
export async function settleReported(
  items: readonly unknown[],
  timeZone: string,
  parts: { readonly ledger: Ledger; readonly recorder: Recorder; readonly clock: Clock },
): Promise<SettledReport> {
  const { ledger, recorder, clock } = parts;
  const reported = readReported(items, timeZone);
  const scheduledMs = await lookUpScheduled(undatedBookings(reported), ledger, recorder);
  const { outcomes, refused } = settleable(reported, scheduledMs);
  const settlement = outcomes.length === 0 ? NONE : await ledger.settle(outcomes, clock.nowMs());
  return { ...settlement, refused };
}
