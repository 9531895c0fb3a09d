import { type Insufficient, insufficient } from '../statistics/estimate.js';
import { meanOf as mean } from '../statistics/mean.js';
import { seededUniforms } from '../statistics/random.js';
import { t } from '../wording/t.js';
import { errorOf, type ScoredRow } from './scored-row.js';

/** Rides of drivers who are new against those of the others on the same days. */
export interface NewDrivers {
  readonly kind: 'tested';
  /** A driver is new whose smallest number of earlier bookings in the data is at most this. */
  readonly newUpTo: number;
  readonly drivers: number;
  readonly others: number;
  readonly bookings: number;
  /** Share of all bookings. */
  readonly share: number;
  /** Mean of predicted − actual, minutes. */
  readonly bias: number;
  readonly othersBias: number;
  readonly mae: number;
  readonly othersMae: number;
  /** Difference of the biases within days. */
  readonly contrast: number;
  /** By shuffling which drivers are new; of the more telling of the two thresholds, doubled. */
  readonly p: number;
}

/** Began in the data; or began shortly before. */
const THRESHOLDS = [5, 50];
const LEAST_DRIVERS = 5;
const LEAST_BOOKINGS = 20;
const DRAWS = 1999;

/** What a driver's rides of one day add up to. */
interface DriverDay {
  readonly driver: number;
  readonly day: number;
  readonly count: number;
  readonly errors: number;
}

/** The rides of known drivers, by driver and day, both numbered from 0. */
interface DriverDays {
  readonly names: readonly string[];
  /** The smallest number of earlier bookings of each driver. */
  readonly smallest: readonly number[];
  readonly days: number;
  readonly cells: readonly DriverDay[];
}

/**
 * Whether the model is off for new drivers. It knows how many rides a driver has, so beginners' ordinary slowness is
 * in its predictions; drivers are shuffled whole, because the rides of one are alike.
 */
export function newDrivers(rows: readonly ScoredRow[], seed: number): NewDrivers | Insufficient {
  const rides = driverDays(rows);
  const tests = THRESHOLDS.map((newUpTo, i) => contrastAt(rows, rides, newUpTo, seed + i)).filter(
    (test) => test !== null,
  );
  const [best] = tests.sort((a, b) => a.p - b.p || Math.abs(b.contrast) - Math.abs(a.contrast));
  if (best === undefined) {
    return insufficient(t`fewer than ${LEAST_DRIVERS} new drivers, or as many others, are known`);
  }
  return { ...best, p: Math.min(1, THRESHOLDS.length * best.p) };
}

function contrastAt(
  rows: readonly ScoredRow[],
  rides: DriverDays,
  newUpTo: number,
  seed: number,
): NewDrivers | null {
  const isNew = rides.smallest.map((smallest) => smallest <= newUpTo);
  const drivers = isNew.filter(Boolean).length;
  const others = isNew.length - drivers;
  const names = new Set(rides.names.filter((_, i) => isNew[i]));
  const theirs = rows.filter(({ driverId }) => driverId !== null && names.has(driverId));
  const rest = rows.filter(({ driverId }) => driverId !== null && !names.has(driverId));
  if (Math.min(drivers, others) < LEAST_DRIVERS || Math.min(theirs.length, rest.length) < LEAST_BOOKINGS)
    return null;
  return {
    kind: 'tested',
    newUpTo,
    drivers,
    others,
    bookings: theirs.length,
    share: theirs.length / rows.length,
    bias: mean(theirs.map(errorOf)),
    othersBias: mean(rest.map(errorOf)),
    mae: mean(theirs.map((row) => Math.abs(errorOf(row)))),
    othersMae: mean(rest.map((row) => Math.abs(errorOf(row)))),
    contrast: contrastOf(rides, isNew),
    p: permutationP(rides, isNew, seed),
  };
}

function driverDays(rows: readonly ScoredRow[]): DriverDays {
  const drivers = new Map<string, { number: number; smallest: number }>();
  const days = new Map<number | null, number>();
  const cells = new Map<string, { driver: number; day: number; count: number; errors: number }>();
  for (const row of rows) {
    if (row.driverId === null || row.driverTotalBookings === null) continue;
    const driver = drivers.get(row.driverId) ?? { number: drivers.size, smallest: Number.POSITIVE_INFINITY };
    drivers.set(row.driverId, driver);
    driver.smallest = Math.min(driver.smallest, row.driverTotalBookings);
    const day = days.get(row.day) ?? days.size;
    days.set(row.day, day);
    const key = `${driver.number} ${day}`;
    const cell = cells.get(key) ?? { driver: driver.number, day, count: 0, errors: 0 };
    cells.set(key, cell);
    cell.count += 1;
    cell.errors += errorOf(row);
  }
  const smallest = [...drivers.values()].map((driver) => driver.smallest);
  return { names: [...drivers.keys()], smallest, days: days.size, cells: [...cells.values()] };
}

/** The effect of being new in a regression of the error on it and on the day; 0 where no day has both. */
function contrastOf({ cells, days }: DriverDays, isNew: readonly boolean[]): number {
  const [all, errors] = [new Float64Array(days), new Float64Array(days)];
  const [newOnes, newErrors] = [new Float64Array(days), new Float64Array(days)];
  for (const cell of cells) {
    all[cell.day]! += cell.count;
    errors[cell.day]! += cell.errors;
    if (!isNew[cell.driver]) continue;
    newOnes[cell.day]! += cell.count;
    newErrors[cell.day]! += cell.errors;
  }
  let [explained, spread] = [0, 0];
  for (let day = 0; day < days; day += 1) {
    const share = newOnes[day]! / all[day]!;
    explained += newErrors[day]! - share * errors[day]!;
    spread += newOnes[day]! * (1 - share);
  }
  return spread === 0 ? 0 : explained / spread;
}

function permutationP(rides: DriverDays, isNew: readonly boolean[], seed: number): number {
  const uniform = seededUniforms(seed);
  const observed = Math.abs(contrastOf(rides, isNew));
  const shuffled = [...isNew];
  let asLarge = 0;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    for (let i = shuffled.length - 1; i > 0; i -= 1) {
      const j = Math.floor(uniform() * (i + 1));
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    if (Math.abs(contrastOf(rides, shuffled)) >= observed - 1e-12) asLarge += 1;
  }
  return (asLarge + 1) / (DRAWS + 1);
}
