import { describe, expect, it } from 'vitest';
import { dayLabel, wallTimeText } from '../../src/booking/local-time.js';
import { closedDays } from '../../src/rollout/closed-days.js';

const ZONE = 'Europe/Zurich';
const HOUR_MS = 3_600_000;
const at = (iso: string) => Date.parse(iso);

/** Date, begin on the wall and length in hours of each day. */
function closed(sinceIso: string, nowIso: string, untilIso?: string) {
  const untilMs = untilIso === undefined ? [] : [at(untilIso)];
  return closedDays(at(sinceIso), at(nowIso), ZONE, ...untilMs).map(({ dayNumber, fromMs, untilMs }) => [
    dayLabel(dayNumber),
    wallTimeText(fromMs, ZONE).slice(11),
    (untilMs - fromMs) / HOUR_MS,
  ]);
}

describe('days that are closed', () => {
  it('begin in the middle of the first, and are whole from then on', () => {
    // Summer time: UTC + 2 h.
    expect(closed('2026-06-08T07:00:00Z', '2026-06-11T12:00:00Z')).toEqual([
      ['2026-06-08', '09:00:00', 15],
      ['2026-06-09', '00:00:00', 24],
      ['2026-06-10', '00:00:00', 24],
    ]);
    expect(closed('2026-06-07T22:00:00Z', '2026-06-09T12:00:00Z')).toEqual([['2026-06-08', '00:00:00', 24]]);
  });

  it('are due 195 minutes after their end, not a millisecond sooner', () => {
    expect(closed('2026-06-08T07:00:00Z', '2026-06-09T01:14:59.999Z')).toEqual([]);
    expect(closed('2026-06-08T07:00:00Z', '2026-06-09T01:15:00Z')).toEqual([['2026-06-08', '09:00:00', 15]]);
  });

  it('are none where it began just now, or later than now', () => {
    expect(closed('2026-06-08T07:00:00Z', '2026-06-08T07:00:00Z')).toEqual([]);
    expect(closed('2026-06-10T07:00:00Z', '2026-06-08T07:00:00Z')).toEqual([]);
  });

  it('have 23 and 25 hours where the clocks change', () => {
    // 29 March 2026: 02:00 becomes 03:00. 25 October: 03:00 becomes 02:00.
    expect(closed('2026-03-27T23:00:00Z', '2026-03-31T00:00:00Z')).toEqual([
      ['2026-03-28', '00:00:00', 24],
      ['2026-03-29', '00:00:00', 23],
    ]);
    expect(closed('2026-10-23T22:00:00Z', '2026-10-27T00:00:00Z')).toEqual([
      ['2026-10-24', '00:00:00', 24],
      ['2026-10-25', '00:00:00', 25],
    ]);
    // Due by what passed, not by what the clocks show: 03:15 on both mornings after.
    expect(closed('2026-03-28T23:00:00Z', '2026-03-30T01:14:59Z')).toEqual([]);
    expect(closed('2026-03-28T23:00:00Z', '2026-03-30T01:15:00Z')).toHaveLength(1);
    expect(closed('2026-10-24T22:00:00Z', '2026-10-26T02:14:59Z')).toEqual([]);
    expect(closed('2026-10-24T22:00:00Z', '2026-10-26T02:15:00Z')).toHaveLength(1);
    // On the very morning: the night before is over, and 195 min of it were 255 on the clocks.
    expect(closed('2026-03-27T23:00:00Z', '2026-03-29T02:15:00Z')).toHaveLength(1);
    expect(closed('2026-03-27T23:00:00Z', '2026-03-29T02:14:59Z')).toEqual([]);
  });

  it('join without a gap, over a year', () => {
    const days = closedDays(at('2026-01-01T10:00:00Z'), at('2027-01-05T00:00:00Z'), ZONE);
    expect(days).toHaveLength(368);
    for (const [i, day] of days.slice(1).entries()) {
      expect(day.fromMs).toBe(days[i]!.untilMs);
      expect(day.dayNumber).toBe(days[i]!.dayNumber + 1);
    }
  });

  it('end before a bound: the day that it cuts is left to what comes after', () => {
    const [since, now] = ['2026-06-01T07:00:00Z', '2026-06-20T12:00:00Z'];
    const dates = (until: string) => closed(since, now, until).map(([date]) => date);
    expect(dates('2026-06-04T07:00:00Z')).toEqual(['2026-06-01', '2026-06-02', '2026-06-03']);
    expect(dates('2026-06-03T22:00:00Z')).toEqual(['2026-06-01', '2026-06-02', '2026-06-03']);
    expect(dates('2026-06-03T21:59:59.999Z')).toEqual(['2026-06-01', '2026-06-02']);
    expect(dates(since)).toEqual([]);
    // The bound does not make days due that are not.
    expect(closed(since, '2026-06-03T12:00:00Z', '2026-06-10T00:00:00Z')).toHaveLength(2);
  });
});
