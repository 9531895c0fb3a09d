import type { ScoredRow } from '../../src/analysis/scored-row.js';
import { seededUniforms } from '../../src/statistics/random.js';
import { normalQuantile } from '../../src/statistics/special-functions.js';

export const FIRST_DAY = 20_000;

/** A booking predicted 5 min late that came 5 min late, with what a test wants different. */
export function row(changes: Partial<ScoredRow> = {}): ScoredRow {
  return {
    bookingId: '1',
    atMs: FIRST_DAY * 86_400_000,
    day: FIRST_DAY,
    driverId: '7',
    driverTotalBookings: 120,
    modelMinutes: 5,
    heuristicMinutes: 5,
    actualMinutes: 5,
    lowerMinutes: 2,
    upperMinutes: 8,
    confidence: 0.9,
    expectedErrorMinutes: 1,
    weatherFactor: 0.5,
    features: Float32Array.of(4),
    outOfRange: [],
    ...changes,
  };
}

/** `perDay` bookings on each of `days` days, off by normal luck of 1 min, and `change`d by their day and number. */
export function rides(
  days: number,
  perDay: number,
  change: (day: number, i: number, luck: number) => Partial<ScoredRow> = () => ({}),
  seed = 1,
): ScoredRow[] {
  const uniform = seededUniforms(seed);
  // Of small seeds the first numbers are all near 1.
  for (let i = 0; i < 20; i += 1) uniform();
  return Array.from({ length: days * perDay }, (_, i) => {
    const day = Math.floor(i / perDay);
    const luck = normalQuantile(Math.max(uniform(), 1e-9));
    return row({
      bookingId: String(i),
      day: FIRST_DAY + day,
      driverId: String(i % 20),
      actualMinutes: 5 + luck,
      features: Float32Array.of(uniform() * 10),
      ...change(day, i, luck),
    });
  });
}
