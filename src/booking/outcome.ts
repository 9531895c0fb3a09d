import type { Booking } from './booking.js';

/** A booking whose outcome is known. */
export type SettledBooking = Booking & { readonly actualDelayMinutes: number };

/** A prediction is accurate when it is off by less than this. */
export const ACCURATE_BELOW_MINUTES = 3;
/** A prediction that is off by more than this is a miss. */
export const MISSED_ABOVE_MINUTES = 5;
/** A ride later than this is late. */
export const LATE_ABOVE_MINUTES = 5;
/** Later than this in either direction is a recording error, not a delay. */
export const LARGEST_DELAY_MINUTES = 180;

/** Why a booking of the production tables has no outcome that counts. */
export type NoOutcome =
  | 'status_not_completed'
  | 'no_scheduled_time'
  | 'scheduled_time_skipped'
  | 'time_not_confirmed'
  | 'no_pickup_event';

/** Why a booking teaches nothing and is scored on nothing. */
export type NotCounting = NoOutcome | 'not_settled' | 'delay_over_180_min';

export function isSettled(booking: Booking): booking is SettledBooking {
  return booking.actualDelayMinutes !== null;
}

/** The minutes late that a model may learn from and be scored on, or why there are none. */
export function countingDelay({ actualDelayMinutes, noOutcome }: Booking): number | NotCounting {
  if (actualDelayMinutes === null) return noOutcome ?? 'not_settled';
  return Math.abs(actualDelayMinutes) > LARGEST_DELAY_MINUTES ? 'delay_over_180_min' : actualDelayMinutes;
}

/** True where an outcome is not to be had: no ride took place, or nobody agreed on a time for it. */
export function expectsNoOutcome({ noOutcome }: Booking): boolean {
  return noOutcome !== undefined && noOutcome !== 'no_pickup_event';
}
