import { DAY_MS, dayLabel, localTime } from '../booking/local-time.js';
import { beginningOfDay } from '../monitoring/local-days.js';
import { t } from '../wording/t.js';
import type { RolloutPlan } from './plan.js';

const STEP_MS = 15 * 60_000;
/** A plan that allows nothing for longer is said to allow nothing. */
const HORIZON_MS = 400 * DAY_MS;

/** Whether traffic may be raised at this instant: inside the window, and on no frozen date. */
export function isAllowed(plan: RolloutPlan, ms: number, timeZone: string): boolean {
  return closedBy(plan, ms, timeZone) === null;
}

/** Why traffic may not be raised now, for people; `null` when it may. */
export function whyNot(plan: RolloutPlan, ms: number, timeZone: string): string | null {
  return closedBy(plan, ms, timeZone)?.() ?? null;
}

/** What keeps traffic from being raised, to be said; `null` for nothing. */
function closedBy({ window, freezes }: RolloutPlan, ms: number, timeZone: string): (() => string) | null {
  const { dayNumber, weekday, hour } = localTime(ms, timeZone);
  const date = dayLabel(dayNumber);
  const freeze = freezes.find(({ from, to }) => from <= date && date <= to);
  if (freeze !== undefined) return () => t`${date} is frozen (${freeze.from} to ${freeze.to})`;
  if (window === null) return null;
  const { weekdays, fromHour, untilHour } = window;
  if (!weekdays.includes(weekday)) return () => t`traffic is not raised on this weekday`;
  const isInside = fromHour <= hour && hour < untilHour;
  return isInside ? null : () => t`traffic is raised from ${fromHour} to ${untilHour} h only`;
}

/** Whether no hour of this local day is open. */
function isDayClosed({ window, freezes }: RolloutPlan, ms: number, timeZone: string): boolean {
  const { dayNumber, weekday } = localTime(ms, timeZone);
  const date = dayLabel(dayNumber);
  return (
    freezes.some(({ from, to }) => from <= date && date <= to) || window?.weekdays.includes(weekday) === false
  );
}

/** The first instant from `ms` on at which traffic may be raised; `null` when there is none in a year. */
export function nextAllowed(plan: RolloutPlan, ms: number, timeZone: string): number | null {
  if (isAllowed(plan, ms, timeZone)) return ms;
  // Windows and dates begin on whole local hours, and zones on whole quarters.
  for (let at = Math.ceil(ms / STEP_MS) * STEP_MS; at < ms + HORIZON_MS; ) {
    if (isAllowed(plan, at, timeZone)) return at;
    at = isDayClosed(plan, at, timeZone)
      ? beginningOfDay(localTime(at, timeZone).dayNumber + 1, timeZone)
      : at + STEP_MS;
  }
  return null;
}
