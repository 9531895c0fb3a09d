import type { Estimated } from '../statistics/estimate.js';
import type { DayFigures } from './day-figures.js';
import { totalOf } from './day-sequences.js';
import { improvementBeyond } from './gates.js';

/** What was known of the improvement after a local day, all days before it included. */
export interface ImprovementDay {
  /** Local days since 1970-01-01. */
  readonly dayNumber: number;
  /** Bookings of this day alone that both arms are scored on, and the mean absolute error of each, minutes; `null` without any. */
  readonly settled: number;
  readonly modelMae: number | null;
  readonly heuristicMae: number | null;
  /** MAE(model)/MAE(heuristic) − 1 of all days so far, a fraction, with ends that may be looked at every day. */
  readonly improvement: Estimated;
}

/** One entry a day, oldest first: what a gate that asks for better than 0 would have seen on each. */
export function improvementByDay(days: readonly DayFigures[]): ImprovementDay[] {
  return days.map((day, i) => ({
    dayNumber: day.dayNumber,
    settled: day.settled,
    modelMae: meanOf(day.e, day.settled),
    heuristicMae: meanOf(day.h, day.settled),
    improvement: improvementBeyond(days.slice(0, i + 1), 0),
  }));
}

/** Days of one number are one: a step that begins within a day cuts it in two. */
export function wholeDays(days: readonly DayFigures[]): DayFigures[] {
  const numbers = [...new Set(days.map(({ dayNumber }) => dayNumber))];
  return numbers.map((dayNumber) => {
    return { dayNumber, ...totalOf(days.filter((day) => day.dayNumber === dayNumber)) };
  });
}

function meanOf(sum: number, count: number): number | null {
  return count === 0 ? null : sum / count;
}
