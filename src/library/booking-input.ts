import { withDriver } from '../booking/with-driver.js';
import { AtmrError } from '../errors.js';

/**
 * A booking as a backend knows it: `id` and `scheduled_time`, and what else is known. What is no field of a booking is
 * neither looked at nor kept; send no names and no notes.
 */
export interface BookingInput {
  readonly id: string | number | bigint;
  /** ISO 8601; without an offset it is local time. */
  readonly scheduled_time?: string | Date;
  readonly pickup_lat?: number | null;
  readonly pickup_lon?: number | null;
  readonly dropoff_lat?: number | null;
  readonly dropoff_lon?: number | null;
  readonly distance_meters?: number | null;
  readonly duration_seconds?: number | null;
  readonly is_medical?: boolean | null;
  readonly is_urgent?: boolean | null;
  readonly is_round_trip?: boolean | null;
  readonly driver_id?: string | number | bigint | null;
  /** Rides that the driver had completed before this one. */
  readonly driver_total_bookings?: number | null;
  /** An OpenWeather report at the pickup; without it the live weather is asked, where there is a key. */
  readonly weather?: object | null;
  readonly [field: string]: unknown;
}

/** What is said beside a booking. */
export interface PredictOptions {
  /** Wins over `driver_id` and `driver_total_bookings` of the booking. */
  readonly driver?:
    | { readonly id?: string | number | bigint | null; readonly total_bookings?: number | null }
    | null
    | undefined;
  /** The same id gets the same answer, counted once: for asking again after a failure of one's own. */
  readonly requestId?: string | null | undefined;
  /** When the ride is due; wins over `scheduled_time`. */
  readonly at?: string | Date | undefined;
}

/** The booking as a JSON document. BAD_INPUT for what is no object. */
export function documentOf(booking: unknown, { driver, at }: PredictOptions): object {
  if (typeof booking !== 'object' || booking === null || Array.isArray(booking)) {
    throw new AtmrError(
      'BAD_INPUT',
      'The booking is not an object; expected one with id and scheduled_time.',
    );
  }
  return plainEntries(withDriver({ ...booking, ...(at !== undefined && { scheduled_time: at }) }, driver));
}

/** An object as JSON would carry it: times and large numbers as texts, and nothing that is not set. */
export function plainEntries(values: object): object {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, plain(value)]),
  );
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (!(value instanceof Date)) return value;
  return Number.isNaN(value.getTime()) ? 'an invalid date' : value.toISOString();
}
