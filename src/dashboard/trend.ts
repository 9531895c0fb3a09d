/** What a figure did from one week to the next. */
export interface Trend {
  /** Of each day, oldest first; `null` where nothing is known. */
  readonly values: readonly (number | null)[];
  /** Of the last seven whole days, and of the seven before; `null` where a week has fewer than {@link FEWEST_DAYS}. */
  readonly last: number | null;
  readonly before: number | null;
}

const WEEK = 7;
export const FEWEST_DAYS = 3;

/**
 * The mean of each week, days weighted by how many bookings stand behind them. `days` are oldest first; the last is not over and
 * takes no part.
 */
export function trendOf<T>(
  days: readonly T[],
  valueIn: (day: T) => number | null,
  weightIn: (day: T) => number,
): Trend {
  const whole = days.slice(0, -1);
  const mean = (some: readonly T[]) => {
    const known = some.filter((day) => valueIn(day) !== null && weightIn(day) > 0);
    const weight = known.reduce((total, day) => total + weightIn(day), 0);
    if (known.length < FEWEST_DAYS) return null;
    return known.reduce((total, day) => total + valueIn(day)! * weightIn(day), 0) / weight;
  };
  return {
    values: days.map(valueIn),
    last: mean(whole.slice(-WEEK)),
    before: mean(whole.slice(-2 * WEEK, -WEEK)),
  };
}
