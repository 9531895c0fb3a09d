import { describe, expect, it } from 'vitest';
import { isPublicHoliday, weekdayOf } from '../../src/simulator/calendar.js';
import { planPeriod } from '../../src/simulator/period.js';
import { DEFAULT_SIMULATION } from '../../src/simulator/settings.js';

const PERIOD = planPeriod({ ...DEFAULT_SIMULATION, bookings: 100_000, days: 2000 });

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

describe('planPeriod', () => {
  it('shares all bookings out, fewer on Sundays and holidays', () => {
    expect(PERIOD.reduce((sum, { bookings }) => sum + bookings, 0)).toBe(100_000);
    const bookingsWhere = (of: (dayNumber: number) => boolean) =>
      mean(PERIOD.filter(({ dayNumber }) => of(dayNumber)).map(({ bookings }) => bookings));
    const isWorkday = (day: number) => weekdayOf(day) < 5 && !isPublicHoliday(day);
    expect(bookingsWhere((day) => weekdayOf(day) === 6)).toBeLessThan(0.4 * bookingsWhere(isWorkday));
    expect(bookingsWhere(isPublicHoliday)).toBeLessThan(0.4 * bookingsWhere(isWorkday));
  });

  it('has slow days that come in runs and cancel out over the period', () => {
    const slowness = PERIOD.map((day) => day.slowness);
    const variance = mean(slowness.map((x) => x * x));
    const neighbours = mean(slowness.slice(1).map((x, i) => x * slowness[i]!));
    expect(mean(slowness)).toBeCloseTo(0, 12);
    expect(neighbours / variance).toBeGreaterThan(0.4);
    expect(neighbours / variance).toBeLessThan(0.6);
  });

  it('expects of unknown weather what the weather around it does on average', () => {
    const winter = PERIOD[10]!.meanWeatherTimeFactor;
    expect(winter).toBeGreaterThan(1);
    expect(winter).toBeLessThan(1.15);
    expect(PERIOD[10]!.weather).toHaveLength(24);
  });

  it('has no slow day when there is one day only', () => {
    expect(planPeriod({ ...DEFAULT_SIMULATION, days: 1 })[0]?.slowness).toBe(0);
  });
});
