import type { Booking } from '../booking/booking.js';
import { weatherFactor } from '../weather/severity.js';
import { bookingDistanceKm } from './distance.js';
import type { GivenFeatures } from './features.js';

/** What features are computed from: plain numbers, NaN where a booking does not say. */
export interface Inputs {
  hour: number;
  weekday: number;
  month: number;
  distanceKm: number;
  durationSeconds: number;
  isMedical: number;
  isUrgent: number;
  isRoundTrip: number;
  bookingPriority: number;
  driverTotalBookings: number;
  trafficDensity: number;
  weatherFactor: number;
  weatherKnown: number;
}

const UNKNOWN = Number.NaN;
const NOTHING_GIVEN: GivenFeatures = {};
/** The assumed pace of a ride whose duration nobody estimated. */
const SECONDS_PER_KM = 7 * 60;

/** Nothing is known yet: for {@link readInputsInto}. */
export function emptyInputs(): Inputs {
  return {
    hour: UNKNOWN,
    weekday: UNKNOWN,
    month: UNKNOWN,
    distanceKm: UNKNOWN,
    durationSeconds: UNKNOWN,
    isMedical: UNKNOWN,
    isUrgent: UNKNOWN,
    isRoundTrip: UNKNOWN,
    bookingPriority: UNKNOWN,
    driverTotalBookings: UNKNOWN,
    trafficDensity: UNKNOWN,
    weatherFactor: UNKNOWN,
    weatherKnown: UNKNOWN,
  };
}

/** Reads the inputs of one booking. What the booking's source gave ready-made is used as given. */
export function readInputs(booking: Booking): Inputs {
  return readInputsInto(emptyInputs(), booking);
}

/** {@link readInputs} into an object that is there already: in a replay a new one a booking is a tenth of the time. */
export function readInputsInto(inputs: Inputs, booking: Booking): Inputs {
  const given = booking.given ?? NOTHING_GIVEN;
  const { scheduled } = booking;
  inputs.hour = given.time_of_day ?? scheduled?.hour ?? UNKNOWN;
  inputs.weekday = given.day_of_week ?? scheduled?.weekday ?? UNKNOWN;
  inputs.month = given.month ?? scheduled?.month ?? UNKNOWN;
  inputs.distanceKm = given.distance_km ?? bookingDistanceKm(booking) ?? UNKNOWN;
  inputs.durationSeconds =
    given.duration_seconds ?? booking.durationSeconds ?? inputs.distanceKm * SECONDS_PER_KM;
  inputs.isMedical = given.is_medical ?? flag(booking.isMedical);
  inputs.isUrgent = given.is_urgent ?? flag(booking.isUrgent);
  inputs.isRoundTrip = given.is_round_trip ?? flag(booking.isRoundTrip);
  inputs.bookingPriority = given.booking_priority ?? priority(inputs.isMedical, inputs.isUrgent);
  inputs.driverTotalBookings = given.driver_total_bookings ?? booking.driverTotalBookings ?? UNKNOWN;
  inputs.trafficDensity = given.traffic_density ?? trafficDensity(inputs.hour, inputs.weekday);
  inputs.weatherFactor = given.weather_factor ?? weatherFactor(booking.weather);
  inputs.weatherKnown = given.weather_known ?? weatherKnown(booking);
  return inputs;
}

/** How dense traffic is usually, 0–1, by hour and weekday. NaN when either is unknown. */
export function trafficDensity(hour: number, weekday: number): number {
  if (Number.isNaN(hour) || Number.isNaN(weekday)) return UNKNOWN;
  return hourlyDensity(hour) * (weekday >= 5 ? 0.6 : 1);
}

function hourlyDensity(hour: number): number {
  if (hour === 7 || hour === 8 || hour === 17 || hour === 18) return 0.8;
  if (hour === 6 || hour === 9 || hour === 16 || hour === 19) return 0.6;
  if (hour === 12 || hour === 13) return 0.5;
  return 0.3;
}

/** One yes settles it, even when the other is unknown. */
function priority(isMedical: number, isUrgent: number): number {
  if (isMedical === 1 || isUrgent === 1) return 0.8;
  return Number.isNaN(isMedical) || Number.isNaN(isUrgent) ? UNKNOWN : 0.5;
}

/** A table that brings its own factor does not say whether it was measured. */
function weatherKnown(booking: Booking): number {
  if (booking.given?.weather_factor !== undefined) return UNKNOWN;
  return booking.weather === null ? 0 : 1;
}

function flag(value: boolean | null): number {
  return value === null ? UNKNOWN : value ? 1 : 0;
}
