import { type RedisConnection, redisAt } from '../flag/redis-connection.js';
import type { WeatherDefaultReason } from '../weather/default-reason.js';
import { type OpenWeather, openWeather } from '../weather/openweather.js';
import { CALLS_PER_DAY, CALLS_PER_MINUTE } from '../weather/quota.js';
import { type SharedWeather, sharedWeather } from '../weather/shared-weather.js';
import { t } from '../wording/t.js';
import { type CheckGroup, type Finding, fail, ok, type PlannedCheck, unknown, warn } from './check.js';
import type { DoctorContext } from './context.js';
import { ownMetrics } from './serve.js';

const GENEVA = { lat: 46.2, lon: 6.14 };
/** Of the day's calls: more will be refused before it ends. */
const WARN_ABOVE_SHARE = 0.9;

/** The weather service: one call, and what was asked of it today. */
export function weatherChecks({ config, clock }: DoctorContext): CheckGroup {
  const { openWeather: settings, redisUrl } = config;
  let redis: RedisConnection | null = null;
  let service: OpenWeather | null = null;
  const shared = (): SharedWeather | null => {
    if (redisUrl === null) return null;
    redis ??= redisAt(redisUrl);
    return sharedWeather(redis, clock, () => {});
  };
  const key = async (): Promise<Finding> => {
    if (settings.apiKey === null) return fail(t`OPENWEATHER_API_KEY is not set`, REMEDIES.no_key());
    service = openWeather(settings, clock);
    const permit = await shared()?.permit();
    if (permit?.granted === false) {
      return unknown(t`not asked: the quota is used up`, t`Wait, or lower the number of calls.`);
    }
    const answer = await service.ask('current', GENEVA);
    if (!answer.failed) return ok(t`${service.where} answered in ${Math.round(answer.latencyMs)} ms`);
    return fail(
      `${service.where}: ${answer.detail} (${answer.reason})`,
      (REMEDIES[answer.reason] ?? REMEDIES.unreachable)(),
    );
  };
  const checks: PlannedCheck[] = [
    { name: 'weather', expected: t`a report for Geneva`, look: key },
    {
      name: 'weather quota',
      expected: t`below ${CALLS_PER_MINUTE} calls a minute and ${CALLS_PER_DAY} a day`,
      look: async () => quota((await shared()?.usage()) ?? null),
    },
    {
      name: 'weather cache',
      expected: t`most questions answered without a call`,
      look: async () => cache(await ownMetrics(config)),
    },
  ];
  return {
    checks,
    async close() {
      await service?.close();
      await redis?.close();
    },
  };
}

type Usage = { readonly minute: number; readonly day: number };

export function quota(usage: Usage | null): Finding {
  if (usage === null) return unknown(t`each process counts its own calls: set REDIS_URL to share them`);
  const found = t`${usage.minute} of ${CALLS_PER_MINUTE} this minute, ${usage.day} of ${CALLS_PER_DAY} today`;
  if (usage.day < WARN_ABOVE_SHARE * CALLS_PER_DAY) return ok(found);
  return warn(found, t`Expect the neutral factor 0.5 for the rest of the day, or take a larger plan.`);
}

/** Since the server started. */
export function cache(metrics: ReadonlyMap<string, number> | null): Finding {
  const hits = metrics?.get('atmr_ml_weather_cache_hits');
  const calls = metrics?.get('atmr_ml_weather_calls');
  if (hits === undefined || calls === undefined) return unknown(t`no server runs here to ask`);
  if (hits + calls === 0) return unknown(t`nothing was asked yet`);
  const found = t`${Math.round((hits / (hits + calls)) * 100)} % of ${hits + calls} questions`;
  if (hits >= calls || hits + calls < FEWEST_QUESTIONS) return ok(found);
  return warn(found, t`Set REDIS_URL, so that processes share what they ask.`);
}

/** Each place is asked for once before it can be remembered. */
const FEWEST_QUESTIONS = 100;

type Say = () => string;
const REMEDIES = {
  no_key: () => t`Get a key at openweathermap.org and set OPENWEATHER_API_KEY.`,
  unauthorized: () => t`Check OPENWEATHER_API_KEY; a new key takes up to 2 hours to work.`,
  rate_limited: () => t`Wait, or take a larger plan: the account is over its limit.`,
  unreachable: () => t`Check the way out of this network, and OPENWEATHER_BASE_URL.`,
} satisfies Partial<Record<WeatherDefaultReason, Say>> as Readonly<
  Partial<Record<WeatherDefaultReason, Say>> & { no_key: Say; unreachable: Say }
>;
