import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/simulator/random.js';
import { dayNumberOf } from '../../src/simulator/settings.js';
import { simulateWeather } from '../../src/simulator/weather-process.js';

const DAYS = Array.from({ length: 3 * 365 }, (_, day) => dayNumberOf('2025-01-01') + day);
const YEARS = simulateWeather(randomStream(2, 'weather'), DAYS, () => false);
const HOURS = YEARS.flat();

function monthlyMean(month: number): number {
  const hours = YEARS.filter((_, day) => Math.floor((day % 365) / 30.5) + 1 === month).flat();
  return hours.reduce((sum, { temperatureC }) => sum + temperatureC, 0) / hours.length;
}

function share(of: (hour: (typeof HOURS)[number]) => boolean): number {
  return HOURS.filter(of).length / HOURS.length;
}

describe('simulateWeather', () => {
  it('has cold winters and warm summers', () => {
    expect(monthlyMean(1)).toBeGreaterThan(-2);
    expect(monthlyMean(1)).toBeLessThan(6);
    expect(monthlyMean(7)).toBeGreaterThan(17);
    expect(monthlyMean(7)).toBeLessThan(24);
  });

  it('has some of each: rain, snow in the cold only, fog in dry hours, and reports without visibility', () => {
    expect(share(({ rainMm }) => rainMm > 0)).toBeGreaterThan(0.06);
    expect(share(({ rainMm }) => rainMm > 0)).toBeLessThan(0.2);
    expect(share(({ snowMm }) => snowMm > 0)).toBeGreaterThan(0.005);
    expect(share(({ snowMm, temperatureC }) => snowMm > 0 && temperatureC > 0.5)).toBe(0);
    expect(share((hour) => hour.rainMm === 0 && (hour.visibilityMeters ?? 9999) < 1000)).toBeGreaterThan(
      0.01,
    );
    expect(share(({ visibilityMeters }) => visibilityMeters === null)).toBeCloseTo(0.05, 2);
  });

  it('lasts: a wet hour follows a wet hour far more often than a dry one', () => {
    const wet = HOURS.map(({ rainMm, snowMm }) => rainMm + snowMm > 0);
    const shareAfter = (before: boolean) => {
      const next = wet.slice(1).filter((_, i) => wet[i] === before);
      return next.filter(Boolean).length / next.length;
    };
    expect(shareAfter(true)).toBeGreaterThan(5 * shareAfter(false));
  });

  it('is plausible in every hour', () => {
    for (const hour of HOURS) {
      expect(Math.abs(hour.temperatureC)).toBeLessThan(45);
      expect(hour.cloudsPercent).toBeGreaterThanOrEqual(0);
      expect(hour.cloudsPercent).toBeLessThanOrEqual(100);
      expect(hour.windKmh).toBeLessThan(110);
      expect(hour.rainMm * hour.snowMm).toBe(0);
      expect(hour.visibilityMeters ?? 300).toBeGreaterThanOrEqual(200);
    }
  });

  it('snows all day on the days that are told to, and leaves the others alone', () => {
    const snowy = simulateWeather(randomStream(2, 'weather'), DAYS.slice(0, 20), (day) => day === 10);
    expect(snowy[10]!.every(({ snowMm, temperatureC }) => snowMm >= 2 && temperatureC < 0)).toBe(true);
    expect(snowy.filter((_, day) => day !== 10)).toEqual(YEARS.slice(0, 20).filter((_, day) => day !== 10));
  });
});
