import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Batches, inBatches } from '../../src/booking/batches.js';
import { localTime } from '../../src/booking/local-time.js';
import { keepLatest, keepSample } from '../../src/replay/latest.js';
import { booking } from './booking.js';

function stream<T>(items: readonly T[]): Batches<T> {
  return inBatches(items, 3);
}

describe('keepLatest', () => {
  it('keeps what sorting everything would keep', async () => {
    const hours = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(hours, fc.integer({ min: 1, max: 20 }), async (times, count) => {
        const bookings = times.map((hour, i) =>
          booking({ id: String(i), scheduled: localTime(hour * 3_600_000, 'UTC') }),
        );
        const sorted = bookings.toSorted((a, b) => a.scheduled!.epochMs - b.scheduled!.epochMs).slice(-count);
        expect(await keepLatest(stream(bookings), count)).toEqual(sorted);
      }),
    );
  });

  it('keeps the last rows of a table without times', async () => {
    const rows = [1, 2, 3, 4, 5, 6, 7].map((id) => booking({ id: String(id), scheduled: null }));
    expect((await keepLatest(stream(rows), 3)).map(({ id }) => id)).toEqual(['5', '6', '7']);
  });
});

describe('keepSample', () => {
  it('gives the same sample for the same seed', async () => {
    const items = Array.from({ length: 100 }, (_, i) => i);
    expect(await keepSample(stream(items), 10, 7)).toEqual(await keepSample(stream(items), 10, 7));
    expect(await keepSample(stream(items), 10, 7)).not.toEqual(await keepSample(stream(items), 10, 8));
  });

  it('gives every item the same chance', async () => {
    const items = Array.from({ length: 20 }, (_, i) => i);
    const drawn = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 4000; seed += 1) {
      for (const item of await keepSample(stream(items), 5, seed)) drawn[item]! += 1;
    }
    // Expected 1000 each; χ² with 19 degrees of freedom stays below 43.8 in 99.9 % (the variance is 3/4 of Poisson's).
    const chiSquare = drawn.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(43.8);
  });

  it('takes all when there are fewer', async () => {
    expect(await keepSample(stream([1, 2]), 5, 1)).toEqual([1, 2]);
  });
});
