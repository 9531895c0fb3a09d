import { describe, expect, test } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import { localTime } from '../../src/booking/local-time.js';
import {
  type Encodings,
  FEATURE_NAMES,
  type FeatureName,
  featureWriter,
  isFeatureName,
} from '../../src/features/features.js';
import { readInputs } from '../../src/features/inputs.js';

const UNKNOWN: Booking = {
  id: '1',
  scheduled: null,
  pickup: null,
  dropoff: null,
  distanceMeters: null,
  durationSeconds: null,
  isMedical: null,
  isUrgent: null,
  isRoundTrip: null,
  driverId: null,
  driverTotalBookings: null,
  weather: null,
  simulated: false,
  actualDelayMinutes: null,
  given: null,
};

const CLEAR = {
  temperatureC: 20,
  rainMm: 0,
  snowMm: 0,
  windKmh: 0,
  visibilityMeters: 10_000,
  cloudsPercent: 0,
};

const ENCODINGS: Encodings = {
  delay_by_hour: { default: 3.5, values: { 0: 1.25, 8: 6.5 } },
  delay_by_day: { default: 4, values: { 0: 5.5, 6: 2.25 } },
  delay_by_driver_exp: { default: 9, values: { 0: 7, 1: 5, 2: 3 } },
};

/** The named features of a booking of which only `known` is known. */
function featuresOf(known: Partial<Booking>): Record<FeatureName, number> {
  const booking: Booking = { ...UNKNOWN, ...known };
  const row = new Float64Array(FEATURE_NAMES.length);
  featureWriter(FEATURE_NAMES, ENCODINGS)(readInputs(booking), booking.given, row);
  return Object.fromEntries(FEATURE_NAMES.map((name, i) => [name, row[i]])) as Record<FeatureName, number>;
}

/** 2026-03-02 is a Monday; in Zurich it is UTC + 1. */
function at(weekday: number, hour: number): Partial<Booking> {
  return { scheduled: localTime(Date.UTC(2026, 2, 2 + weekday, hour - 1, 30), 'Europe/Zurich') };
}

const km = (distanceKm: number): Partial<Booking> => ({ distanceMeters: distanceKm * 1000 });
const driver = (driverTotalBookings: number): Partial<Booking> => ({ driverTotalBookings });
const traffic = (density: number): Partial<Booking> => ({ given: { traffic_density: density } });

interface Case {
  readonly name: string;
  readonly known: Partial<Booking>;
  readonly expected: Partial<Record<FeatureName, number>>;
}

const CASES: readonly Case[] = [
  { name: 'midnight on Monday', known: at(0, 0), expected: { time_of_day: 0, day_of_week: 0, month: 3 } },
  { name: 'last hour of Sunday', known: at(6, 23), expected: { time_of_day: 23, day_of_week: 6, month: 3 } },
  {
    name: 'the month of the local clock',
    known: { scheduled: localTime(Date.UTC(2026, 11, 31, 23, 30), 'Europe/Zurich') },
    expected: { time_of_day: 0, day_of_week: 4, month: 1 },
  },
  { name: 'hour on the circle, 0', known: at(0, 0), expected: { hour_sin: 0, hour_cos: 1 } },
  { name: 'hour on the circle, 6', known: at(0, 6), expected: { hour_sin: 1, hour_cos: 0 } },
  { name: 'hour on the circle, 18', known: at(0, 18), expected: { hour_sin: -1, hour_cos: 0 } },
  { name: 'day on the circle, Monday', known: at(0, 9), expected: { day_sin: 0, day_cos: 1 } },
  {
    name: 'day on the circle, Sunday',
    known: at(6, 9),
    expected: { day_sin: -0.7818314824680299, day_cos: 0.6234898018587334 },
  },
  { name: 'Friday is no weekend', known: at(4, 12), expected: { is_weekend: 0, traffic_density: 0.5 } },
  { name: 'Saturday is', known: at(5, 12), expected: { is_weekend: 1, traffic_density: 0.3 } },
  { name: 'Sunday is', known: at(6, 8), expected: { is_weekend: 1, traffic_density: 0.48 } },

  {
    name: 'coordinates before the own distance: Geneva to Zurich',
    known: { pickup: { lat: 46.2044, lon: 6.1432 }, dropoff: { lat: 47.3769, lon: 8.5417 }, ...km(1) },
    expected: { distance_km: 224.351032812 },
  },
  {
    name: 'a quarter of a great circle',
    known: { pickup: { lat: 0, lon: 0 }, dropoff: { lat: 90, lon: 0 } },
    expected: { distance_km: (6371 * Math.PI) / 2 },
  },
  {
    name: 'antipodes',
    known: { pickup: { lat: 0, lon: 0 }, dropoff: { lat: 0, lon: 180 } },
    expected: { distance_km: 6371 * Math.PI },
  },
  {
    name: 'across the date line',
    known: { pickup: { lat: 0, lon: 179.5 }, dropoff: { lat: 0, lon: -179.5 } },
    expected: { distance_km: (6371 * Math.PI) / 180 },
  },
  {
    name: 'coordinate 0 is a place',
    known: { pickup: { lat: 0, lon: 0 }, dropoff: { lat: 0, lon: 1 }, ...km(7) },
    expected: { distance_km: (6371 * Math.PI) / 180 },
  },
  {
    name: 'the same place',
    known: { pickup: { lat: 46.2, lon: 6.1 }, dropoff: { lat: 46.2, lon: 6.1 }, ...km(7) },
    expected: { distance_km: 0, distance_category: 0, duration_seconds: 0 },
  },
  {
    name: 'half of the places: the own distance',
    known: { pickup: { lat: 46.2, lon: 6.1 }, ...km(7) },
    expected: { distance_km: 7 },
  },

  { name: 'duration from distance', known: km(10), expected: { duration_seconds: 4200 } },
  { name: 'own duration', known: { ...km(10), durationSeconds: 0 }, expected: { duration_seconds: 0 } },

  ...[
    [0, 0],
    [5, 0],
    [5.001, 1],
    [10, 1],
    [10.001, 2],
    [20, 2],
    [20.001, 3],
  ].map(([distance, category]) => ({
    name: `${distance} km`,
    known: km(distance!),
    expected: { distance_category: category!, distance_squared: distance! ** 2 },
  })),
  ...[
    [0, 0],
    [50, 0],
    [51, 1],
    [200, 1],
    [201, 2],
  ].map(([bookings, level]) => ({
    name: `driver of ${bookings} bookings`,
    known: driver(bookings!),
    expected: {
      driver_total_bookings: bookings!,
      driver_experience_level: level!,
      driver_exp_log: Math.log(1 + bookings!),
      delay_by_driver_exp: [7, 5, 3][level!]!,
    },
  })),
  ...[
    [0, 0],
    [0.4, 0],
    [0.401, 1],
    [0.7, 1],
    [0.701, 2],
    [1, 2],
  ].map(([density, level]) => ({
    name: `traffic density ${density}`,
    known: traffic(density!),
    expected: { traffic_level: level!, traffic_squared: density! ** 2 },
  })),

  {
    name: 'neither medical nor urgent',
    known: { isMedical: false, isUrgent: false, isRoundTrip: false },
    expected: { is_medical: 0, is_urgent: 0, is_round_trip: 0, booking_priority: 0.5 },
  },
  {
    name: 'medical',
    known: { isMedical: true, isUrgent: false },
    expected: { is_medical: 1, booking_priority: 0.8 },
  },
  {
    name: 'urgent',
    known: { isMedical: false, isUrgent: true },
    expected: { is_urgent: 1, booking_priority: 0.8 },
  },
  {
    name: 'urgent, else unknown',
    known: { isUrgent: true },
    expected: { is_medical: Number.NaN, booking_priority: 0.8 },
  },
  { name: 'one no settles nothing', known: { isUrgent: false }, expected: { booking_priority: Number.NaN } },
  { name: 'round trip', known: { isRoundTrip: true }, expected: { is_round_trip: 1 } },

  { name: 'unknown weather', known: {}, expected: { weather_factor: 0.5, weather_known: 0 } },
  { name: 'fine weather', known: { weather: CLEAR }, expected: { weather_factor: 0.5, weather_known: 1 } },
  {
    name: 'a factor of the table',
    known: { given: { weather_factor: 0.405 } },
    expected: { weather_factor: 0.405, weather_known: Number.NaN },
  },

  {
    name: 'interactions',
    known: {
      ...at(0, 8),
      ...km(10),
      isMedical: true,
      isUrgent: true,
      weather: { ...CLEAR, rainMm: 20, windKmh: 60, visibilityMeters: 900, cloudsPercent: 100 },
    },
    expected: {
      distance_x_traffic: 8,
      distance_x_weather: 10 * (0.5 + 0.375 / 0.95),
      traffic_x_weather: 0.8 * (0.5 + 0.375 / 0.95),
      medical_x_distance: 10,
      urgent_x_traffic: 0.8,
    },
  },
  {
    name: 'interactions of what is not',
    known: { ...at(0, 8), ...km(10), isMedical: false, isUrgent: false },
    expected: { medical_x_distance: 0, urgent_x_traffic: 0 },
  },

  { name: 'learned delays', known: at(0, 8), expected: { delay_by_hour: 6.5, delay_by_day: 5.5 } },
  { name: 'learned delays of key 0', known: at(6, 0), expected: { delay_by_hour: 1.25, delay_by_day: 2.25 } },
  {
    name: 'learned delays of unseen keys',
    known: at(2, 3),
    expected: { delay_by_hour: 3.5, delay_by_day: 4 },
  },

  {
    name: 'given values win, and others follow from them',
    known: {
      ...at(0, 8),
      ...km(10),
      isMedical: false,
      given: { time_of_day: 12, day_of_week: 6, distance_km: 4, is_medical: 1 },
    },
    expected: {
      time_of_day: 12,
      day_of_week: 6,
      distance_km: 4,
      is_medical: 1,
      booking_priority: 0.8,
      traffic_density: 0.3,
      is_lunch_time: 1,
      duration_seconds: 1680,
      medical_x_distance: 4,
    },
  },
  {
    name: 'a given derived value wins over its formula',
    known: { ...at(0, 8), given: { is_rush_hour: 0, distance_squared: 3, delay_by_hour: -1 } },
    expected: { is_rush_hour: 0, is_morning_peak: 1, distance_squared: 3, delay_by_hour: -1 },
  },
];

test.each(CASES)('$name', ({ known, expected }) => {
  const features = featuresOf(known);
  for (const [name, value] of Object.entries(expected)) {
    if (Number.isNaN(value)) expect(features[name as FeatureName], name).toBeNaN();
    else expect(features[name as FeatureName], name).toBeCloseTo(value, 9);
  }
});

describe('hours', () => {
  const PEAKS = [7, 8, 17, 18];
  const SHOULDERS = [6, 9, 16, 19];
  const LUNCH = [12, 13];
  const flag = (yes: boolean) => (yes ? 1 : 0);

  test.each(Array.from({ length: 24 }, (_, hour) => hour))('%i', (hour) => {
    const density = PEAKS.includes(hour)
      ? 0.8
      : SHOULDERS.includes(hour)
        ? 0.6
        : LUNCH.includes(hour)
          ? 0.5
          : 0.3;
    expect(featuresOf(at(1, hour))).toMatchObject({
      time_of_day: hour,
      traffic_density: density,
      is_rush_hour: flag(PEAKS.includes(hour)),
      is_morning_peak: flag(hour === 7 || hour === 8),
      is_evening_peak: flag(hour === 17 || hour === 18),
      is_lunch_time: flag(LUNCH.includes(hour)),
    });
    expect(featuresOf(at(5, hour)).traffic_density).toBeCloseTo(density * 0.6, 12);
  });
});

describe('what is unknown stays unknown', () => {
  test('of an empty booking only the weather has a value', () => {
    const known = Object.entries(featuresOf({})).filter(([, value]) => !Number.isNaN(value));
    expect(Object.fromEntries(known)).toEqual({ weather_factor: 0.5, weather_known: 0 });
  });

  test.each<[string, Partial<Booking>, readonly FeatureName[]]>([
    ['a time', at(0, 8), ['distance_km', 'distance_x_traffic', 'driver_exp_log', 'urgent_x_traffic']],
    [
      'a distance',
      km(3),
      ['distance_x_traffic', 'medical_x_distance', 'hour_sin', 'is_weekend', 'delay_by_day'],
    ],
    [
      'a weekday',
      { given: { day_of_week: 5 } },
      ['traffic_density', 'is_rush_hour', 'traffic_level', 'month'],
    ],
    [
      'an hour',
      { given: { time_of_day: 8 } },
      ['traffic_density', 'traffic_squared', 'is_weekend', 'day_cos'],
    ],
  ])('beside %s', (_, known, names) => {
    const features = featuresOf(known);
    for (const name of names) expect(features[name], name).toBeNaN();
  });
});

test('a writer fills its names in their order from the offset, and nothing else', () => {
  const row = new Float32Array(5).fill(-1);
  const booking = { ...UNKNOWN, ...km(3), given: { month: 7 } };
  featureWriter(['month', 'distance_km'], ENCODINGS)(readInputs(booking), booking.given, row, 2);
  expect([...row]).toEqual([-1, -1, 7, 3, -1]);
});

test('names are those of the table alone', () => {
  expect(FEATURE_NAMES).toHaveLength(new Set(FEATURE_NAMES).size);
  expect(FEATURE_NAMES.every(isFeatureName)).toBe(true);
  expect(['toString', '__proto__', 'Month', ''].filter(isFeatureName)).toEqual([]);
});
