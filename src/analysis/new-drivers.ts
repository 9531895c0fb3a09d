import { type Insufficient, insufficient } from '../statistics/estimate.js';
import { meanOf as mean } from '../statistics/mean.js';
import { seededUniforms } from '../statistics/random.js';
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

interface DriverTotal {
  readonly name: string;
  readonly smallest: number;
  readonly count: number;
  /** Σ of the errors' deviations from the mean error of their day. */
  readonly deviation: number;
}

/**
 * Whether the model is off for new drivers. It knows how many rides a driver has, so beginners' ordinary slowness is
 * in its predictions; drivers are shuffled whole, because the rides of one are alike.
 */
export function newDrivers(rows: readonly ScoredRow[], seed: number): NewDrivers | Insufficient {
  const totals = driverTotals(rows);
  const tests = THRESHOLDS.map((newUpTo, i) => contrastAt(rows, totals, newUpTo, seed + i)).filter(
    (test) => test !== null,
  );
  const [best] = tests.sort((a, b) => a.p - b.p || Math.abs(b.contrast) - Math.abs(a.contrast));
  if (best === undefined) {
    return insufficient(`fewer than ${LEAST_DRIVERS} new drivers, or as many others, are known`);
  }
  return { ...best, p: Math.min(1, THRESHOLDS.length * best.p) };
}

function contrastAt(
  rows: readonly ScoredRow[],
  totals: readonly DriverTotal[],
  newUpTo: number,
  seed: number,
): NewDrivers | null {
  const isNew = totals.map(({ smallest }) => smallest <= newUpTo);
  const drivers = isNew.filter(Boolean).length;
  const others = totals.length - drivers;
  const names = new Set(totals.filter((_, i) => isNew[i]).map(({ name }) => name));
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
    contrast: contrastOf(totals, isNew),
    p: permutationP(totals, isNew, seed),
  };
}

function driverTotals(rows: readonly ScoredRow[]): DriverTotal[] {
  const days = new Map<number | null, { sum: number; count: number }>();
  for (const row of rows) {
    const day = days.get(row.day) ?? { sum: 0, count: 0 };
    days.set(row.day, { sum: day.sum + errorOf(row), count: day.count + 1 });
  }
  const drivers = new Map<string, DriverTotal>();
  for (const row of rows) {
    if (row.driverId === null || row.driverTotalBookings === null) continue;
    const { sum, count } = days.get(row.day)!;
    const known = drivers.get(row.driverId);
    drivers.set(row.driverId, {
      name: row.driverId,
      smallest: Math.min(known?.smallest ?? Number.POSITIVE_INFINITY, row.driverTotalBookings),
      count: (known?.count ?? 0) + 1,
      deviation: (known?.deviation ?? 0) + errorOf(row) - sum / count,
    });
  }
  return [...drivers.values()];
}

function contrastOf(totals: readonly DriverTotal[], isNew: readonly boolean[]): number {
  const sums = { newCount: 0, newSum: 0, count: 0, sum: 0 };
  for (const [i, { count, deviation }] of totals.entries()) {
    if (isNew[i]) {
      sums.newCount += count;
      sums.newSum += deviation;
    } else {
      sums.count += count;
      sums.sum += deviation;
    }
  }
  return sums.newSum / sums.newCount - sums.sum / sums.count;
}

function permutationP(totals: readonly DriverTotal[], isNew: readonly boolean[], seed: number): number {
  const uniform = seededUniforms(seed);
  const observed = Math.abs(contrastOf(totals, isNew));
  const shuffled = [...isNew];
  let asLarge = 0;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    for (let i = shuffled.length - 1; i > 0; i -= 1) {
      const j = Math.floor(uniform() * (i + 1));
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    if (Math.abs(contrastOf(totals, shuffled)) >= observed - 1e-12) asLarge += 1;
  }
  return (asLarge + 1) / (DRAWS + 1);
}
