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
  const wall = new Date(wallMs);
  return {
    epochMs,
    hour: wall.getUTCHours(),
    weekday: (((dayNumber + EPOCH_WEEKDAY) % 7) + 7) % 7,
    month: wall.getUTCMonth() + 1,
    dayNumber,
  };
}

/**
 * The instant at which a wall clock in `timeZone` shows `wallMs` (the reading, encoded as if it were UTC).
 * A reading that happens twice takes the first pass; one that is skipped gives `null`.
 */
export function instantOfWallTime(wallMs: number, timeZone: string): number | null {
  const offsets = [offsetMs(wallMs - DAY_MS, timeZone), offsetMs(wallMs + DAY_MS, timeZone)];
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

const offsetsByZone = new Map<string, Map<number, number>>();

/** The zone's offset from UTC in milliseconds. Remembered by quarter hour: the look-up is the costly part of a row. */
function offsetMs(epochMs: number, timeZone: string): number {
  const offsets = offsetsByZone.get(timeZone) ?? new Map<number, number>();
  offsetsByZone.set(timeZone, offsets);
  const block = Math.floor(epochMs / OFFSET_BLOCK_MS);
  const remembered = offsets.get(block);
  if (remembered !== undefined) return remembered;
  const offset = tzOffset(timeZone, new Date(block * OFFSET_BLOCK_MS)) * MINUTE_MS;
  offsets.set(block, offset);
  return offset;
}
