import { DAY_MS, instantOfWallTime, localTime } from '../booking/local-time.js';
import { beginningOfDay } from '../monitoring/local-days.js';
import { isAllowed } from './calendar.js';
import { type DayFigures, emptyDay } from './day-figures.js';
import { DUE_AFTER_MS } from './evidence.js';
import type { RolloutPlan } from './plan.js';

/** One local day of what a rollout lives on. */
export interface PlayedDay {
  readonly figures: DayFigures;
  /** The day's attempts of the model in order: whether each failed. */
  readonly attempts: readonly boolean[];
  /** Its settled bookings in order: whether each was off by more than 5 min. */
  readonly misses: readonly boolean[];
}

/** What happens at an instant of a play. */
export type Moment = { readonly atMs: number } & (
  | { readonly kind: 'attempt' | 'outcome'; readonly isBad: boolean }
  /** All bookings of a local day are due. */
  | { readonly kind: 'close'; readonly figures: DayFigures }
  /** An operator comes to see whether the traffic may be raised. */
  | { readonly kind: 'visit' }
);

interface Schedule {
  readonly plan: RolloutPlan;
  readonly timeZone: string;
  readonly startMs: number;
}

const HOUR_MS = 3_600_000;

/**
 * The moments of the days (ascending) from the start on, in order. Attempts and outcomes are spread evenly over their
 * day, as nothing hangs on the hour; days that are missing were empty. Ends when the last day is closed.
 */
export function* momentsOf(days: Iterable<PlayedDay>, schedule: Schedule): Generator<Moment> {
  const { timeZone, startMs } = schedule;
  let open: DayFigures | null = null;
  for (const day of withEmptyDays(days, localTime(startMs, timeZone).dayNumber)) {
    const moments = dayMoments(day, open, schedule);
    for (const moment of moments) if (moment.atMs > startMs) yield moment;
    open = day.figures;
  }
  if (open !== null) yield closeOf(open, timeZone);
}

function* withEmptyDays(days: Iterable<PlayedDay>, firstDay: number): Generator<PlayedDay> {
  let next = firstDay;
  for (const day of days) {
    const { dayNumber } = day.figures;
    if (dayNumber < next) continue;
    for (; next < dayNumber; next += 1) yield { figures: emptyDay(next), attempts: [], misses: [] };
    yield day;
    next = dayNumber + 1;
  }
}

function dayMoments(day: PlayedDay, before: DayFigures | null, { plan, timeZone }: Schedule): Moment[] {
  const { dayNumber } = day.figures;
  const fromMs = beginningOfDay(dayNumber, timeZone);
  const lengthMs = beginningOfDay(dayNumber + 1, timeZone) - fromMs;
  const spread = (kind: 'attempt' | 'outcome', events: readonly boolean[]) =>
    events.map((isBad, i): Moment => {
      return { atMs: fromMs + ((i + 1) / (events.length + 1)) * lengthMs, kind, isBad };
    });
  const visitMs = visitOn(dayNumber, plan, timeZone);
  const moments: Moment[] = [
    ...(before === null ? [] : [closeOf(before, timeZone)]),
    ...(visitMs === null ? [] : [{ atMs: visitMs, kind: 'visit' } as const]),
    ...spread('attempt', day.attempts),
    ...spread('outcome', day.misses),
  ];
  return moments.sort((a, b) => a.atMs - b.atMs);
}

function closeOf(figures: DayFigures, timeZone: string): Moment {
  const atMs = beginningOfDay(figures.dayNumber + 1, timeZone) + DUE_AFTER_MS;
  return { atMs, kind: 'close', figures };
}

/** When the window opens; `null` on a day on which it does not, and where there is no window to wait for. */
function visitOn(dayNumber: number, plan: RolloutPlan, timeZone: string): number | null {
  if (plan.window === null) return null;
  const atMs = instantOfWallTime(dayNumber * DAY_MS + plan.window.fromHour * HOUR_MS, timeZone);
  return atMs !== null && isAllowed(plan, atMs, timeZone) ? atMs : null;
}
