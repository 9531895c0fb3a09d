import type { DayWindow, RolloutReads } from '../ledger/rollout-reads.js';
import type { DayFigures } from '../rollout/day-figures.js';

/** Reads days of the ledger, the older ones not at every look. */
export type DayReader = (
  windows: readonly DayWindow[],
  modelVersion: string | null,
  nowMs: number,
) => Promise<readonly DayFigures[]>;

/** Outcomes and corrections still come for a while; later ones wait for the next time the day is read. */
const YOUNG_MS = 48 * 3_600_000;
const KEEP_MS = 10 * 60_000;

/** The work of a look does not grow with the rollout: days of the last two are read each time, older ones every 10 min. */
export function openDayReader(ledger: Pick<RolloutReads, 'dayFigures'>): DayReader {
  const kept = new Map<string, { readonly figures: DayFigures; readonly readMs: number }>();
  return async (windows, modelVersion, nowMs) => {
    const keyOf = ({ fromMs, untilMs }: DayWindow) => `${modelVersion} ${fromMs} ${untilMs}`;
    const isFresh = (window: DayWindow) => {
      const found = kept.get(keyOf(window));
      return found !== undefined && window.untilMs < nowMs - YOUNG_MS && found.readMs > nowMs - KEEP_MS;
    };
    const missing = windows.filter((window) => !isFresh(window));
    const read = await ledger.dayFigures(missing, modelVersion);
    for (const [i, window] of missing.entries())
      kept.set(keyOf(window), { figures: read[i]!, readMs: nowMs });
    for (const [key, { readMs }] of kept) if (readMs < nowMs - 2 * KEEP_MS) kept.delete(key);
    return windows.map((window) => kept.get(keyOf(window))!.figures);
  };
}
