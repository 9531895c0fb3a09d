import type { Weather } from './weather.js';

/** The weather of one moment: measured, or forecast. */
export interface TimedWeather {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly weather: Weather;
}

/** What to ask the service for: the weather now, or the coming five days in steps of three hours. */
export type ReportKind = 'current' | 'forecast';

const MINUTE_MS = 60_000;
/** A pickup this near has the weather of now; a later one that of a forecast. */
const CURRENT_WITHIN_MS = 90 * MINUTE_MS;
const FORECAST_DAYS = 5;
const FORECAST_MS = FORECAST_DAYS * 24 * 60 * MINUTE_MS;
/** Half a step of the forecast: farther from every step, a pickup lies beyond the forecast. */
const NEAR_STEP_MS = 90 * MINUTE_MS;

/**
 * Which report tells the weather of a pickup; a pickup without a time is now. `no_history`: it was too long ago, and
 * today's weather is not that day's. `beyond_forecast`: no forecast reaches it.
 */
export function reportFor(
  scheduledMs: number | null,
  nowMs: number,
): ReportKind | 'no_history' | 'beyond_forecast' {
  if (scheduledMs === null) return 'current';
  const aheadMs = scheduledMs - nowMs;
  if (aheadMs < -CURRENT_WITHIN_MS) return 'no_history';
  if (aheadMs <= CURRENT_WITHIN_MS) return 'current';
  return aheadMs <= FORECAST_MS ? 'forecast' : 'beyond_forecast';
}

/** The weather of the step nearest to a pickup; `null` when the pickup lies beyond all of them. */
export function nearestStep(steps: readonly TimedWeather[], scheduledMs: number): Weather | null {
  let nearest: Weather | null = null;
  let leastMs = NEAR_STEP_MS;
  for (const { atMs, weather } of steps) {
    const apartMs = Math.abs(atMs - scheduledMs);
    if (apartMs > leastMs) continue;
    leastMs = apartMs;
    nearest = weather;
  }
  return nearest;
}
