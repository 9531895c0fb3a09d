import { type Column, driftOf, type Reference } from './drift.js';
import type { ScoredRow } from './scored-row.js';
import { isWeatherFeature } from './shares.js';

/** The columns that drifted on one local day by itself. */
export interface DriftDay {
  readonly day: number;
  readonly names: readonly string[];
}

/** The null distribution of the stability index is unknown below. */
const LEAST_BOOKINGS = 100;

/** Tests each local day with enough bookings, as a watch that looks once a day would. */
export function driftDays(
  rows: readonly ScoredRow[],
  columns: readonly Column[],
  reference: Reference,
): DriftDay[] {
  const days = new Map<number, ScoredRow[]>();
  for (const row of rows) {
    if (row.day === null) continue;
    const sameDay = days.get(row.day) ?? [];
    sameDay.push(row);
    days.set(row.day, sameDay);
  }
  // All bookings of a day have its weather, and its weekday's traffic: no single day has those of training.
  const tested = columns.filter(({ name }) => !isWeatherFeature(name) && !name.includes('traffic'));
  return [...days]
    .filter(([, members]) => members.length >= LEAST_BOOKINGS)
    .sort(([a], [b]) => a - b)
    .map(([day, members]) => ({
      day,
      names: driftOf(members, tested, reference)
        .filter(({ drifted }) => drifted)
        .map(({ name }) => name),
    }));
}

/** What drifted on both of the last two days, if these follow each other: one day may be an outing. */
export function heldDrift(days: readonly DriftDay[]): string[] {
  const [before, last] = [days.at(-2), days.at(-1)];
  if (before === undefined || last === undefined || last.day !== before.day + 1) return [];
  return last.names.filter((name) => before.names.includes(name));
}
