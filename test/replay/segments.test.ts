import { describe, expect, it } from 'vitest';
import { localTime } from '../../src/booking/local-time.js';
import { readInputs } from '../../src/features/inputs.js';
import { addToSegments, emptySegmentTally, judgeSegments } from '../../src/replay/segments.js';
import { seededUniforms } from '../../src/statistics/random.js';
import { booking } from './booking.js';

/** `perDay` bookings on each of 30 days; `gain` tells how much smaller the model's error is. */
function judged(perDay: number, gain: (urgent: boolean) => number, seed = 1) {
  const uniform = seededUniforms(seed);
  const tally = emptySegmentTally();
  for (let i = 0; i < 30 * perDay; i++) {
    const isUrgent = i % 4 === 0;
    const scheduled = localTime(Date.UTC(2026, 2, 1 + (i % 30), 8), 'Europe/Zurich');
    const inputs = readInputs(booking({ isUrgent, scheduled }));
    const heuristic = 1 + 4 * uniform();
    const model = Math.max(0, heuristic - gain(isUrgent) + 2 * (uniform() - 0.5));
    addToSegments(tally, inputs, { model, heuristic, actual: 0, day: scheduled.dayNumber, driver: i % 17 });
  }
  return judgeSegments(tally);
}

describe('segments', () => {
  it('finds the part in which the model is worse', () => {
    const segments = judged(10, (urgent) => (urgent ? -1 : 1));
    // Hour, distance, medical and the rest are the same for all bookings.
    expect(segments).toMatchObject([
      { by: 'urgent', segment: 'no', n: 225, result: 'better', reason: null },
      { by: 'urgent', segment: 'yes', n: 75, result: 'worse', reason: null },
    ]);
    for (const { value, lower, upper, pValue, adjustedP } of segments) {
      expect(lower!).toBeLessThan(value!);
      expect(value!).toBeLessThan(upper!);
      expect(adjustedP!).toBeGreaterThanOrEqual(pValue!);
    }
  });

  it('refuses to judge a part of fewer than 20 bookings', () => {
    expect(judged(2, () => 1)[1]).toMatchObject({
      n: 15,
      value: null,
      result: 'insufficient',
      reason: '15 of at least 20 bookings',
    });
  });

  it('names a difference between equals in few replays', () => {
    let named = 0;
    for (let seed = 0; seed < 200; seed++) {
      if (judged(4, () => 0, 1000 + seed * 7919).some(({ result }) => result !== 'insufficient')) named++;
    }
    expect(named / 200).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 200));
  });
});
