import { DAY_MS } from '../booking/local-time.js';

/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 3;

/** Relative bookings by hour of the day; 0 is closed. */
const OPENING_HOURS = {
  weekday: hours(6, [2, 6, 8, 7, 6, 6, 5, 5, 6, 6, 6, 7, 5, 3, 2, 1]),
  saturday: hours(7, [2, 4, 5, 5, 5, 4, 4, 4, 4, 4, 3, 2]),
  sunday: hours(8, [2, 3, 4, 3, 3, 3, 4, 4, 3, 2]),
} as const;

/** Relative bookings of a day, Monday first; a holiday is lived like a Sunday. */
const WEEKDAY_DEMAND = [1.0, 1.05, 1.05, 1.05, 1.1, 0.5, 0.3];
const HOLIDAY_DEMAND = 0.25;

/** Days from Easter Sunday: Good Friday, Easter Monday, Ascension, Whit Monday. */
const EASTER_HOLIDAYS = [-2, 1, 39, 50];
/** Month and day: New Year, national day, Christmas, Restoration of the Republic. */
const FIXED_HOLIDAYS = ['1-1', '8-1', '12-25', '12-31'];

/** Monday = 0 … Sunday = 6, of a day counted from 1970-01-01. */
export function weekdayOf(dayNumber: number): number {
  return (((dayNumber + EPOCH_WEEKDAY) % 7) + 7) % 7;
}

/** Days since 1 January of the same year, from 0. */
export function dayOfYear(dayNumber: number): number {
  const year = new Date(dayNumber * DAY_MS).getUTCFullYear();
  return dayNumber - dayNumberOf(year, 1, 1);
}

/** Expected bookings of a day relative to an ordinary Monday. */
export function dayDemand(dayNumber: number): number {
  return isPublicHoliday(dayNumber) ? HOLIDAY_DEMAND : WEEKDAY_DEMAND[weekdayOf(dayNumber)]!;
}

/** Relative bookings of each of the day's 24 hours; 0 outside the opening hours. */
export function hourlyDemand(dayNumber: number): readonly number[] {
  const weekday = weekdayOf(dayNumber);
  if (weekday === 6 || isPublicHoliday(dayNumber)) return OPENING_HOURS.sunday;
  return weekday === 5 ? OPENING_HOURS.saturday : OPENING_HOURS.weekday;
}

/** The public holidays of the canton of Geneva. */
export function isPublicHoliday(dayNumber: number): boolean {
  const date = new Date(dayNumber * DAY_MS);
  const year = date.getUTCFullYear();
  if (FIXED_HOLIDAYS.includes(`${date.getUTCMonth() + 1}-${date.getUTCDate()}`)) return true;
  if (EASTER_HOLIDAYS.includes(dayNumber - easterSunday(year))) return true;
  return dayNumber === genevaFast(year);
}

/** Splits `total` over days in proportion to `weights`, each cumulative sum rounded: the parts add up to `total`. */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let weightBefore = 0;
  let givenBefore = 0;
  return weights.map((weight, index) => {
    weightBefore += weight;
    // The last sum may differ from `sum` by rounding; the last day takes what is left.
    const given = index === weights.length - 1 ? total : Math.round((total * weightBefore) / sum);
    const part = given - givenBefore;
    givenBefore = given;
    return part;
  });
}

/** The Gregorian computus of Meeus, Jones and Butcher. */
function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return dayNumberOf(year, month, day);
}

/** The Thursday after the first Sunday of September. */
function genevaFast(year: number): number {
  const first = dayNumberOf(year, 9, 1);
  return first + (6 - weekdayOf(first)) + 4;
}

function dayNumberOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

function hours(opening: number, weights: readonly number[]): readonly number[] {
  return Array.from({ length: 24 }, (_, hour) => weights[hour - opening] ?? 0);
}
