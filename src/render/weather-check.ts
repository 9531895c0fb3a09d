import type { CacheLook, WeatherCheck } from '../weather/check.js';
import { type SeverityTerms, severity, WORST_SEVERITY } from '../weather/severity.js';
import type { Weather } from '../weather/weather.js';
import type { WeatherEffect } from '../weather/weather-effect.js';
import { t } from '../wording/t.js';
import { saidValue, weatherReasonSaid } from '../wording/values-said.js';
import { count, decimal } from './number.js';
import type { Style } from './style.js';

/** The JSON document of `weather-check`. */
export function weatherCheckDocument(check: WeatherCheck) {
  const { place, key, service, quota, cache, used, effect, drill } = check;
  return {
    place: { name: place.name, lat: place.lat, lon: place.lon },
    is_default: used.isDefault,
    reason: used.reason,
    factor: used.factor,
    stale: used.stale,
    severity: used.weather && { sum: severity(used.weather), terms: used.terms },
    weather: used.weather && weatherDocument(used.weather),
    key,
    service: {
      where: service.where,
      answered: service.answered,
      reason: service.reason,
      detail: service.detail,
      latency_ms: service.latencyMs,
    },
    quota: quota && {
      minute: quota.usage.minute,
      minute_limit: quota.limits.minute,
      day: quota.usage.day,
      day_limit: quota.limits.day,
      shared: quota.isShared,
    },
    cache: { state: cache.state, age_seconds: cache.ageMs === null ? null : Math.round(cache.ageMs / 1000) },
    model: effect && {
      version: effect.modelVersion,
      simulated: effect.simulated,
      training_range: effect.trainingRange,
      in_range: isInRange(used.factor, effect),
    },
    effect: effect && effectDocument(effect),
    drill,
  };
}

/** The same for people, in lines of at most 80 characters. */
export function weatherCheckText(check: WeatherCheck, style: Style): string {
  const { used } = check;
  const fallback = used.isDefault ? style.warn : style.good;
  return [
    style.bold(headline(check)),
    fallback(`Is default: ${used.isDefault ? 'True' : 'False'}`),
    ...serviceLines(check),
    ...(check.quota === null ? [] : [row(t`quota`, quotaText(check.quota))]),
    ...(check.drill === null ? [row(t`cache`, cacheText(check.cache))] : []),
    row(t`factor`, factorText(check)),
    ...effectLines(check.effect),
    ...(used.weather === null || used.terms === null ? [] : termLines(used.weather, used.terms)),
    ...(check.effect?.simulated ? [style.warn(simulatedNote())] : []),
  ].join('\n');
}

/** What to do about weather that is not live; `null` when it is, or the drill worked. */
export function weatherRemedy({ key, service, drill }: WeatherCheck): string | null {
  if (drill !== null)
    return drill.worked ? null : t`The drill failed: the outage did not lead to the neutral factor.`;
  if (service.answered) return null;
  if (key === 'missing') return noKey();
  if (key === 'invalid') return badKey();
  const why = t`${reasonSaid(service.reason)}: ${service.detail ?? ''}`;
  return t`No live weather (${why}).\nPredictions go on, with weather kept before or the neutral factor.`;
}

const noKey = () =>
  t`OPENWEATHER_API_KEY is not set, so weather is unknown and counts as neutral.
Get a key at openweathermap.org and set it in the environment or .env.`;
const badKey = () =>
  t`OpenWeather refused the key in OPENWEATHER_API_KEY.
Check it for typing errors; a new key takes up to two hours to work.`;
const simulatedNote = () => t`! simulated: the model was trained on made-up rides, so its minutes are too`;

/** Of the labels, which are longer in some languages. */
function labelWidth(): number {
  const labels = [t`service`, t`key`, t`quota`, t`cache`, t`factor`, t`effect`];
  return Math.max(10, ...labels.map((label) => label.length + 2));
}

function row(name: string, text: string): string {
  return `${name.padEnd(labelWidth())}${text}`;
}

function headline({ place, service, drill, used }: WeatherCheck): string {
  const { name, lat, lon } = place;
  const where = `${name === null ? '' : `${name}, `}${decimal(lat)} ${decimal(lon)}`;
  if (drill !== null) return t`Outage drill at ${where}: ${drill.worked ? t`it worked` : t`IT FAILED`}`;
  if (used.isDefault) return t`Weather at ${where}: unknown (${reasonSaid(used.reason)})`;
  return t`Weather at ${where}: ${service.answered ? t`live` : t`kept from before the failure`}`;
}

function reasonSaid(reason: string | null): string {
  return reason === null ? '' : weatherReasonSaid(reason);
}

function serviceLines({ service, key, drill }: WeatherCheck): string[] {
  if (drill !== null)
    return [
      row(
        t`service`,
        t`${service.where}: ${service.reason === null ? t`it answered` : weatherReasonSaid(service.reason)}`,
      ),
    ];
  const after = service.latencyMs === null ? '' : t` after ${service.latencyMs.toFixed(0)} ms`;
  const answer = service.answered
    ? t`answered${after}`
    : t`${reasonSaid(service.reason)}${after}: ${service.detail ?? ''}`;
  return [row(t`service`, service.where), row('', answer), row(t`key`, saidValue(key))];
}

function quotaText({ usage, limits, isShared }: NonNullable<WeatherCheck['quota']>): string {
  const minute = t`${count(usage.minute)} of ${count(limits.minute)} calls this minute`;
  return t`${minute}, ${count(usage.day)} of ${count(limits.day)} today${isShared ? '' : t` (of this process)`}`;
}

function cacheText({ state, ageMs }: CacheLook): string {
  if (state === 'none') return t`of each process alone; REDIS_URL would share it`;
  if (state === 'away') return t`Redis does not answer`;
  if (ageMs === null) return t`Redis has nothing for this place`;
  return t`${saidValue(state)} in Redis, ${(ageMs / 60_000).toFixed(0)} min old`;
}

function factorText({ used, effect }: WeatherCheck): string {
  const range = effect?.trainingRange ?? null;
  const factor = decimal(used.factor);
  if (effect === null || range === null) return factor;
  const side = isInRange(used.factor, effect) ? t`within` : t`OUTSIDE`;
  return t`${factor}, ${side} what training saw: ${decimal(range.min)} to ${decimal(range.max)}`;
}

function isInRange(factor: number, { trainingRange }: WeatherEffect): boolean | null {
  if (trainingRange === null) return null;
  // A manifest has 32-bit floats: the worst factor of training must not lie outside it.
  const single = Math.fround(factor);
  return single >= trainingRange.min && single <= trainingRange.max;
}

function effectLines(effect: WeatherEffect | null): string[] {
  if (effect === null) return [];
  const { minutes, neutralMinutes, distanceKm, hour } = effect;
  if (minutes === null || neutralMinutes === null) return [row(t`effect`, t`the model could not answer`)];
  const moved = minutes - neutralMinutes;
  const change = t`${moved > 0 ? '+' : ''}${decimal(moved)} min: ${decimal(minutes)}, neutral ${decimal(neutralMinutes)}`;
  return [row(t`effect`, t`${change} (typical ride, ${decimal(distanceKm, 1)} km at ${hour} h)`)];
}

function effectDocument({ minutes, neutralMinutes, distanceKm, hour }: WeatherEffect) {
  const moved = minutes === null || neutralMinutes === null ? null : minutes - neutralMinutes;
  return {
    booking: { distance_km: distanceKm, hour },
    minutes,
    neutral_minutes: neutralMinutes,
    moved_minutes: moved,
  };
}

function termLines(weather: Weather, terms: SeverityTerms): string[] {
  const { rainMm, snowMm, windKmh, visibilityMeters, cloudsPercent, temperatureC } = weather;
  const snow = snowMm > 0 ? t`snow ${decimal(snowMm, 1)} mm/h` : t`rain ${decimal(rainMm, 1)} mm/h`;
  const measured: Record<keyof SeverityTerms, string> = {
    precipitation: snow,
    wind: `${windKmh.toFixed(0)} km/h`,
    visibility: visibilityMeters === null ? t`not reported` : `${count(visibilityMeters)} m`,
    clouds: `${cloudsPercent.toFixed(0)} %`,
    temperature: `${decimal(temperatureC, 1)} °C`,
  };
  const termNames: Record<keyof SeverityTerms, string> = {
    precipitation: t`precipitation`,
    wind: t`wind`,
    visibility: t`visibility`,
    clouds: t`clouds`,
    temperature: t`temperature`,
  };
  const names = Object.keys(measured) as (keyof SeverityTerms)[];
  const line = (name: string, term: number, text: string) => `  ${name.padEnd(15)}${decimal(term)}  ${text}`;
  return [
    t`severity`,
    ...names.map((name) => line(termNames[name], terms[name], measured[name])),
    line(t`sum`, severity(weather), t`of at most ${count(WORST_SEVERITY)}`),
  ];
}

function weatherDocument(weather: Weather) {
  return {
    temperature_c: weather.temperatureC,
    rain_mm: weather.rainMm,
    snow_mm: weather.snowMm,
    wind_kmh: weather.windKmh,
    visibility_meters: weather.visibilityMeters,
    clouds_percent: weather.cloudsPercent,
  };
}
