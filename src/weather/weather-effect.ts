import type { Booking } from '../booking/booking.js';
import type { Clock } from '../clock.js';
import type { FeatureName, GivenFeatures } from '../features/features.js';
import type { HeuristicSettings } from '../model/heuristic.js';
import type { FeatureProfile } from '../model/manifest.js';
import type { Model } from '../model/model.js';
import { bookingPredictor } from '../model/predict.js';
import type { WeatherUsed } from '../model/prediction.js';
import type { WeatherDefaultReason } from './default-reason.js';
import type { Weather } from './weather.js';

/** What weather does to the model's answer for a typical booking. */
export interface WeatherEffect {
  readonly modelVersion: string;
  /** True when the model learned from simulated bookings. */
  readonly simulated: boolean;
  /** The factor as the prediction used it. */
  readonly used: WeatherUsed;
  /** What training saw of `weather_factor`; `null` for a model that does not take it. */
  readonly trainingRange: { readonly min: number; readonly max: number } | null;
  readonly distanceKm: number;
  readonly hour: number;
  /** With this weather, and with unknown weather; `null` when the model could not answer. */
  readonly minutes: number | null;
  readonly neutralMinutes: number | null;
}

/** What a booking is described by, but for the weather, and what stands in where the model does not take it. */
const ORDINARY = {
  time_of_day: 8,
  day_of_week: 1,
  month: 3,
  distance_km: 6,
  duration_seconds: 1000,
  driver_total_bookings: 100,
  is_medical: 0,
  is_urgent: 0,
  is_round_trip: 0,
} as const satisfies Partial<Record<FeatureName, number>>;

/** Asks the model about a booking of training medians, with `weather` and without. */
export async function weatherEffect(
  model: Model,
  heuristic: HeuristicSettings,
  clock: Clock,
  { weather, reason }: { readonly weather: Weather | null; readonly reason: WeatherDefaultReason | null },
): Promise<WeatherEffect> {
  const { features, version, data } = model.manifest;
  const ask = bookingPredictor(model, heuristic, clock);
  const typical = medians(features);
  const neutral = await ask(typicalBooking(typical, null));
  const answers = await ask(typicalBooking(typical, weather), reason ?? undefined);
  return {
    modelVersion: version,
    simulated: data.simulated,
    used: answers.weather,
    trainingRange: rangeOf(features.find(({ name }) => name === 'weather_factor')),
    distanceKm: typical.distance_km,
    hour: typical.time_of_day,
    minutes: answers.model?.minutes ?? null,
    neutralMinutes: neutral.model?.minutes ?? null,
  };
}

/** Each for itself: together they need not describe a ride that there was. */
function medians(features: readonly FeatureProfile[]): Readonly<Record<keyof typeof ORDINARY, number>> {
  const typical: Record<keyof typeof ORDINARY, number> = { ...ORDINARY };
  for (const { name, quantiles } of features) {
    const median = quantiles[Math.floor(quantiles.length / 2)];
    if (name in ORDINARY && median !== undefined) typical[name as keyof typeof ORDINARY] = median;
  }
  return typical;
}

function typicalBooking(given: GivenFeatures, weather: Weather | null): Booking {
  return {
    id: 'typical',
    ...{ scheduled: null, pickup: null, dropoff: null, distanceMeters: null, durationSeconds: null },
    ...{ isMedical: null, isUrgent: null, isRoundTrip: null, driverId: null, driverTotalBookings: null },
    weather,
    simulated: false,
    actualDelayMinutes: null,
    given,
  };
}

function rangeOf(profile: FeatureProfile | undefined): WeatherEffect['trainingRange'] {
  if (profile === undefined || profile.min === null || profile.max === null) return null;
  return { min: profile.min, max: profile.max };
}
