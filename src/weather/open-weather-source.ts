import type { Coordinates } from '../booking/booking.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { type RedisConnection, redisAt } from '../flag/redis-connection.js';
import { nearestStep, reportFor } from './conditions.js';
import type { WeatherDefaultReason } from './default-reason.js';
import { meteredCalls } from './metered-calls.js';
import { openWeather } from './openweather.js';
import { outageNotice } from './outage-notice.js';
import { sharedWeather } from './shared-weather.js';
import { type Found, weatherLookup } from './weather-lookup.js';
import type { WeatherAnswer, WeatherSource } from './weather-source.js';

interface SourceOptions {
  /** Where processes share what they know: that of the configuration unless given, none with `null`. */
  readonly redis?: RedisConnection | null;
  /** Hears what a person should know; never the key, never a place. */
  onNotice(text: string): void;
}

/**
 * Live weather from OpenWeather: kept for 10 minutes, for up to an hour when the service fails, and shared through
 * Redis where there is one. BAD_CONFIG for an OPENWEATHER_BASE_URL or REDIS_URL that is none.
 */
export function openWeatherSource(
  config: Pick<Config, 'openWeather' | 'redisUrl'>,
  clock: Clock,
  { redis: given, onNotice }: SourceOptions,
): WeatherSource {
  if (config.openWeather.apiKey === null) return keylessSource(onNotice);
  const service = openWeather(config.openWeather, clock);
  const own = given === undefined && config.redisUrl !== null ? redisAt(config.redisUrl) : null;
  const redis = given ?? own;
  const shared = redis === null ? null : sharedWeather(redis, clock, onNotice);
  const calls = meteredCalls(service, shared, clock, outageNotice(service.where, clock, onNotice));
  const { look, ended } = weatherLookup(calls, shared, clock);
  let cacheHits = 0;
  let staleAnswers = 0;
  return {
    async weatherFor(place, scheduledMs, waitMs) {
      if (place === null || !isOnEarth(place)) return unknown('no_coordinates');
      const kind = reportFor(scheduledMs, clock.nowMs());
      if (kind === 'no_history' || kind === 'beyond_forecast') return unknown(kind);
      const found = await look(kind, place, waitMs);
      const answer = answerOf(found, kind === 'current' ? null : scheduledMs);
      if (found.fromCache && answer.weather !== null) cacheHits += 1;
      if (answer.stale) staleAnswers += 1;
      return answer;
    },
    counts() {
      const { calls: made, failures, usage } = calls.counts();
      const used = { callsThisMinute: usage.minute, callsToday: usage.day };
      return { cacheHits, staleAnswers, calls: made, failures: { ...failures }, ...used };
    },
    async close() {
      await service.close();
      await ended();
      await own?.close();
    },
  };
}

function keylessSource(onNotice: (text: string) => void): WeatherSource {
  onNotice(
    'OPENWEATHER_API_KEY is not set: bookings without weather are predicted with the neutral factor 0.5.',
  );
  const none = { cacheHits: 0, staleAnswers: 0, calls: 0, failures: {}, callsThisMinute: 0, callsToday: 0 };
  return {
    weatherFor: async () => unknown('no_key'),
    counts: () => none,
    close: async () => {},
  };
}

function isOnEarth({ lat, lon }: Coordinates): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

function unknown(reason: WeatherDefaultReason): WeatherAnswer {
  return { weather: null, reason, stale: false };
}

/** `scheduledMs` picks a step of a forecast; `null` for the one report of now. */
function answerOf({ conditions, reason, stale }: Found, scheduledMs: number | null): WeatherAnswer {
  if (conditions === null) return unknown(reason ?? 'timeout');
  const weather =
    scheduledMs === null ? (conditions[0]?.weather ?? null) : nearestStep(conditions, scheduledMs);
  return weather === null ? unknown('beyond_forecast') : { weather, reason: null, stale };
}
