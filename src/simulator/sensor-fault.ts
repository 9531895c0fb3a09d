import type { Booking } from '../booking/booking.js';
import { rounded } from './random.js';

const DISTANCE_FAULT = 10;
const KELVIN_OF_0_C = 273.15;

/** The booking as broken sensors report it: no dropoff, ten times the distance, and kelvin for °C. */
export function withSensorFault(booking: Booking): Booking {
  const { distanceMeters, weather } = booking;
  return {
    ...booking,
    dropoff: null,
    distanceMeters: distanceMeters === null ? null : DISTANCE_FAULT * distanceMeters,
    weather: weather && { ...weather, temperatureC: rounded(weather.temperatureC + KELVIN_OF_0_C, 2) },
  };
}
