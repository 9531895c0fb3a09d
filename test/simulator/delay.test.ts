import { describe, expect, it } from 'vitest';
import {
  approachMinutes,
  type Circumstances,
  experienceMinutes,
  noiseMinutes,
  structuralMinutes,
  weatherTimeFactor,
} from '../../src/simulator/delay.js';
import { randomStream } from '../../src/simulator/random.js';

const FINE = {
  temperatureC: 12,
  rainMm: 0,
  snowMm: 0,
  windKmh: 10,
  visibilityMeters: 10_000,
  cloudsPercent: 20,
};

const ORDINARY: Circumstances = {
  distanceKm: 6,
  durationSeconds: 900,
  trafficDensity: 0.3,
  weekday: 1,
  isMedical: false,
  isUrgent: false,
  isRoundTrip: false,
  experienceMinutes: 0,
  weatherTimeFactor: 1,
};

describe('weatherTimeFactor', () => {
  it.each([
    ['fine weather', FINE, 1, 1],
    ['unknown visibility', { ...FINE, visibilityMeters: null }, 1, 1],
    ['light rain', { ...FINE, rainMm: 0.1 }, 1.03, 1.1],
    ['light rain at its most', { ...FINE, rainMm: 2.5 }, 1.03, 1.1],
    ['moderate rain', { ...FINE, rainMm: 2.6 }, 1.08, 1.18],
    ['moderate rain at its most', { ...FINE, rainMm: 7.6 }, 1.08, 1.18],
    ['heavy rain', { ...FINE, rainMm: 7.7 }, 1.15, 1.3],
    ['a cloudburst', { ...FINE, rainMm: 80 }, 1.15, 1.3],
    ['light snow', { ...FINE, snowMm: 0.1 }, 1.15, 1.3],
    ['light snow at its most', { ...FINE, snowMm: 1.4 }, 1.15, 1.3],
    ['heavy snow', { ...FINE, snowMm: 1.5 }, 1.4, 1.65],
    ['a snowstorm', { ...FINE, snowMm: 30 }, 1.4, 1.65],
    ['thin fog', { ...FINE, visibilityMeters: 999 }, 1.08, 1.15],
    ['thick fog', { ...FINE, visibilityMeters: 50 }, 1.08, 1.15],
  ])('of %s lies in its range', (_, weather, low, high) => {
    expect(weatherTimeFactor(weather)).toBeGreaterThanOrEqual(low);
    expect(weatherTimeFactor(weather)).toBeLessThanOrEqual(high + 1e-12);
  });
});

describe('the structural delay', () => {
  const minutes = (change: Partial<Circumstances>) => {
    const circumstances = { ...ORDINARY, ...change };
    return structuralMinutes(circumstances, approachMinutes(circumstances));
  };

  it('takes 1.2 to 1.5 times as long at peak hours, by how dense they are', () => {
    const quiet = approachMinutes(ORDINARY);
    for (const trafficDensity of [0.6, 0.8]) {
      const factor = approachMinutes({ ...ORDINARY, trafficDensity }) / quiet;
      expect(factor).toBeGreaterThanOrEqual(1.2);
      expect(factor).toBeLessThanOrEqual(1.5);
    }
  });

  it('grows with distance, planned duration, bad weather, urgency and inexperience', () => {
    const ordinary = minutes({});
    expect(minutes({ distanceKm: 7 })).toBeGreaterThan(ordinary);
    expect(minutes({ durationSeconds: 1200 })).toBeGreaterThan(ordinary);
    expect(minutes({ weatherTimeFactor: 1.3 })).toBeGreaterThan(ordinary);
    expect(minutes({ isUrgent: true })).toBeGreaterThan(ordinary);
    expect(minutes({ isMedical: true })).toBeLessThan(ordinary);
    expect(minutes({ experienceMinutes: experienceMinutes(0) })).toBeGreaterThan(
      minutes({ experienceMinutes: experienceMinutes(300) }) + 2,
    );
  });
});

describe('the noise', () => {
  const APPROACH = 10;
  const COUNT = 100_000;
  const random = randomStream(4, 'outcomes');
  const noise = Array.from({ length: COUNT }, () => noiseMinutes(random, APPROACH, 0)).sort((a, b) => a - b);

  it('has its median at 0, so that the structural part is the best guess', () => {
    expect(noise[COUNT / 2]).toBeCloseTo(0, 1);
  });

  it('is log-normal with a sigma of 0.15 to 0.25', () => {
    const sigma = Math.log1p(noise[Math.round(0.8413 * COUNT)]! / APPROACH);
    expect(sigma).toBeGreaterThanOrEqual(0.15);
    expect(sigma).toBeLessThanOrEqual(0.25);
  });

  it('holds a disaster once in a thousand rides or so', () => {
    const disasters = noise.filter((minutes) => minutes > 10).length;
    expect(disasters / COUNT).toBeGreaterThan(0.0005);
    expect(disasters / COUNT).toBeLessThan(0.002);
  });
});
