import type { Coordinates } from '../booking/booking.js';
import type { WeatherDefaultReason } from './default-reason.js';
import type { Weather } from './weather.js';

/** The weather at a place and time, or why nobody knows it. */
export interface WeatherAnswer {
  readonly weather: Weather | null;
  /** `null` exactly when the weather is known. */
  readonly reason: WeatherDefaultReason | null;
  /** Older than it should be, shown because the service failed. */
  readonly stale: boolean;
}

/** Where live weather comes from. Never rejects. */
export interface WeatherSource {
  /**
   * Waits at most `waitMs`; what arrives later is kept for the next question. `scheduledMs` is the pickup's time,
   * `null` where it is not known, which counts as now.
   */
  weatherFor(place: Coordinates | null, scheduledMs: number | null, waitMs: number): Promise<WeatherAnswer>;
  /** What was asked and kept since the start, for metrics. */
  counts(): WeatherCounts;
  close(): Promise<void>;
}

export interface WeatherCounts {
  readonly cacheHits: number;
  readonly staleAnswers: number;
  readonly calls: number;
  /** Failed calls by reason. */
  readonly failures: Readonly<Partial<Record<WeatherDefaultReason, number>>>;
  readonly callsThisMinute: number;
  readonly callsToday: number;
}
