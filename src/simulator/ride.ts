import type { Booking, Coordinates } from '../booking/booking.js';
import type { LocalTime } from '../booking/local-time.js';
import { haversineKm } from '../features/distance.js';
import type { Weather } from '../weather/weather.js';
import type { Driver } from './drivers.js';
import type { Region } from './places.js';
import type { Random } from './random.js';

/** A ride as it was ordered, before anything about it happened. */
export interface Ride {
  readonly booking: Booking;
  /** `null` for a ride that is not medical. */
  readonly medicalFacility: string | null;
}

const MEDICAL_SHARE = 0.45;
const URGENT_SHARE = 0.2;
const ROUND_TRIP_SHARE = 0.3;
/** Of the medical rides, those that go home from the clinic. */
const HOMEWARD_SHARE = 0.35;
const NO_DROPOFF = 0.06;
const NO_DRIVER = 0.05;
const NO_WEATHER = 0.08;

/** Roads are longer than the straight line. */
const DETOUR = { mean: 1.22, sd: 0.06 };
const RIDE_MINUTES = { base: 5, perKm: 1.9, noiseSd: 0.18 };

/** Draws one ride. Its booking is unsettled, and lacks a dropoff, a driver or the weather now and then. */
export function drawRide(
  random: Random,
  region: Region,
  id: number,
  scheduled: LocalTime,
  driver: Driver,
  weather: Weather,
): Ride {
  const isMedical = random.chance(MEDICAL_SHARE);
  const clinic = region.clinics[random.below(region.clinics.length)]!;
  const { pickup, dropoff } = drawEnds(random, region, isMedical ? clinic.place : null);
  const straightKm = haversineKm(pickup, dropoff);
  const knowsDriver = !random.chance(NO_DRIVER);
  const booking: Booking = {
    id: String(id),
    scheduled,
    pickup,
    dropoff: random.chance(NO_DROPOFF) ? null : dropoff,
    distanceMeters: Math.round(1000 * straightKm * (DETOUR.mean + DETOUR.sd * random.normal())),
    durationSeconds: plannedSeconds(random, straightKm),
    isMedical,
    isUrgent: random.chance(URGENT_SHARE),
    isRoundTrip: random.chance(ROUND_TRIP_SHARE),
    driverId: knowsDriver ? String(driver.id) : null,
    driverTotalBookings: knowsDriver ? driver.completed : null,
    weather: random.chance(NO_WEATHER) ? null : weather,
    simulated: true,
    actualDelayMinutes: null,
    given: null,
  };
  return { booking, medicalFacility: isMedical ? clinic.label : null };
}

/** A medical ride goes to its clinic or comes from there. */
function drawEnds(random: Random, region: Region, clinic: Coordinates | null) {
  const home = region.randomPlace();
  const other = region.randomPlace();
  const isHomeward = random.chance(HOMEWARD_SHARE);
  if (clinic === null) return { pickup: home, dropoff: other };
  return isHomeward ? { pickup: clinic, dropoff: home } : { pickup: home, dropoff: clinic };
}

/** The planned duration, to the minute. */
function plannedSeconds(random: Random, straightKm: number): number {
  const usual = RIDE_MINUTES.base + RIDE_MINUTES.perKm * straightKm;
  return 60 * Math.max(1, Math.round(usual * Math.exp(RIDE_MINUTES.noiseSd * random.normal())));
}
