import { localTime } from '../booking/local-time.js';
import type { DayWindow } from '../ledger/rollout-reads.js';
import { beginningOfDay } from '../monitoring/local-days.js';
import { DUE_AFTER_MS } from './evidence.js';

/**
 * The local days from `sinceMs` on whose bookings are all due at `nowMs`, oldest first; the first begins at `sinceMs`. A
 * day counts as a whole, settled or missing: late rides settle last, and the order of settling would select by outcome.
 */
export function closedDays(sinceMs: number, nowMs: number, timeZone: string, untilMs = nowMs): DayWindow[] {
  const days: DayWindow[] = [];
  for (let day = localTime(sinceMs, timeZone).dayNumber; ; day++) {
    const end = beginningOfDay(day + 1, timeZone);
    if (end + DUE_AFTER_MS > nowMs || end > untilMs) return days;
    days.push({ dayNumber: day, fromMs: Math.max(sinceMs, beginningOfDay(day, timeZone)), untilMs: end });
  }
}
