import type { Booking } from '../booking/booking.js';
import { LARGEST_DELAY_MINUTES } from '../booking/outcome.js';
import { readInputs } from '../features/inputs.js';
import { DEFAULT_HEURISTIC, heuristicMinutes } from '../model/heuristic.js';
import {
  approachMinutes,
  type Circumstances,
  experienceMinutes,
  noiseMinutes,
  structuralMinutes,
  weatherTimeFactor,
} from './delay.js';
import type { Driver } from './drivers.js';
import type { SimulatedDay } from './period.js';
import { type Random, rounded } from './random.js';
import type { World } from './scenario.js';

/** One day with what its bookings share. */
export interface Shift {
  readonly day: SimulatedDay;
  readonly world: World;
  readonly meanExperienceMinutes: number;
}

/** How late a ride was, and the part of it that its booking lets one expect. */
export interface Outcome {
  readonly structural: number;
  readonly delayMinutes: number;
}

const DELAY_DECIMALS = 2;
/** Around the heuristic, in the world that follows it. */
const HEURISTIC_NOISE_SD = 0.8;

/** What happens to one ride of the shift, from what its booking shows and what it does not. */
export function drawOutcome(random: Random, shift: Shift, booking: Booking, driver: Driver): Outcome {
  const circumstances = circumstancesOf(booking, shift);
  const approach = approachMinutes(circumstances) * shift.world.approach;
  const hidden = noiseMinutes(random, approach, shift.day.slowness + driver.slowness);
  const small = HEURISTIC_NOISE_SD * random.normal();
  const { followsHeuristic } = shift.world;
  const structural = followsHeuristic
    ? heuristicMinutes(circumstances.distanceKm, DEFAULT_HEURISTIC)
    : structuralMinutes(circumstances, approach);
  const delay = structural + (followsHeuristic ? small : hidden);
  const within = Math.min(LARGEST_DELAY_MINUTES, Math.max(-LARGEST_DELAY_MINUTES, delay));
  return { structural, delayMinutes: rounded(within, DELAY_DECIMALS) };
}

/** Reads the booking as the features do, so that a kilometre or a rush hour means the same to both. */
function circumstancesOf(booking: Booking, { day, meanExperienceMinutes }: Shift): Circumstances {
  const inputs = readInputs(booking);
  return {
    distanceKm: inputs.distanceKm,
    durationSeconds: inputs.durationSeconds,
    trafficDensity: inputs.trafficDensity,
    weekday: inputs.weekday,
    isMedical: inputs.isMedical === 1,
    isUrgent: inputs.isUrgent === 1,
    isRoundTrip: inputs.isRoundTrip === 1,
    experienceMinutes:
      booking.driverTotalBookings === null
        ? meanExperienceMinutes
        : experienceMinutes(booking.driverTotalBookings),
    weatherTimeFactor:
      booking.weather === null ? day.meanWeatherTimeFactor : weatherTimeFactor(booking.weather),
  };
}
