import type { FeatureProfile } from '../model/manifest.js';
import type { FeatureName } from './features.js';

/** A value beyond what training has seen. */
export interface OutOfRange {
  readonly name: FeatureName;
  readonly value: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Features that leave their training range in the ordinary course of things: the calendar goes on, and drivers gain
 * bookings every day. Neither their range nor their drift says anything.
 */
export const MOVING_FEATURES: ReadonlySet<FeatureName> = new Set([
  'time_of_day',
  'day_of_week',
  'month',
  'is_rush_hour',
  'is_morning_peak',
  'is_evening_peak',
  'is_lunch_time',
  'is_weekend',
  'hour_sin',
  'hour_cos',
  'day_sin',
  'day_cos',
  'delay_by_hour',
  'delay_by_day',
  'delay_by_driver_exp',
  'driver_total_bookings',
  'driver_experience_level',
  'driver_exp_log',
]);

/** The values of `row`, in the order of `profiles`, that lie outside what training has seen. Missing ones do not. */
export function outOfRange(row: Float32Array, profiles: readonly FeatureProfile[]): OutOfRange[] {
  return profiles.flatMap(({ name, min, max }, column) => {
    const value = row[column]!;
    if (min === null || max === null || MOVING_FEATURES.has(name)) return [];
    return value < min || value > max ? [{ name, value, min, max }] : [];
  });
}
