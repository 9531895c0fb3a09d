import { t } from '../wording/t.js';
import { instantOfWallTime, type LocalTime, localTime } from './local-time.js';

/** After `YYYY-MM-DD hh:mm` with or without seconds: their fraction, and the offset from UTC. */
const TAIL = /^(?:[.,](\d+))?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i;
/** Character codes. */
const CODE = { space: 32, hyphen: 45, digit0: 48, colon: 58, letterT: 84, smallT: 116 } as const;

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
  const text = typeof value === 'string' ? value.trim() : '';
  const hasSeconds = text.charCodeAt(16) === CODE.colon;
  const tail = readTail(text.slice(hasSeconds ? 19 : 16), hasSeconds);
  if (!isDateAndTime(text) || tail === null) return notATime();
  const wallMs = wallTimeMs(text, hasSeconds, tail.millisecond);
  if (typeof wallMs === 'string') return wallMs;
  const { offset } = tail;
  const epochMs = offset === null ? instantOfWallTime(wallMs, timeZone) : instantOfOffset(wallMs, offset);
  if (epochMs === null) return skippedByClocks(timeZone);
  return Number.isNaN(epochMs) ? notATime() : localTime(epochMs, timeZone);
}

/** What stands between the digits of `YYYY-MM-DD hh:mm`. */
function isDateAndTime(text: string): boolean {
  const between = text.charCodeAt(10);
  return (
    text.charCodeAt(4) === CODE.hyphen &&
    text.charCodeAt(7) === CODE.hyphen &&
    (between === CODE.space || between === CODE.letterT || between === CODE.smallT) &&
    text.charCodeAt(13) === CODE.colon
  );
}

/** NaN where there are no two digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - CODE.digit0;
  const ones = text.charCodeAt(at + 1) - CODE.digit0;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

interface Tail {
  readonly millisecond: number;
  /** `Z`, `+01:00`, `+0100` or `+01`; `null` for a local time. */
  readonly offset: string | null;
}

const NO_TAIL: Tail = { millisecond: 0, offset: null };

function readTail(tail: string, hasSeconds: boolean): Tail | null {
  if (tail === '') return NO_TAIL;
  const found = TAIL.exec(tail);
  if (found === null || (found[1] !== undefined && !hasSeconds)) return null;
  const millisecond = found[1] === undefined ? 0 : Number(found[1].slice(0, 3).padEnd(3, '0'));
  return { millisecond, offset: found[2] ?? null };
}

function notATime(): string {
  return t`is not a time (expected ISO 8601 such as 2026-03-02 08:30 or 2026-03-02T08:30:00+01:00)`;
}

/** The reason that {@link readTimestamp} gives for a reading that the clocks of the zone never show. */
export function skippedByClocks(timeZone: string): string {
  return t`does not exist in ${timeZone}: the clocks skip that hour`;
}

/** The reading of the clock, as if it were UTC; the reason when no calendar or clock shows it. */
function wallTimeMs(text: string, hasSeconds: boolean, millisecond: number): number | string {
  // Digit by digit: a regular expression would cut out eight texts for every booking.
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = hasSeconds ? twoDigits(text, 17) : 0;
  if (Number.isNaN(year + month + day + hour + minute + second)) return notATime();
  if (year < FIRST_YEAR || year > LAST_YEAR) return t`is not in the years ${FIRST_YEAR} to ${LAST_YEAR}`;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
    return t`is not a date of the calendar`;
  if (hour > 23 || minute > 59 || second > 59) return t`is not a time of day (expected 00:00 to 23:59:59)`;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
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
