import { type Insufficient, insufficient } from '../statistics/estimate.js';
import { studentCdf } from '../statistics/special-functions.js';
import { t } from '../wording/t.js';
import type { DayRange } from './shifts.js';
import { isWithin } from './shifts.js';

/** Bookings a day inside a stretch against the other days of the data, weekdays compared with their like. */
export interface Demand {
  readonly kind: 'tested';
  readonly inside: number;
  readonly outside: number;
  /** Of the medians a weekday; 2 is twice as many. */
  readonly ratio: number;
  readonly p: number;
}

const DAYS_A_WEEK = 7;
const LEAST_DAYS = 4;
/** The first and the last day of an export are often cut. */
const CUT_FROM_DAYS = 14;

/** Regresses the logarithm of the bookings a day on weekday and stretch. */
export function demandIn(perDay: ReadonlyMap<number, number>, range: DayRange): Demand | Insufficient {
  const days = wholeDays(perDay);
  const inside = days.filter(([day]) => isWithin(range, day));
  const outside = days.filter(([day]) => !isWithin(range, day));
  if (inside.length < LEAST_DAYS || outside.length < LEAST_DAYS) {
    return insufficient(
      t`${inside.length} days inside and ${outside.length} outside, ${LEAST_DAYS} of each needed`,
    );
  }
  const rows = days.map(([day, count]) => ({
    weekday: ((day % DAYS_A_WEEK) + DAYS_A_WEEK) % DAYS_A_WEEK,
    step: isWithin(range, day) ? 1 : 0,
    value: Math.log(count + 0.5),
  }));
  // Centring both within weekdays takes the weekday out of the regression.
  const steps = centred(rows, ({ step }) => step);
  const values = centred(rows, ({ value }) => value);
  const spread = dot(steps, steps);
  if (spread === 0) return insufficient(t`no weekday lies both inside and outside`);
  const slope = dot(steps, values) / spread;
  const degrees = rows.length - new Set(rows.map(({ weekday }) => weekday)).size - 1;
  if (degrees < 1) return insufficient(t`too few days for their weekdays`);
  const residual = values.map((value, i) => value - slope * steps[i]!);
  const standardError = Math.sqrt(dot(residual, residual) / degrees / spread);
  return {
    kind: 'tested',
    inside: meanCount(inside),
    outside: meanCount(outside),
    ratio: Math.exp(slope),
    p: standardError === 0 ? 0 : 2 * studentCdf(-Math.abs(slope / standardError), degrees),
  };
}

/** Days of the span in their order, those without a booking included. */
function wholeDays(perDay: ReadonlyMap<number, number>): [day: number, count: number][] {
  const first = Math.min(...perDay.keys());
  const last = Math.max(...perDay.keys());
  const all = Array.from({ length: Math.max(0, last - first + 1) }, (_, i): [number, number] => {
    return [first + i, perDay.get(first + i) ?? 0];
  });
  return all.length >= CUT_FROM_DAYS ? all.slice(1, -1) : all;
}

function centred<T extends { weekday: number }>(rows: readonly T[], of: (row: T) => number): number[] {
  const means = Array.from({ length: DAYS_A_WEEK }, (_, weekday) => {
    const values = rows.filter((row) => row.weekday === weekday).map(of);
    return values.reduce((a, b) => a + b, 0) / values.length;
  });
  return rows.map((row) => of(row) - means[row.weekday]!);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function meanCount(days: readonly (readonly [number, number])[]): number {
  return days.reduce((sum, [, count]) => sum + count, 0) / days.length;
}
