import {
  type ChangeSegment,
  changeSegment,
  type Level,
  levelOf,
  type WeightedSeries,
} from '../statistics/change-segment.js';
import type { Insufficient } from '../statistics/estimate.js';
import { type DaySeries, daySeries } from './day-series.js';
import { differenceOf, errorOf, type ScoredRow } from './scored-row.js';

/** A stretch of local days, both included. */
export interface DayRange {
  readonly firstDay: number;
  readonly lastDay: number;
}

export interface Shift extends Omit<ChangeSegment, 'from' | 'until'>, DayRange {
  /** Whether it lasts to the end of the data. */
  readonly lasting: boolean;
}

/** The errors over time: where they are, and whether they changed. */
export interface ErrorsOverTime {
  /** Of predicted − actual. */
  readonly series: DaySeries;
  readonly bias: Level | Insufficient;
  readonly biasShift: Shift | Insufficient;
  /** Of |model error| − |heuristic error|. */
  readonly difference: Level | Insufficient;
  readonly differenceShift: Shift | Insufficient;
  /** The same over the days of the difference's shift only; `null` without one. */
  readonly differenceInShift: Level | Insufficient | null;
}

const FEW_DAYS = 4;

export function errorsOverTime(rows: readonly ScoredRow[], seed: number): ErrorsOverTime {
  const bias = daySeries(rows, errorOf);
  const difference = daySeries(rows, differenceOf);
  const differenceShift = shiftOf(difference, changeSegment(difference, { seed: seed + 1 }));
  return {
    series: bias,
    bias: levelOf(bias),
    biasShift: shiftOf(bias, changeSegment(bias, { seed })),
    difference: levelOf(difference),
    differenceShift,
    differenceInShift: differenceShift.kind === 'tested' ? levelOf(part(difference, differenceShift)) : null,
  };
}

/**
 * The stretch that differs from the rest may be the ordinary one, when the change came early: what came later is
 * called the change. A first day or two that do not fit in make no difference.
 */
function shiftOf({ days, daysEach }: DaySeries, segment: ChangeSegment | Insufficient): Shift | Insufficient {
  if (segment.kind === 'insufficient') return segment;
  const { from, until, ...rest } = segment;
  const startsFirst =
    until < days.length && (from === 0 || (from < FEW_DAYS && until - from >= days.length / 3));
  const [begin, end] = startsFirst ? [until, days.length] : [from, until];
  return {
    ...rest,
    ...(startsFirst ? { shift: -rest.shift, inside: rest.outside, outside: rest.inside } : {}),
    firstDay: days[begin]!,
    lastDay: days[end - 1]! + daysEach - 1,
    lasting: end === days.length,
  };
}

function part({ days, values, weights }: DaySeries, range: DayRange): WeightedSeries {
  const isInside = (_: number, i: number) => isWithin(range, days[i]!);
  return { values: values.filter(isInside), weights: weights.filter(isInside) };
}

export function isWithin({ firstDay, lastDay }: DayRange, day: number | null): boolean {
  return day !== null && day >= firstDay && day <= lastDay;
}
