import type { LocalTime } from '../booking/local-time.js';
import { KMH_PER_METRE_PER_SECOND, type Weather } from '../weather/weather.js';
import { rounded } from './random.js';
import type { SimulatedBooking } from './simulate.js';

/** The columns of a table of bookings, in order. */
export const BOOKING_COLUMNS = [
  'id',
  'scheduled_time',
  'pickup_lat',
  'pickup_lon',
  'dropoff_lat',
  'dropoff_lon',
  'distance_meters',
  'duration_seconds',
  'medical_facility',
  'is_urgent',
  'is_round_trip',
  'driver_id',
  'driver_total_bookings',
  'weather.main.temp',
  'weather.wind.speed',
  'weather.rain.1h',
  'weather.snow.1h',
  'weather.visibility',
  'weather.clouds.all',
  'simulated',
  'actual_delay_minutes',
] as const;

const HOUR_MS = 3_600_000;
const UNKNOWN_WEATHER = ',,,,,';

/** One booking as a CSV line without its end. No value holds a comma or a quote; what is unknown is empty. */
export function bookingLine({ booking, medicalFacility }: SimulatedBooking): string {
  const { pickup, dropoff, scheduled, weather } = booking;
  return [
    booking.id,
    scheduled === null ? '' : isoWithOffset(scheduled),
    fixed(pickup?.lat, 4),
    fixed(pickup?.lon, 4),
    fixed(dropoff?.lat, 4),
    fixed(dropoff?.lon, 4),
    booking.distanceMeters ?? '',
    booking.durationSeconds ?? '',
    medicalFacility ?? '',
    booking.isUrgent ?? '',
    booking.isRoundTrip ?? '',
    booking.driverId ?? '',
    booking.driverTotalBookings ?? '',
    weather === null ? UNKNOWN_WEATHER : weatherCells(weather),
    booking.simulated,
    fixed(booking.actualDelayMinutes, 2),
  ].join(',');
}

/** ISO 8601 with the zone's offset, such as `2026-03-02T08:15:00+01:00`. Zurich's offsets are whole hours. */
export function isoWithOffset({ epochMs, dayNumber, hour }: LocalTime): string {
  const offsetHours = dayNumber * 24 + hour - Math.floor(epochMs / HOUR_MS);
  const wall = new Date(epochMs + offsetHours * HOUR_MS).toISOString().slice(0, 19);
  const sign = offsetHours < 0 ? '-' : '+';
  return `${wall}${sign}${String(Math.abs(offsetHours)).padStart(2, '0')}:00`;
}

/** OpenWeather leaves `rain` and `snow` out of a dry hour's report, so their cells are empty too. */
function weatherCells(weather: Weather): string {
  return [
    weather.temperatureC,
    windMs(weather),
    weather.rainMm || '',
    weather.snowMm || '',
    weather.visibilityMeters ?? '',
    weather.cloudsPercent,
  ].join(',');
}

/** As OpenWeather gives it, to one decimal. */
export function windMs({ windKmh }: Weather): number {
  return rounded(windKmh / KMH_PER_METRE_PER_SECOND, 1);
}

function fixed(value: number | null | undefined, decimals: number): string {
  return value === null || value === undefined ? '' : value.toFixed(decimals);
}
