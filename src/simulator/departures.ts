import { DEFAULT_TIME_ZONE, instantOfWallTime, type LocalTime, localTime } from '../booking/local-time.js';
import { hourlyDemand } from './calendar.js';
import type { Random } from './random.js';

/** Bookings that share one scheduled time. */
export interface Departure {
  readonly scheduled: LocalTime;
  readonly bookings: number;
}

const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;
const QUARTERS_PER_DAY = 96;
/** People ask for the full hour and the half first. */
const QUARTER_TABLE = [0, 0, 0, 0, 1, 2, 2, 2, 3, 3];

/** Spreads a day's bookings over its opening hours: the scheduled times in order, each with its count. */
export function departures(random: Random, dayNumber: number, bookings: number): Departure[] {
  const hourTable = hourlyDemand(dayNumber).flatMap((weight, hour) => Array<number>(weight).fill(hour));
  const counts = new Array<number>(QUARTERS_PER_DAY).fill(0);
  for (let i = 0; i < bookings; i += 1) {
    const hour = hourTable[random.below(hourTable.length)]!;
    counts[4 * hour + QUARTER_TABLE[random.below(QUARTER_TABLE.length)]!]! += 1;
  }
  return counts.flatMap((count, quarter) => {
    return count === 0 ? [] : [{ scheduled: quarterOf(dayNumber, quarter), bookings: count }];
  });
}

function quarterOf(dayNumber: number, quarter: number): LocalTime {
  const epochMs = instantOfWallTime(dayNumber * 24 * HOUR_MS + quarter * QUARTER_MS, DEFAULT_TIME_ZONE);
  if (epochMs === null) throw new Error('nobody opens in the hour that summer time skips');
  return localTime(epochMs, DEFAULT_TIME_ZONE);
}
