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

/** A function that gives the values of a row, in the order of `profiles`, outside what training has seen. Missing ones are not. */
export function rangeChecker(profiles: readonly FeatureProfile[]): (row: Float32Array) => OutOfRange[] {
  const ranges = profiles.flatMap(({ name, min, max }, column) =>
    min === null || max === null || MOVING_FEATURES.has(name) ? [] : [{ name, min, max, column }],
  );
  return (row) => {
    const found: OutOfRange[] = [];
    for (const { name, min, max, column } of ranges) {
      const value = row[column]!;
      if (value < min || value > max) found.push({ name, value, min, max });
    }
    return found;
  };
}
