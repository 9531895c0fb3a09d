import { type Encoding, encode } from './encodings.js';
import { emptyInputs, type Inputs } from './inputs.js';

/** Everything a feature may look at. */
export interface FeatureSource {
  readonly inputs: Inputs;
  readonly encodings: Encodings;
}

/** Mean delays learned in training, by feature name. */
export type Encodings = Readonly<Record<EncodedFeatureName, Encoding>>;
export type EncodedFeatureName = 'delay_by_hour' | 'delay_by_day' | 'delay_by_driver_exp';

interface Feature {
  readonly unit: string;
  /** The feature's value; NaN where what it needs is unknown. */
  of(source: FeatureSource): number;
}

/**
 * Every feature a model may take. Training, replay and serving all read this table, so a name means one thing.
 */
export const FEATURES = {
  time_of_day: { unit: 'hour', of: ({ inputs }) => inputs.hour },
  day_of_week: { unit: 'day, Monday = 0', of: ({ inputs }) => inputs.weekday },
  month: { unit: 'month 1–12', of: ({ inputs }) => inputs.month },
  distance_km: { unit: 'km', of: ({ inputs }) => inputs.distanceKm },
  duration_seconds: { unit: 's', of: ({ inputs }) => inputs.durationSeconds },
  is_medical: { unit: '0/1', of: ({ inputs }) => inputs.isMedical },
  is_urgent: { unit: '0/1', of: ({ inputs }) => inputs.isUrgent },
  is_round_trip: { unit: '0/1', of: ({ inputs }) => inputs.isRoundTrip },
  booking_priority: { unit: '0–1', of: ({ inputs }) => inputs.bookingPriority },
  driver_total_bookings: { unit: 'bookings', of: ({ inputs }) => inputs.driverTotalBookings },
  traffic_density: { unit: '0–1', of: ({ inputs }) => inputs.trafficDensity },
  weather_factor: { unit: '0.5–1', of: ({ inputs }) => inputs.weatherFactor },
  weather_known: { unit: '0/1', of: ({ inputs }) => inputs.weatherKnown },

  distance_x_traffic: { unit: 'km', of: ({ inputs }) => inputs.distanceKm * inputs.trafficDensity },
  distance_x_weather: { unit: 'km', of: ({ inputs }) => inputs.distanceKm * inputs.weatherFactor },
  traffic_x_weather: { unit: '0–1', of: ({ inputs }) => inputs.trafficDensity * inputs.weatherFactor },
  medical_x_distance: { unit: 'km', of: ({ inputs }) => inputs.isMedical * inputs.distanceKm },
  urgent_x_traffic: { unit: '0–1', of: ({ inputs }) => inputs.isUrgent * inputs.trafficDensity },

  is_rush_hour: { unit: '0/1', of: ({ inputs: { hour } }) => either(morningPeak(hour), eveningPeak(hour)) },
  is_morning_peak: { unit: '0/1', of: ({ inputs }) => morningPeak(inputs.hour) },
  is_evening_peak: { unit: '0/1', of: ({ inputs }) => eveningPeak(inputs.hour) },
  is_lunch_time: { unit: '0/1', of: ({ inputs }) => isOneOf(inputs.hour, 12, 13) },
  is_weekend: { unit: '0/1', of: ({ inputs }) => level(inputs.weekday, WEEKDAYS) },
  hour_sin: { unit: '-1–1', of: ({ inputs: { hour } }) => HOUR_SINES[hour] ?? hourSine(hour) },
  hour_cos: { unit: '-1–1', of: ({ inputs: { hour } }) => HOUR_COSINES[hour] ?? hourCosine(hour) },
  day_sin: { unit: '-1–1', of: ({ inputs }) => Math.sin((2 * Math.PI * inputs.weekday) / 7) },
  day_cos: { unit: '-1–1', of: ({ inputs }) => Math.cos((2 * Math.PI * inputs.weekday) / 7) },

  driver_experience_level: { unit: 'level 0–2', of: ({ inputs }) => experienceLevel(inputs) },
  distance_category: {
    unit: 'category 0–3',
    of: ({ inputs }) => distanceCategory(inputs),
  },
  traffic_level: { unit: 'level 0–2', of: ({ inputs }) => level(inputs.trafficDensity, TRAFFIC_EDGES) },

  delay_by_hour: { unit: 'min', of: ({ inputs, encodings }) => encode(encodings.delay_by_hour, inputs.hour) },
  delay_by_day: {
    unit: 'min',
    of: ({ inputs, encodings }) => encode(encodings.delay_by_day, inputs.weekday),
  },
  delay_by_driver_exp: {
    unit: 'min',
    of: ({ inputs, encodings }) => encode(encodings.delay_by_driver_exp, experienceLevel(inputs)),
  },

  distance_squared: { unit: 'km²', of: ({ inputs }) => inputs.distanceKm ** 2 },
  traffic_squared: { unit: '0–1', of: ({ inputs }) => inputs.trafficDensity ** 2 },
  driver_exp_log: { unit: 'ln bookings', of: ({ inputs }) => Math.log1p(inputs.driverTotalBookings) },
} as const satisfies Record<string, Feature>;

export type FeatureName = keyof typeof FEATURES;

/** Values of features that a booking brings ready-made. */
export type GivenFeatures = Readonly<Partial<Record<FeatureName, number>>>;

export const FEATURE_NAMES = Object.keys(FEATURES) as readonly FeatureName[];

export function isFeatureName(name: string): name is FeatureName {
  return Object.hasOwn(FEATURES, name);
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Of whole hours, which nearly all are: a sine takes longer than ten other features. */
const HOUR_SINES = HOURS.map(hourSine);
const HOUR_COSINES = HOURS.map(hourCosine);

function hourSine(hour: number): number {
  return Math.sin((2 * Math.PI * hour) / 24);
}

function hourCosine(hour: number): number {
  return Math.cos((2 * Math.PI * hour) / 24);
}

/** Bins are right-closed: a value on an edge belongs to the bin below it. */
const EXPERIENCE_EDGES = [50, 200];
const DISTANCE_EDGES_KM = [5, 10, 20];
const TRAFFIC_EDGES = [0.4, 0.7];
const WEEKDAYS = [4];

/** 0–3 by 5, 10 and 20 km. */
export function distanceCategory(inputs: Inputs): number {
  return level(inputs.distanceKm, DISTANCE_EDGES_KM);
}

/** 0, 1 or 2 for beginners, practised and old hands; the key of `delay_by_driver_exp`. */
export function experienceLevel(inputs: Inputs): number {
  return level(inputs.driverTotalBookings, EXPERIENCE_EDGES);
}

/**
 * A function that writes one row of the named features, in their order, into `row` at `offset`.
 * A ready-made value of the booking wins over the computed one.
 */
export function featureWriter(names: readonly FeatureName[], encodings: Encodings) {
  const features = names.map((name) => FEATURES[name]);
  const source: { inputs: Inputs; readonly encodings: Encodings } = { inputs: emptyInputs(), encodings };
  return (
    inputs: Inputs,
    given: GivenFeatures | null,
    row: Float32Array | Float64Array,
    offset = 0,
  ): void => {
    source.inputs = inputs;
    for (let i = 0; i < features.length; i += 1) row[offset + i] = features[i]!.of(source);
    if (given === null) return;
    for (let i = 0; i < features.length; i += 1) row[offset + i] = given[names[i]!] ?? row[offset + i]!;
  };
}

/** How many of the ascending `edges` lie below `value`; NaN stays NaN. */
function level(value: number, edges: readonly number[]): number {
  if (Number.isNaN(value)) return value;
  let above = 0;
  for (const edge of edges) if (value > edge) above += 1;
  return above;
}

function morningPeak(hour: number): number {
  return isOneOf(hour, 7, 8);
}

function eveningPeak(hour: number): number {
  return isOneOf(hour, 17, 18);
}

function isOneOf(value: number, a: number, b: number): number {
  if (Number.isNaN(value)) return value;
  return value === a || value === b ? 1 : 0;
}

function either(a: number, b: number): number {
  return Math.max(a, b);
}
