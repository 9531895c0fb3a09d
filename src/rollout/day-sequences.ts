import { meanSequence, NO_VALUES, withValue } from '../statistics/asymptotic-sequence.js';
import { type Estimated, insufficient } from '../statistics/estimate.js';
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
const TUNING = { startAt: 5, tightestAt: 10 };

/**
 * The mean of a combination with ends that may be looked at after every day. One value a local day, because bookings of a
 * day share its weather and traffic; a day varies at least as much as so many single bookings would.
 */
export function dayMeanSequence(days: readonly DayFigures[], combination: Combination): Estimated {
  const means = dayMeans(days, combination);
  const degrees = means.reduce((total, { n }) => total + n - 1, 0);
  if (degrees === 0) return insufficient(`${means.length} of at least ${TUNING.startAt} days`);
  const variance = means.reduce((total, { within }) => total + within, 0) / degrees;
  const least = means.reduce((total, { n }) => total + variance / n, 0) / means.length;
  const moments = means.reduce((so, { mean }) => withValue(so, mean), NO_VALUES);
  if (moments.count < TUNING.startAt) {
    return insufficient(
      `${moments.count} of at least ${TUNING.startAt} days with ${FEWEST_A_DAY} settled bookings`,
    );
  }
  return meanSequence(moments, { ...TUNING, leastVariance: least });
}

/** One value a day; what is left over at the end, too few bookings for a day, waits for the next. */
export function dayMeans(days: readonly DayFigures[], { e, h }: Combination): DayMean[] {
  const means: DayMean[] = [];
  let open = { n: 0, sum: 0, squares: 0 };
  for (const day of days) {
    const sum = e * day.e + h * day.h;
    const squares = e * e * day.ee + h * h * day.hh + 2 * e * h * day.eh;
    open = { n: open.n + day.settled, sum: open.sum + sum, squares: open.squares + squares };
    if (open.n < FEWEST_A_DAY) continue;
    const within = Math.max(0, open.squares - open.sum ** 2 / open.n);
    means.push({ n: open.n, mean: open.sum / open.n, within });
    open = { n: 0, sum: 0, squares: 0 };
  }
  return means;
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
