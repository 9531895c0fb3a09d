import type { GivenFeatures } from '../features/features.js';
import type { Weather } from '../weather/weather.js';
import type { LocalTime } from './local-time.js';
import type { NoOutcome } from './outcome.js';

/** One ride to be predicted, as every part of atmr-ml sees it. `null` always means "not known". */
export interface Booking {
  /** The targeting key for bucketing: numeric ids as their decimal text. */
  readonly id: string;
  /** `null` in a table of ready features, which has no timestamps, and where the production tables hold none. */
  readonly scheduled: LocalTime | null;
  readonly pickup: Coordinates | null;
  readonly dropoff: Coordinates | null;
  readonly distanceMeters: number | null;
  readonly durationSeconds: number | null;
  readonly isMedical: boolean | null;
  readonly isUrgent: boolean | null;
  readonly isRoundTrip: boolean | null;
  readonly driverId: string | null;
  /** Bookings that the driver had completed before the scheduled time. */
  readonly driverTotalBookings: number | null;
  /** Conditions at the pickup, at the pickup's time. */
  readonly weather: Weather | null;
  /** True when a simulator made it; results that rest on it say so. */
  readonly simulated: boolean;
  /** What happened: minutes late, negative when early; `null` until it is settled. */
  readonly actualDelayMinutes: number | null;
  /** Why there is no outcome, where the source tells. */
  readonly noOutcome?: NoOutcome;
  /** What was done with the prediction that was shown, where the source tells. */
  readonly exposure?: Exposure;
  /** Values that the source brought ready-made, used instead of computed ones. */
  readonly given: GivenFeatures | null;
}

/** How a booking was predicted when it was live. */
export interface Exposure {
  /** Whether dispatch acted on the prediction that it was shown. */
  readonly actedOn: boolean | null;
  /** The arm that the booking was assigned to. */
  readonly variant: 'model' | 'control' | null;
}

/** Degrees, WGS 84. */
export interface Coordinates {
  readonly lat: number;
  readonly lon: number;
}
