/** Conditions at one place and time, in the units the severity table is written in. */
export interface Weather {
  readonly temperatureC: number;
  /** Millimetres in the last hour; 0 when the report names none. */
  readonly rainMm: number;
  readonly snowMm: number;
  readonly windKmh: number;
  /** `null` when the report has no visibility. */
  readonly visibilityMeters: number | null;
  readonly cloudsPercent: number;
}

export const KMH_PER_METRE_PER_SECOND = 3.6;

/** The part of an OpenWeather report (`/data/2.5/weather`, metric) that delays depend on. */
export interface OpenWeatherReport {
  readonly main?: { readonly temp?: unknown };
  readonly wind?: { readonly speed?: unknown };
  readonly rain?: { readonly '1h'?: unknown };
  readonly snow?: { readonly '1h'?: unknown };
  readonly clouds?: { readonly all?: unknown };
  readonly visibility?: unknown;
}

/**
 * Reads an OpenWeather report. `null` when it lacks the temperature, the wind or the clouds, or a field is not a
 * number: such a report is malformed, which is "unknown", not "fine". Every report has those three; `rain`, `snow` and
 * `visibility` may be absent.
 */
export function parseOpenWeather(report: OpenWeatherReport): Weather | null {
  const { main, wind, rain, snow, clouds } = report;
  if (![main, wind, rain, snow, clouds].every(isObjectOrAbsent)) return null;
  const temperatureC = numberOr(main?.temp, Number.NaN);
  const windMs = numberOr(wind?.speed, Number.NaN);
  const rainMm = numberOr(rain?.['1h'], 0);
  const snowMm = numberOr(snow?.['1h'], 0);
  const cloudsPercent = numberOr(clouds?.all, Number.NaN);
  const visibility = numberOr(report.visibility, Number.POSITIVE_INFINITY);
  const read = [temperatureC, windMs, rainMm, snowMm, cloudsPercent, visibility];
  if (read.some(Number.isNaN)) return null;
  return {
    temperatureC,
    rainMm,
    snowMm,
    windKmh: windMs * KMH_PER_METRE_PER_SECOND,
    visibilityMeters: Number.isFinite(visibility) ? visibility : null,
    cloudsPercent,
  };
}

/** Whether a station could report this: numbers that none does are a fault, not the weather. */
export function isPossible(weather: Weather): boolean {
  const { temperatureC, rainMm, snowMm, windKmh, visibilityMeters, cloudsPercent } = weather;
  const amounts = [rainMm, snowMm, windKmh, visibilityMeters ?? 0, cloudsPercent, 100 - cloudsPercent];
  return Number.isFinite(temperatureC) && amounts.every((amount) => amount >= 0 && Number.isFinite(amount));
}

/** A report comes from outside: what stands where an object is expected may be anything. */
function isObjectOrAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && !Array.isArray(value);
}

/** The number itself, `absent` for a missing field, NaN for anything else. */
function numberOr(value: unknown, absent: number): number {
  if (value === undefined || value === null) return absent;
  return typeof value === 'number' ? value : Number.NaN;
}
