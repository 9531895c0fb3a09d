import type { Weather } from '../weather/weather.js';
import type { Random } from './random.js';

/** Everything a booking shows that its delay depends on. */
export interface Circumstances {
  readonly distanceKm: number;
  readonly durationSeconds: number;
  /** 0–1, as in the feature of that name. */
  readonly trafficDensity: number;
  /** Monday = 0. */
  readonly weekday: number;
  readonly isMedical: boolean;
  readonly isUrgent: boolean;
  readonly isRoundTrip: boolean;
  /** From {@link experienceMinutes}, or the fleet's mean for an unknown driver. */
  readonly experienceMinutes: number;
  /** From {@link weatherTimeFactor}, or the month's mean for unknown weather. */
  readonly weatherTimeFactor: number;
}

/** Minutes on the way to the pickup before traffic and weather: fixed, per km, per planned minute of the ride. */
const APPROACH = { base: 5, perKm: 0.49, perPlannedMinute: 0.1 };
/** What dispatch allows for the way. */
const ALLOWANCE_MINUTES = 6.7;
/** Peak hours take 1.45 times as long as a quiet hour; linear in the density between. */
const QUIET_DENSITY = 0.3;
const TRAFFIC_SLOPE = 0.9;
const URGENT_MINUTES = 3.2;
const MEDICAL_MINUTES = -2.2;
const ROUND_TRIP_MINUTES = 1.3;
const WEEKDAY_MINUTES = [0.8, -0.2, -0.5, 0.1, 1.2, -0.4, -0.8];
const BEGINNER_MINUTES = 3.2;
const RIDES_TO_LEARN = 70;

/** Log-normal luck of one ride, as the standard deviation of its logarithm. */
const RIDE_NOISE_SD = 0.165;
const DISASTER_CHANCE = 0.0008;
/** A breakdown or an accident: this much and, on average, this much more. */
const DISASTER_MINUTES = { least: 12, more: 6 };

/** Minutes on the way to the pickup that a booking lets one expect (its median). */
export function approachMinutes(circumstances: Circumstances): number {
  const { distanceKm, durationSeconds, trafficDensity, weatherTimeFactor: weather } = circumstances;
  const undisturbed =
    APPROACH.base + APPROACH.perKm * distanceKm + (APPROACH.perPlannedMinute * durationSeconds) / 60;
  return undisturbed * (1 + TRAFFIC_SLOPE * (trafficDensity - QUIET_DENSITY)) * weather;
}

/** Minutes late that a booking lets one expect (its median), given its way to the pickup. */
export function structuralMinutes(circumstances: Circumstances, approach: number): number {
  const { isUrgent, isMedical, isRoundTrip, weekday } = circumstances;
  return (
    approach -
    ALLOWANCE_MINUTES +
    (isUrgent ? URGENT_MINUTES : 0) +
    (isMedical ? MEDICAL_MINUTES : 0) +
    (isRoundTrip ? ROUND_TRIP_MINUTES : 0) +
    WEEKDAY_MINUTES[weekday]! +
    circumstances.experienceMinutes
  );
}

/** Minutes that a driver with `completed` rides loses against an old hand. */
export function experienceMinutes(completed: number): number {
  return BEGINNER_MINUTES * Math.exp(-completed / RIDES_TO_LEARN);
}

/**
 * Minutes that no feature shows. `hiddenSlowness` is the logarithm of the day's and the driver's time factor;
 * the longer the way, the more it and the luck of the ride weigh.
 */
export function noiseMinutes(random: Random, approach: number, hiddenSlowness: number): number {
  const luck = Math.exp(hiddenSlowness + RIDE_NOISE_SD * random.normal());
  const disaster = random.chance(DISASTER_CHANCE)
    ? DISASTER_MINUTES.least + DISASTER_MINUTES.more * random.exponential()
    : 0;
  return approach * (luck - 1) + disaster;
}

/**
 * How many times longer a way takes in this weather: light rain 1.03–1.08, moderate 1.08–1.18, heavy 1.18–1.30,
 * light snow 1.15–1.30, heavy snow 1.40–1.65, fog 1.08–1.15, else 1.
 */
export function weatherTimeFactor({ snowMm, rainMm, visibilityMeters }: Weather): number {
  if (snowMm >= 1.5) return between(1.4, 1.65, (snowMm - 1.5) / 2.5);
  if (snowMm > 0) return between(1.15, 1.3, snowMm / 1.5);
  if (rainMm > 7.6) return between(1.18, 1.3, (rainMm - 7.6) / 7.6);
  if (rainMm > 2.5) return between(1.08, 1.18, (rainMm - 2.5) / 5.1);
  if (rainMm > 0) return between(1.03, 1.08, rainMm / 2.5);
  if (visibilityMeters !== null && visibilityMeters < 1000) {
    return between(1.08, 1.15, 1 - visibilityMeters / 1000);
  }
  return 1;
}

function between(low: number, high: number, share: number): number {
  return low + (high - low) * Math.min(1, share);
}
