import type { WeightedSeries } from '../statistics/change-segment.js';
import type { ScoredRow } from './scored-row.js';

/** One mean a local day, oldest first. Bookings of a day share its traffic: they are not news each by itself. */
export interface DaySeries extends WeightedSeries {
  /** First local day behind each value, counted from 1970-01-01. */
  readonly days: readonly number[];
  /** Days in one value: 1, more in a long history. */
  readonly daysEach: number;
}

/** Share of the variance that bookings of one day have in common: what our own figures on power suppose. */
const DAY_CORRELATION = 0.05;
/** Keeps the search for a change, which looks at every pair of days, within a second. */
const MOST_VALUES = 180;

/** Rows without a time have no day and are left out. */
export function daySeries(rows: readonly ScoredRow[], read: (row: ScoredRow) => number): DaySeries {
  const timed = rows.filter((row) => row.day !== null);
  const first = timed.reduce((least, { day }) => Math.min(least, day!), Number.POSITIVE_INFINITY);
  const last = timed.reduce((most, { day }) => Math.max(most, day!), Number.NEGATIVE_INFINITY);
  const daysEach = Math.max(1, Math.ceil((last - first + 1) / MOST_VALUES));
  const groups = new Map<number, { sum: number; count: number }>();
  for (const row of timed) {
    const key = Math.floor((row.day! - first) / daysEach);
    const group = groups.get(key) ?? { sum: 0, count: 0 };
    groups.set(key, { sum: group.sum + read(row), count: group.count + 1 });
  }
  const ordered = [...groups].sort(([a], [b]) => a - b);
  return {
    days: ordered.map(([key]) => first + key * daysEach),
    daysEach,
    values: Float64Array.from(ordered, ([, { sum, count }]) => sum / count),
    weights: Float64Array.from(ordered, ([, { count }]) => count / (1 + DAY_CORRELATION * (count - 1))),
  };
}
