import { DAY_MS, dayLabel, instantOfWallTime, localTime } from '../booking/local-time.js';

/** One local day; the last one ends now. */
export interface LocalDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The last `days` local days up to `nowMs`, oldest first; days with a change of the clocks have 23 or 25 hours. */
export function localDays(days: number, nowMs: number, timeZone: string): LocalDay[] {
  const today = localTime(nowMs, timeZone).dayNumber;
  return Array.from({ length: days }, (_, i) => {
    const day = today - days + 1 + i;
    const untilMs = Math.min(nowMs, beginningOfDay(day + 1, timeZone));
    return { date: dayLabel(day), fromMs: beginningOfDay(day, timeZone), untilMs };
  });
}

const STEP_MS = 15 * 60_000;

/** The first instant of a local day. Some zones skip midnight: there it begins when the clocks show something again. */
export function beginningOfDay(dayNumber: number, timeZone: string): number {
  for (let wallMs = dayNumber * DAY_MS; ; wallMs += STEP_MS) {
    const instant = instantOfWallTime(wallMs, timeZone);
    if (instant !== null) return instant;
  }
}
