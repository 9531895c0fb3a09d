import type { ReportKind, TimedWeather } from './conditions.js';
import { isPossible, parseOpenWeather, type Weather } from './weather.js';

/** A forecast counts precipitation over its whole step. */
const STEP_HOURS = 3;

/** One step of `/data/2.5/forecast`: as a report of now, but for the precipitation. */
interface ForecastStep {
  readonly dt?: unknown;
  readonly rain?: { readonly '3h'?: unknown } | null;
  readonly snow?: { readonly '3h'?: unknown } | null;
}

/** The weather in the body of an answer; `null` when the body is anything else than its kind of report. */
export function readReport(kind: ReportKind, body: string, nowMs: number): readonly TimedWeather[] | null {
  const document = parseObject(body);
  if (document === null) return null;
  if (kind === 'forecast') return readForecast(document);
  const weather = possible(parseOpenWeather(document));
  return weather === null ? null : [{ atMs: nowMs, weather }];
}

function readForecast({ list }: { readonly list?: unknown }): readonly TimedWeather[] | null {
  if (!Array.isArray(list) || list.length === 0) return null;
  const steps = list.map(readStep);
  return steps.every((step) => step !== null) ? steps : null;
}

function readStep(step: unknown): TimedWeather | null {
  if (typeof step !== 'object' || step === null) return null;
  const { dt, rain, snow, ...rest }: ForecastStep = step;
  const atMs = typeof dt === 'number' ? dt * 1000 : Number.NaN;
  if (!Number.isFinite(atMs)) return null;
  const hourly = { ...rest, rain: hourlyOf(rain), snow: hourlyOf(snow) };
  // What stands where an object is expected is for the one reader of reports to refuse.
  const weather = possible(parseOpenWeather(hourly as Parameters<typeof parseOpenWeather>[0]));
  return weather === null ? null : { atMs, weather };
}

/** Millimetres an hour, in which the severity is written, from millimetres of three hours. */
function hourlyOf(amount: ForecastStep['rain']): unknown {
  if (typeof amount !== 'object' || amount === null) return amount;
  const total = amount['3h'];
  return { '1h': typeof total === 'number' ? total / STEP_HOURS : total };
}

function possible(weather: Weather | null): Weather | null {
  return weather !== null && isPossible(weather) ? weather : null;
}

function parseObject(body: string): object | null {
  try {
    const document: unknown = JSON.parse(body);
    return typeof document === 'object' ? document : null;
  } catch {
    return null;
  }
}
