import { readInputs } from '../features/inputs.js';
import type { SimulatedBooking } from './simulate.js';

/** The columns of a table of ready features, in order: a history without timestamps. */
export const READY_COLUMNS = [
  'time_of_day',
  'day_of_week',
  'month',
  'distance_km',
  'duration_seconds',
  'is_medical',
  'is_urgent',
  'is_round_trip',
  'booking_priority',
  'driver_total_bookings',
  'traffic_density',
  'weather_factor',
  'booking_id',
  'driver_id',
  'assignment_id',
  'company_id',
  'actual_delay_minutes',
] as const;

const COMPANY_ID = 1;

/** One booking as a CSV line of ready features, without its end; what is unknown is empty. */
export function readyLine({ booking }: SimulatedBooking): string {
  const inputs = readInputs(booking);
  return [
    cell(inputs.hour, 0),
    cell(inputs.weekday, 0),
    cell(inputs.month, 0),
    cell(inputs.distanceKm, 2),
    cell(inputs.durationSeconds, 0),
    cell(inputs.isMedical, 1),
    cell(inputs.isUrgent, 1),
    cell(inputs.isRoundTrip, 1),
    cell(inputs.bookingPriority, 1),
    cell(inputs.driverTotalBookings, 0),
    cell(inputs.trafficDensity, 3),
    cell(inputs.weatherFactor, 3),
    booking.id,
    booking.driverId ?? '',
    // Each booking has one assignment, so the booking's number serves for both.
    booking.id,
    COMPANY_ID,
    cell(booking.actualDelayMinutes ?? Number.NaN, 2),
  ].join(',');
}

function cell(value: number, decimals: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(decimals);
}
