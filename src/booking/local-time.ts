import { tzOffset } from '@date-fns/tz';

/** An instant together with the calendar of the place where it is lived. */
export interface LocalTime {
  /** Milliseconds since the epoch, UTC. */
  readonly epochMs: number;
  /** 0–23 on the local clock. */
  readonly hour: number;
  /** Monday = 0 … Sunday = 6. */
  readonly weekday: number;
  /** 1–12. */
  readonly month: number;
  /** Local days since 1970-01-01: equal for two instants exactly when they share a local date. */
  readonly dayNumber: number;
}

export const DEFAULT_TIME_ZONE = 'Europe/Zurich';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** Offsets change on whole quarters of an hour everywhere. */
const OFFSET_BLOCK_MS = 15 * MINUTE_MS;
/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 3;

/** The local calendar of an instant. `timeZone` is an IANA name that {@link isTimeZone} accepts. */
export function localTime(epochMs: number, timeZone: string): LocalTime {
  const wallMs = epochMs + offsetMs(epochMs, timeZone);
  const dayNumber = Math.floor(wallMs / DAY_MS);
  return {
    epochMs,
    hour: Math.floor((wallMs - dayNumber * DAY_MS) / HOUR_MS),
    weekday: (((dayNumber + EPOCH_WEEKDAY) % 7) + 7) % 7,
    month: monthOf(dayNumber),
    dayNumber,
  };
}

/** Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: years begin in March there. */
function monthOf(dayNumber: number): number {
  const sinceEra = dayNumber + 719_468;
  const dayOfEra = sinceEra - Math.floor(sinceEra / 146_097) * 146_097;
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const year = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const sinceMarch = Math.floor((5 * dayOfYear + 2) / 153);
  return sinceMarch < 10 ? sinceMarch + 3 : sinceMarch - 9;
}

/**
 * The instant at which a wall clock in `timeZone` shows `wallMs` (the reading, encoded as if it were UTC).
 * A reading that happens twice takes the first pass; one that is skipped gives `null`.
 */
export function instantOfWallTime(wallMs: number, timeZone: string): number | null {
  const before = offsetMs(wallMs - DAY_MS, timeZone);
  const after = offsetMs(wallMs + DAY_MS, timeZone);
  // No zone changes its clocks and changes them back within two days.
  if (before === after) return wallMs - before;
  const offsets = [before, after];
  const instants = offsets
    .map((offset) => wallMs - offset)
    .filter((instant) => instant + offsetMs(instant, timeZone) === wallMs);
  return instants.length === 0 ? null : Math.min(...instants);
}

/** What the clocks of the zone show at an instant: `2026-03-02 08:30:00`. */
export function wallTimeText(epochMs: number, timeZone: string): string {
  return new Date(epochMs + offsetMs(epochMs, timeZone)).toISOString().slice(0, 19).replace('T', ' ');
}

/** `YYYY-MM-DD` of a day number. */
export function dayLabel(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
}

export function isTimeZone(name: string): boolean {
  return !Number.isNaN(tzOffset(name, new Date(0)));
}

/** Offsets of one zone. */
interface Zone {
  readonly name: string;
  /** By whole day in UTC; NaN where the offset changes in it. */
  readonly days: Map<number, number>;
  /** By quarter of an hour, in those days. */
  readonly blocks: Map<number, number>;
}

const zones = new Map<string, Zone>();
/** Bookings of one run are of one zone. */
let latest: Zone | null = null;

/** The zone's offset from UTC in milliseconds. Remembered: the look-up is the costly part of a row. */
function offsetMs(epochMs: number, timeZone: string): number {
  const zone = latest?.name === timeZone ? latest : zoneOf(timeZone);
  latest = zone;
  const day = Math.floor(epochMs / DAY_MS);
  const all = zone.days.get(day) ?? remembered(zone.days, day, offsetOfDay(timeZone, day));
  if (!Number.isNaN(all)) return all;
  const block = Math.floor(epochMs / OFFSET_BLOCK_MS);
  return (
    zone.blocks.get(block) ?? remembered(zone.blocks, block, offsetAt(timeZone, block * OFFSET_BLOCK_MS))
  );
}

function offsetOfDay(timeZone: string, day: number): number {
  const first = offsetAt(timeZone, day * DAY_MS);
  return offsetAt(timeZone, (day + 1) * DAY_MS - 1) === first ? first : Number.NaN;
}

function offsetAt(timeZone: string, epochMs: number): number {
  return tzOffset(timeZone, new Date(epochMs)) * MINUTE_MS;
}

function remembered(offsets: Map<number, number>, key: number, offset: number): number {
  offsets.set(key, offset);
  return offset;
}

function zoneOf(name: string): Zone {
  const zone = zones.get(name) ?? { name, days: new Map(), blocks: new Map() };
  zones.set(name, zone);
  return zone;
}
