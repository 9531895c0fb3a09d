import { meanSequence, NO_VALUES, withValue } from '../statistics/asymptotic-sequence.js';
import { type Estimated, insufficient } from '../statistics/estimate.js';
import { t } from '../wording/t.js';
import type { DayFigures } from './day-figures.js';

/** A weighted sum of a booking's errors, minutes: `{ e: 1, h: -1 }` is the paired difference. */
export interface Combination {
  readonly e: number;
  readonly h: number;
}

/** What a day, or some small days together, say of a combination. */
interface DayMean {
  readonly n: number;
  readonly mean: number;
  /** Σ (value − mean of the day)². */
  readonly within: number;
}

/** Days of fewer settled bookings join the next: each day counts the same, and a mean of three is mostly luck. */
const FEWEST_A_DAY = 10;
/** Chosen by simulation (`npm run bench:rollout`): one-sided false alarms stay below 5 % at any correlation to 0.05. */
export const TUNING = { startAt: 5, tightestAt: 10 };

/**
 * The mean of a combination with ends that may be looked at after every day. One value a local day, because bookings of a
 * day share its weather and traffic; a day varies at least as much as so many single bookings would.
 */
export function dayMeanSequence(days: readonly DayFigures[], combination: Combination): Estimated {
  return sequenceOf(dayMeans(days, combination));
}

/** The same for a share of the settled bookings. */
export function dayShareSequence(
  days: readonly DayFigures[],
  countOf: (day: DayFigures) => number,
): Estimated {
  return sequenceOf(
    joinedDays(days).map((day) => {
      const mean = countOf(day) / day.settled;
      return { n: day.settled, mean, within: day.settled * mean * (1 - mean) };
    }),
  );
}

function sequenceOf(means: readonly DayMean[]): Estimated {
  const degrees = means.reduce((total, { n }) => total + n - 1, 0);
  if (means.length < TUNING.startAt) {
    return insufficient(
      t`${means.length} of at least ${TUNING.startAt} days with ${FEWEST_A_DAY} settled bookings`,
    );
  }
  const variance = means.reduce((total, { within }) => total + within, 0) / degrees;
  const least = means.reduce((total, { n }) => total + variance / n, 0) / means.length;
  const moments = means.reduce((so, { mean }) => withValue(so, mean), NO_VALUES);
  return meanSequence(moments, { ...TUNING, leastVariance: least });
}

/** One value a day. */
export function dayMeans(days: readonly DayFigures[], { e, h }: Combination): DayMean[] {
  return joinedDays(days).map((day) => {
    const sum = e * day.e + h * day.h;
    const squares = e * e * day.ee + h * h * day.hh + 2 * e * h * day.eh;
    const within = Math.max(0, squares - sum ** 2 / day.settled);
    return { n: day.settled, mean: sum / day.settled, within };
  });
}

/** Small days with the next; what is left over at the end, too few bookings for a day, waits for the next. */
export function joinedDays(days: readonly DayFigures[]): DayFigures[] {
  const joined: DayFigures[] = [];
  let open: DayFigures[] = [];
  for (const day of days) {
    open.push(day);
    const total = totalOf(open);
    if (total.settled < FEWEST_A_DAY) continue;
    joined.push({ ...total, dayNumber: day.dayNumber });
    open = [];
  }
  return joined;
}

/** All days together. */
export function totalOf(days: readonly DayFigures[]) {
  const add = (of: (day: DayFigures) => number) => days.reduce((total, day) => total + of(day), 0);
  return {
    asked: add((day) => day.asked),
    settled: add((day) => day.settled),
    e: add((day) => day.e),
    h: add((day) => day.h),
    ee: add((day) => day.ee),
    hh: add((day) => day.hh),
    eh: add((day) => day.eh),
    actual: add((day) => day.actual),
    actualSquares: add((day) => day.actualSquares),
    foreseen: add((day) => day.foreseen),
    simulated: add((day) => day.simulated),
  };
}
