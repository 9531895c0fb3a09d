import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayLabel } from '../../src/booking/local-time.js';
import { before, daysOf, PERIOD_KINDS, periodOf } from '../../src/report/period.js';

const ZURICH = 'Europe/Zurich';
const HOUR_MS = 3_600_000;
/** Wednesday. */
const NOW_MS = Date.parse('2026-03-25T09:00:00Z');

describe('a period', () => {
  it.each([
    ['week', null, '2026-W12', '2026-03-16', '2026-03-22'],
    ['week', 'last', '2026-W12', '2026-03-16', '2026-03-22'],
    ['week', 'this', '2026-W13', '2026-03-23', '2026-03-29'],
    ['week', '2026-W01', '2026-W01', '2025-12-29', '2026-01-04'],
    ['week', '2026-w53', '2026-W53', '2026-12-28', '2027-01-03'],
    ['week', '2024W01', '2024-W01', '2024-01-01', '2024-01-07'],
    ['month', null, '2026-02', '2026-02-01', '2026-02-28'],
    ['month', 'this', '2026-03', '2026-03-01', '2026-03-31'],
    ['month', '2024-02', '2024-02', '2024-02-01', '2024-02-29'],
  ] as const)('%s %s is %s, from %s to %s', (kind, text, name, first, last) => {
    const period = periodOf(kind, text, NOW_MS, ZURICH);
    expect([period.name, dayLabel(period.firstDay), dayLabel(period.lastDay)]).toEqual([name, first, last]);
  });

  it.each([
    ['week', '2025-W53'],
    ['week', '2026-W00'],
    ['week', '2026-12'],
    ['week', ''],
    ['week', 'next'],
    ['month', '2026-13'],
    ['month', '2026-00'],
    ['month', '2026-W12'],
    ['month', '2026-3'],
  ] as const)('refuses the %s "%s"', (kind, text) => {
    expect(() => periodOf(kind, text, NOW_MS, ZURICH)).toThrow(`--${kind} is "${text}"; expected a ${kind}`);
  });

  it('has an hour less where the clocks go forward, and one more where they go back', () => {
    const hours = (kind: 'week' | 'month', text: string) => {
      const { fromMs, untilMs } = periodOf(kind, text, NOW_MS, ZURICH);
      return (untilMs - fromMs) / HOUR_MS;
    };
    expect([hours('week', '2026-W13'), hours('week', '2026-W43')]).toEqual([167, 169]);
    expect([hours('month', '2026-03'), hours('month', '2026-10')]).toEqual([31 * 24 - 1, 31 * 24 + 1]);
  });

  it('begins at midnight of its place', () => {
    const { fromMs, untilMs } = periodOf('week', '2026-W13', NOW_MS, ZURICH);
    expect(new Date(fromMs).toISOString()).toBe('2026-03-22T23:00:00.000Z');
    expect(new Date(untilMs).toISOString()).toBe('2026-03-29T22:00:00.000Z');
  });
});

describe('periods', () => {
  // One of each kind of clock: none that changes, half an hour, midnight skipped, the other half of the world.
  const zone = fc.constantFrom(
    ...['UTC', ZURICH, 'Australia/Lord_Howe', 'America/Santiago', 'Africa/Cairo', 'Pacific/Apia'],
  );
  const instant = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2069, 0) });

  it.each(PERIOD_KINDS)('%ss tile the time: each instant is in one, and the next begins there', (kind) => {
    fc.assert(
      fc.property(instant, zone, (nowMs, timeZone) => {
        const present = periodOf(kind, 'this', nowMs, timeZone);
        expect(present.fromMs <= nowMs && nowMs < present.untilMs).toBe(true);
        const last = periodOf(kind, null, nowMs, timeZone);
        expect(last.untilMs).toBe(present.fromMs);
        expect(before(present, timeZone)).toEqual(last);
        expect(periodOf(kind, present.name, nowMs, timeZone)).toEqual(present);
      }),
    );
  });

  it.each(PERIOD_KINDS)('the days of a %s tile it', (kind) => {
    fc.assert(
      fc.property(instant, zone, (nowMs, timeZone) => {
        const period = periodOf(kind, 'this', nowMs, timeZone);
        const days = daysOf(period, timeZone);
        const ends = days.map(({ untilMs }) => untilMs);
        expect(days.map(({ fromMs }) => fromMs)).toEqual([period.fromMs, ...ends.slice(0, -1)]);
        expect(ends.at(-1)).toBe(period.untilMs);
      }),
    );
  });
});
