import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../clock.js';
import { coarsenSums, FINE_SUMS, markCoarse } from './coarsen.js';
import type { SweepOptions } from './ledger.js';
import type { LedgerDatabase } from './ledger-database.js';
import { pruneCorrections, pruneOutcomes, prunePredictions } from './prune.js';

type Place = Pick<LedgerDatabase, 'dialect' | 'write'>;

/** What one transaction removes: some milliseconds. */
const BATCH = 200;
/** A statement names each row it removes: neither database takes many more names. */
const MOST_ROWS = 5000;
/** For each moment of work: whoever records answers waits for the sweep, and has most of the time for itself. */
const REST = 4;

/** Removes answers, outcomes and corrections from before. Returns how many answers. */
export async function prune(
  { dialect, write }: Place,
  beforeMs: number,
  { batch = BATCH, signal }: SweepOptions = {},
): Promise<number> {
  const most = Math.min(MOST_ROWS, Math.max(1, Math.floor(batch)));
  let removed = 0;
  await repeat(signal, async () => {
    const count = await write(() => prunePredictions(dialect, beforeMs, most));
    removed += count;
    return count === most;
  });
  await repeat(signal, async () => (await write(() => pruneOutcomes(dialect, beforeMs, most))) === most);
  await write(() => pruneCorrections(dialect, beforeMs));
  return removed;
}

/** Removes the sums of minutes and hours from before the day of `beforeMs`. */
export async function coarsen(
  { dialect, write }: Place,
  beforeMs: number,
  { batch = BATCH, signal }: SweepOptions = {},
): Promise<void> {
  // Marked first: nobody looks for minutes that are going.
  const coarseUntilMs = await write(() => markCoarse(dialect, beforeMs));
  for (const fine of FINE_SUMS) {
    await repeat(signal, () => write(() => coarsenSums(dialect, fine, coarseUntilMs, batch)));
  }
}

/** Runs `step` until it says that nothing is left. */
async function repeat(signal: AbortSignal | undefined, step: () => Promise<boolean>): Promise<void> {
  while (true) {
    const startedMs = systemClock.monotonicMs();
    if (!(await step()) || signal?.aborted) return;
    await sleep(REST * (systemClock.monotonicMs() - startedMs));
  }
}
