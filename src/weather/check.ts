import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { redisAt } from '../flag/redis-connection.js';
import { t } from '../wording/t.js';
import type { WeatherDefaultReason } from './default-reason.js';
import { type CallOutcome, meteredCalls } from './metered-calls.js';
import { type OpenWeather, openWeather, placeKey, type ServiceAnswer } from './openweather.js';
import type { NamedPlace } from './places.js';
import { CALLS_PER_DAY, CALLS_PER_MINUTE, type Usage } from './quota.js';
import { ORDINARY_FACTOR, type SeverityTerms, severityTerms, weatherFactor } from './severity.js';
import { type SharedWeather, sharedWeather } from './shared-weather.js';
import type { Weather } from './weather.js';
import type { WeatherEffect } from './weather-effect.js';
import { FRESH_MS } from './weather-lookup.js';

/** Whether live weather works at a place, and what a prediction there would use now. */
export interface WeatherCheck {
  readonly place: NamedPlace;
  readonly key: 'valid' | 'invalid' | 'missing' | 'unknown';
  readonly service: ServiceLook;
  /** `null` where nothing was counted. */
  readonly quota: QuotaLook | null;
  readonly cache: CacheLook;
  readonly used: UsedWeather;
  /** `null` where no model could be asked. */
  readonly effect: WeatherEffect | null;
  /** `null` unless an outage was injected; then whether the neutral factor stood in for the weather. */
  readonly drill: { readonly worked: boolean } | null;
}

interface QuotaLook {
  readonly usage: Usage;
  readonly limits: Usage;
  /** Counted by all processes together. */
  readonly isShared: boolean;
}

export interface ServiceLook {
  readonly where: string;
  readonly answered: boolean;
  /** Why not, `null` when it answered. */
  readonly reason: WeatherDefaultReason | null;
  readonly detail: string | null;
  /** `null` when it was not asked. */
  readonly latencyMs: number | null;
}

/** What the shared cache held before the service was asked; `none` where processes share nothing. */
export interface CacheLook {
  readonly state: 'none' | 'away' | 'empty' | 'fresh' | 'stale';
  readonly ageMs: number | null;
}

export interface UsedWeather {
  readonly weather: Weather | null;
  readonly terms: SeverityTerms | null;
  readonly factor: number;
  readonly isDefault: boolean;
  readonly reason: WeatherDefaultReason | null;
  /** From the cache, because the service failed, and no longer fresh there. */
  readonly stale: boolean;
}

/**
 * Asks the service about the weather at `place` now, whatever the cache holds, within the quota. What comes is kept
 * for the others.
 */
export async function checkWeather(
  config: Pick<Config, 'openWeather' | 'redisUrl'>,
  place: NamedPlace,
  clock: Clock,
  onNotice: (text: string) => void,
): Promise<Omit<WeatherCheck, 'effect'>> {
  const service = openWeather(config.openWeather, clock);
  if (config.openWeather.apiKey === null) return keyless(service.where, place);
  const redis = config.redisUrl === null ? null : redisAt(config.redisUrl);
  const shared = redis === null ? null : sharedWeather(redis, clock, onNotice);
  try {
    return await askNow(place, service, shared, clock);
  } finally {
    await service.close();
    await redis?.close();
  }
}

async function askNow(
  place: NamedPlace,
  service: OpenWeather,
  shared: SharedWeather | null,
  clock: Clock,
): Promise<Omit<WeatherCheck, 'effect'>> {
  const key = placeKey('current', place);
  const held = (await shared?.read(key)) ?? null;
  let answer: ServiceAnswer | null = null;
  const calls = meteredCalls(service, shared, clock, (given) => {
    answer = given;
  });
  const outcome = await calls.ask('current', place);
  if (!outcome.failed) await shared?.keep(key, outcome.conditions);
  const cache = cacheLook(shared, held);
  const kept = held === null || held === 'nothing' ? null : held.conditions;
  const [used] = (outcome.failed ? kept : outcome.conditions) ?? [];
  const reason = outcome.failed ? outcome.reason : null;
  return {
    place,
    key: keyState(reason),
    service: serviceLook(service.where, outcome, answer),
    quota: await quotaLook(shared, calls.counts().usage),
    cache,
    used: usedWeather(used?.weather ?? null, reason, outcome.failed && cache.state === 'stale'),
    drill: null,
  };
}

/** The check with what the model made of the weather. A drill has worked when the model used the neutral factor too. */
export function withEffect(check: Omit<WeatherCheck, 'effect'>, effect: WeatherEffect | null): WeatherCheck {
  if (check.drill === null || effect === null) return { ...check, effect };
  const { is_default, factor } = effect.used;
  const worked = check.drill.worked && is_default && factor === ORDINARY_FACTOR;
  return { ...check, effect, drill: { worked } };
}

/** `stale` counts where there is any weather. */
export function usedWeather(
  weather: Weather | null,
  reason: WeatherDefaultReason | null,
  stale: boolean,
): UsedWeather {
  if (weather === null) {
    return { weather, terms: null, factor: ORDINARY_FACTOR, isDefault: true, reason, stale: false };
  }
  const terms = severityTerms(weather);
  return { weather, terms, factor: weatherFactor(weather), isDefault: false, reason: null, stale };
}

function keyless(where: string, place: NamedPlace): Omit<WeatherCheck, 'effect'> {
  return {
    place,
    key: 'missing',
    service: {
      where,
      answered: false,
      reason: 'no_key',
      detail: t`not asked without a key`,
      latencyMs: null,
    },
    quota: null,
    cache: { state: 'none', ageMs: null },
    used: usedWeather(null, 'no_key', false),
    drill: null,
  };
}

function keyState(reason: WeatherDefaultReason | null): WeatherCheck['key'] {
  if (reason === null) return 'valid';
  return reason === 'unauthorized' ? 'invalid' : 'unknown';
}

function serviceLook(where: string, outcome: CallOutcome, answer: ServiceAnswer | null): ServiceLook {
  const latencyMs = answer?.latencyMs ?? null;
  if (!outcome.failed) return { where, answered: true, reason: null, detail: null, latencyMs };
  const { reason, detail } = outcome;
  return { where, answered: false, reason, detail: detail(), latencyMs };
}

async function quotaLook(shared: SharedWeather | null, own: Usage): Promise<WeatherCheck['quota']> {
  const usage = (await shared?.usage()) ?? null;
  const limits = { minute: CALLS_PER_MINUTE, day: CALLS_PER_DAY };
  return { usage: usage ?? own, limits, isShared: usage !== null };
}

function cacheLook(
  shared: SharedWeather | null,
  held: Awaited<ReturnType<SharedWeather['read']>>,
): CacheLook {
  if (shared === null) return { state: 'none', ageMs: null };
  if (held === null) return { state: 'away', ageMs: null };
  if (held === 'nothing') return { state: 'empty', ageMs: null };
  return { state: held.ageMs < FRESH_MS ? 'fresh' : 'stale', ageMs: held.ageMs };
}
