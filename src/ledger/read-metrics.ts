import { accuracyFrom } from './accuracy.js';
import { coarseUntil } from './coarsen.js';
import type { WindowMetrics } from './ledger.js';
import { rangesOf, wholeSpans } from './spans.js';
import type { Dialect, Work } from './statement.js';
import { ACCURACY_SUMS, readSums, TRAFFIC_SUMS } from './sums.js';
import { readTimeCounts } from './time-counts.js';
import { trafficFrom } from './traffic.js';

/** From sums of days, hours and minutes: some two hundred rows at most, whatever the window's history holds. */
export function* readMetrics(dialect: Dialect, fromMs: number, untilMs: number): Work<WindowMetrics> {
  const window = wholeSpans(fromMs, untilMs, yield* coarseUntil(dialect));
  const ranges = rangesOf(window.fromMs, window.untilMs);
  const traffic = yield* readSums(dialect, TRAFFIC_SUMS, ranges);
  const times = yield* readTimeCounts(dialect, ranges);
  const accuracy = yield* readSums(dialect, ACCURACY_SUMS, ranges);
  return { ...window, traffic: trafficFrom(traffic, times), accuracy: accuracyFrom(accuracy) };
}
