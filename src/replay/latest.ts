import { type Batches, oneByOne } from '../booking/batches.js';
import type { Booking } from '../booking/booking.js';
import { seededDraws } from '../statistics/random.js';

/**
 * The `count` most recent of a stream, oldest first; without times, the last ones in the stream's order.
 * Holds at most twice as many as it keeps.
 */
export async function keepLatest<T extends Booking>(batches: Batches<T>, count: number): Promise<T[]> {
  let kept: T[] = [];
  for await (const booking of oneByOne(batches)) {
    kept.push(booking);
    if (kept.length === 2 * count) kept = latest(kept, count);
  }
  return latest(kept, count);
}

/**
 * `count` bookings drawn at random without replacement (reservoir sampling, Vitter's algorithm R), in the
 * stream's order of arrival into the sample. The same seed and stream give the same sample.
 */
export async function keepSample<T>(batches: Batches<T>, count: number, seed: number): Promise<T[]> {
  const random = seededDraws(seed);
  const kept: T[] = [];
  let met = 0;
  for await (const booking of oneByOne(batches)) {
    met += 1;
    if (kept.length < count) {
      kept.push(booking);
      continue;
    }
    const slot = random.integer(0, met - 1);
    if (slot < count) kept[slot] = booking;
  }
  return kept;
}

/** Sorting is stable, so bookings of one instant, or without any, stay in the stream's order. */
function latest<T extends Booking>(bookings: T[], count: number): T[] {
  bookings.sort((a, b) => (a.scheduled?.epochMs ?? 0) - (b.scheduled?.epochMs ?? 0));
  return bookings.slice(-count);
}
