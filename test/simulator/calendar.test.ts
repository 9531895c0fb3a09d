import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayLabel } from '../../src/booking/local-time.js';
import {
  allocate,
  dayDemand,
  dayOfYear,
  hourlyDemand,
  isPublicHoliday,
  weekdayOf,
} from '../../src/simulator/calendar.js';
import { dayNumberOf } from '../../src/simulator/settings.js';

function holidaysOf(year: number): string[] {
  const first = dayNumberOf(`${year}-01-01`);
  return Array.from({ length: 365 }, (_, day) => first + day)
    .filter(isPublicHoliday)
    .map((day) => dayLabel(day).slice(5));
}

describe('the calendar of Geneva', () => {
  it.each([
    [2025, '01-01 04-18 04-21 05-29 06-09 08-01 09-11 12-25 12-31'],
    [2026, '01-01 04-03 04-06 05-14 05-25 08-01 09-10 12-25 12-31'],
    [2027, '01-01 03-26 03-29 05-06 05-17 08-01 09-09 12-25 12-31'],
  ])('knows the public holidays of %i', (year, expected) => {
    expect(holidaysOf(year).join(' ')).toBe(expected);
  });

  it('counts weekdays from Monday, and days of the year from 0', () => {
    expect(weekdayOf(dayNumberOf('2026-01-05'))).toBe(0);
    expect(weekdayOf(dayNumberOf('1969-12-28'))).toBe(6);
    expect(dayOfYear(dayNumberOf('2024-12-31'))).toBe(365);
  });

  it('opens later and shorter on Sundays and holidays', () => {
    const open = (date: string) => hourlyDemand(dayNumberOf(date)).filter((weight) => weight > 0).length;
    expect(open('2026-04-02')).toBe(16);
    expect(open('2026-04-03')).toBe(10);
    expect(hourlyDemand(dayNumberOf('2026-04-03'))).toEqual(hourlyDemand(dayNumberOf('2026-04-05')));
    expect(dayDemand(dayNumberOf('2026-04-03'))).toBeLessThan(dayDemand(dayNumberOf('2026-04-02')) / 3);
  });
});

describe('allocate', () => {
  it('gives whole parts that add up, each within one of its share', () => {
    const weights = fc.array(fc.double({ min: 0.01, max: 5, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(fc.nat(100_000), weights, (total, shares) => {
        const parts = allocate(total, shares);
        const sum = shares.reduce((a, b) => a + b, 0);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        parts.forEach((part, i) => {
          expect(Number.isInteger(part)).toBe(true);
          expect(Math.abs(part - (total * shares[i]!) / sum)).toBeLessThan(1.001);
        });
      }),
    );
  });
});
