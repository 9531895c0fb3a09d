import { describe, expect, test } from 'vitest';
import { idHash } from '../../src/booking/id-hash.js';
import { trainModel } from '../../src/training/train.js';
import { history, SETTINGS, simulated } from './history.js';

const rides = simulated(5000);
const bookings = rides.map(({ booking }) => booking);
const trained = await trainModel(bookings, SETTINGS);
const small = history(600);

describe('training on simulated bookings', () => {
  test('comes within 8 % of the best attainable error on bookings it never saw', () => {
    const { train, validation } = trained.split;
    const noise = rides.slice(train + validation).map(({ noiseMinutes }) => Math.abs(noiseMinutes));
    const floor = noise.reduce((a, b) => a + b, 0) / noise.length;
    expect(trained.manifest.metrics.test?.n).toBe(noise.length);
    expect(trained.manifest.metrics.test?.mae).toBeLessThan(1.08 * floor);
  });

  test('gives intervals that cover what they promise', () => {
    const { level, coverage } = trained.manifest.interval!;
    expect(level).toBe(0.9);
    // 750 bookings: the standard error is 1.1 percentage points, more with whole days.
    expect(coverage).toBeGreaterThan(0.86);
    expect(coverage).toBeLessThan(0.94);
  });

  test('splits by time, and says until when it learned', () => {
    expect(trained.split.by).toBe('time');
    const { trainedUntil, simulated: marked } = trained.manifest.data;
    const later = bookings.filter(({ scheduled }) => scheduled!.epochMs > Date.parse(trainedUntil!));
    expect(later.length).toBe(trained.split.test);
    expect(marked).toBe(true);
  });

  test('gives the same bytes whatever the order of the bookings', async () => {
    const again = await trainModel([...small].reverse(), SETTINGS);
    const first = await trainModel(small, SETTINGS);
    expect(again.onnx).toEqual(first.onnx);
    expect(again.manifest).toEqual(first.manifest);
  });

  test('profiles every feature by ascending deciles', () => {
    for (const { min, max, quantiles } of trained.manifest.features) {
      expect(quantiles.length).toBe(11);
      expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
      expect([quantiles[0], quantiles[10]]).toEqual([min, max]);
    }
  });

  test('profiles its predictions, which vary less than what happened', () => {
    const { quantiles = [] } = trained.manifest.output;
    expect(quantiles.length).toBe(11);
    expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
    const delays = bookings.map(({ actualDelayMinutes }) => actualDelayMinutes!);
    expect(quantiles[0]).toBeGreaterThan(Math.min(...delays));
    expect(quantiles[10]).toBeLessThan(Math.max(...delays));
  });
});

describe('a table without times', () => {
  const table = small.map((booking) => ({
    ...booking,
    scheduled: null,
    given: { time_of_day: booking.scheduled!.hour, day_of_week: booking.scheduled!.weekday },
  }));

  test('is split by a shuffle, and the ids learned from are kept as ascending hashes', async () => {
    const { manifest, split } = await trainModel(table, SETTINGS);
    expect(split).toEqual({ by: 'shuffle', train: 420, validation: 90, test: 90 });
    expect(manifest.data).toMatchObject({ from: null, to: null, trainedUntil: null });
    const bytes = Buffer.from(manifest.data.trainingIds!, 'base64');
    const kept = Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readBigUInt64BE(i * 8));
    expect(kept.length).toBe(510);
    expect(kept).toEqual([...kept].sort((a, b) => (a < b ? -1 : 1)));
    const ids = new Set(table.map(({ id }) => idHash(id)));
    expect(kept.every((hash) => ids.has(hash))).toBe(true);
  });
});

describe('training refuses', () => {
  const refusals: [string, typeof small, RegExp][] = [
    ['too few settled bookings', small.slice(0, 499), /There are 499 settled bookings; .* at least 500/],
    ['outcomes that never differ', small.map((b) => ({ ...b, actualDelayMinutes: 4 })), /4 minutes late/],
    [
      'a column that gives the outcome away',
      small.map((b) => ({ ...b, given: { duration_seconds: b.actualDelayMinutes! * 60 } })),
      /given away by duration_seconds \(correlation 1\.000\)/,
    ],
  ];
  test.each(refusals)('%s', async (_, refused, message) => {
    await expect(trainModel(refused, SETTINGS)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(trainModel(refused, SETTINGS)).rejects.toThrow(message);
  });

  const sameInstant = (from: number, until: number) =>
    small.map((b, i) => (i >= from && i < until ? { ...b, scheduled: small[from]!.scheduled } : b));
  test.each([
    ['validation', sameInstant(400, 520), /for the validation part: too many share one scheduled_time/],
    ['test', sameInstant(500, 600), /for the test part/],
    ['validation and test', sameInstant(100, 600), /for the validation and the test part/],
  ])('a history that leaves no %s part', async (_, refused, message) => {
    await expect(trainModel(refused, SETTINGS)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(trainModel(refused, SETTINGS)).rejects.toThrow(message);
  });

  test('no column that is known in a handful of rows', async () => {
    const leak = (rows: number) =>
      small.map((b, i) => (i < rows ? { ...b, given: { traffic_squared: b.actualDelayMinutes! } } : b));
    const settings = { ...SETTINGS, features: ['traffic_squared', 'distance_km'] as const };
    const known = (rows: number) =>
      leak(rows).map((b) => ({ ...b, given: b.given ?? { traffic_squared: Number.NaN } }));
    await expect(trainModel(known(29), settings)).resolves.toBeDefined();
    await expect(trainModel(known(30), settings)).rejects.toThrow(/given away by traffic_squared/);
  });

  test('no bookings for outcomes that are recording errors: it counts them', async () => {
    const odd = small.map((b, i) => (i < 20 ? { ...b, actualDelayMinutes: i < 12 ? 181 : null } : b));
    const { excluded } = await trainModel(odd, SETTINGS);
    expect(excluded).toEqual({ delay_over_180_min: 12, not_settled: 8 });
  });
});

test('a feature without any news is kept and named', async () => {
  const flat = small.map((booking) => ({ ...booking, isRoundTrip: false, driverTotalBookings: null }));
  const { notices } = await trainModel(flat, SETTINGS);
  expect(notices).toContain('is_round_trip is 0 in every booking; the model does not use it.');
  expect(notices.some((notice) => /driver_total_bookings is missing in every booking/.test(notice))).toBe(
    true,
  );
});
