import type { Traffic } from '../ledger/ledger.js';
import type { WeatherCounts } from '../weather/weather-source.js';

/** What a free account may ask; beyond it, it is blocked. */
interface Quota {
  readonly perMinute: number;
  readonly perDay: number;
}

/**
 * How the weather comes: of the answers of the last hour, over all instances, how many had to do without; and what this
 * instance asked since it started.
 */
export function weatherDocument(
  hour: Traffic,
  counts: WeatherCounts,
  { configured, quota }: { readonly configured: boolean; readonly quota: Quota },
) {
  const { requests, weatherDefaults } = hour;
  return {
    configured,
    last_hour: {
      requests,
      weather_defaults: weatherDefaults,
      weather_default_rate: requests === 0 ? null : weatherDefaults / requests,
    },
    this_instance: {
      calls: counts.calls,
      ...{ cache_hits: counts.cacheHits, stale_answers: counts.staleAnswers },
      failures: counts.failures,
      calls_this_minute: counts.callsThisMinute,
      calls_today: counts.callsToday,
    },
    quota: { per_minute: quota.perMinute, per_day: quota.perDay },
  };
}
