import { instantOfWallTime, type LocalTime, localTime } from './local-time.js';

const TIMESTAMP =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

const NOT_A_TIME = 'is not a time (expected ISO 8601 such as 2026-03-02 08:30 or 2026-03-02T08:30:00+01:00)';
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;
const MINUTE_MS = 60_000;
/** No zone is further from UTC. */
const MOST_OFFSET_HOURS = 15;

/**
 * A scheduled time from its text: an instant when it has an offset or Z, else what the clocks of `timeZone` show.
 * Fractions below a millisecond are cut. Gives the reason, as a text, when it is no time or one that the clocks skip.
 */
export function readTimestamp(value: unknown, timeZone: string): LocalTime | string {
  const parts = typeof value === 'string' ? TIMESTAMP.exec(value.trim()) : null;
  if (parts === null) return NOT_A_TIME;
  const wallMs = wallTimeMs(parts);
  if (typeof wallMs === 'string') return wallMs;
  const offset = parts[8];
  const epochMs =
    offset === undefined ? instantOfWallTime(wallMs, timeZone) : instantOfOffset(wallMs, offset);
  if (epochMs === null) return skippedByClocks(timeZone);
  return Number.isNaN(epochMs) ? NOT_A_TIME : localTime(epochMs, timeZone);
}

/** The reason that {@link readTimestamp} gives for a reading that the clocks of the zone never show. */
export function skippedByClocks(timeZone: string): string {
  return `does not exist in ${timeZone}: the clocks skip that hour`;
}

/** The reading of the clock, as if it were UTC; the reason when no calendar or clock shows it. */
function wallTimeMs(parts: RegExpExecArray): number | string {
  const year = Number(parts[1]);
  const month = Number(parts[2]);
  const day = Number(parts[3]);
  const hour = Number(parts[4]);
  const minute = Number(parts[5]);
  const second = Number(parts[6] ?? 0);
  if (year < FIRST_YEAR || year > LAST_YEAR) return `is not in the years ${FIRST_YEAR} to ${LAST_YEAR}`;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return 'is not a date of the calendar';
  if (hour > 23 || minute > 59 || second > 59) return 'is not a time of day (expected 00:00 to 23:59:59)';
  const milliseconds = parts[7] === undefined ? 0 : Number(parts[7].slice(0, 3).padEnd(3, '0'));
  return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
}

/** NaN for an offset that no zone has. */
function instantOfOffset(wallMs: number, offset: string): number {
  if (offset === 'Z' || offset === 'z') return wallMs;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || 0);
  if (hours > MOST_OFFSET_HOURS || minutes > 59) return Number.NaN;
  const offsetMs = (hours * 60 + minutes) * MINUTE_MS;
  return offset.startsWith('-') ? wallMs + offsetMs : wallMs - offsetMs;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
