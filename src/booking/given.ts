import type { FeatureName, GivenFeatures } from '../features/features.js';
import { t } from '../wording/t.js';
import { cellAt, failAt, type Row } from './row.js';
import {
  ANY_NUMBER,
  between,
  NOT_NEGATIVE,
  type NumberRule,
  readBoolean,
  readNumber,
  wholeBetween,
} from './values.js';

const FRACTION = between(0, 1, () => t`is not a fraction`);

/** What a ready-made feature must be; those not named here may be any number. */
const RULES: Partial<Record<FeatureName, NumberRule | 'flag'>> = {
  time_of_day: wholeBetween(0, 23, () => t`is not an hour`),
  day_of_week: wholeBetween(0, 6, () => t`is not a weekday, Monday = 0`),
  month: wholeBetween(1, 12, () => t`is not a month`),
  distance_km: NOT_NEGATIVE,
  duration_seconds: NOT_NEGATIVE,
  is_medical: 'flag',
  is_urgent: 'flag',
  is_round_trip: 'flag',
  booking_priority: FRACTION,
  driver_total_bookings: NOT_NEGATIVE,
  traffic_density: FRACTION,
  weather_factor: FRACTION,
  weather_known: 'flag',
  is_rush_hour: 'flag',
  is_morning_peak: 'flag',
  is_evening_peak: 'flag',
  is_lunch_time: 'flag',
  is_weekend: 'flag',
};

/** The ready-made features of a row; `null` when it brings none. Notes a fault for a value out of its range. */
export function readGiven(row: Row): GivenFeatures | null {
  const { given } = row.plan;
  if (given.length === 0) return null;
  const features: Partial<Record<FeatureName, number>> = {};
  let found = false;
  for (const { name, at } of given) {
    const value = cellAt(row, at);
    if (value === null) continue;
    const read = readFeature(value, RULES[name] ?? ANY_NUMBER);
    if (typeof read === 'string') failAt(row, name, value, read);
    else {
      features[name] = read;
      found = true;
    }
  }
  return found ? features : null;
}

function readFeature(value: unknown, rule: NumberRule | 'flag'): number | string {
  if (rule !== 'flag') return readNumber(value, rule);
  const flag = readBoolean(value);
  return typeof flag === 'string' ? flag : Number(flag);
}
