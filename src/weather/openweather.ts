import type { Agent, Dispatcher } from 'undici';
import type { Coordinates } from '../booking/booking.js';
import type { Clock } from '../clock.js';
import type { OpenWeatherSettings } from '../config.js';
import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import type { ReportKind, TimedWeather } from './conditions.js';
import type { WeatherDefaultReason } from './default-reason.js';
import { readReport } from './read-report.js';

/** OpenWeather, or what stands at OPENWEATHER_BASE_URL. Asks once, never again by itself. */
export interface OpenWeather {
  /** The address without path, login and key, for messages. */
  readonly where: string;
  /** Never rejects: a failure is an answer that says why. */
  ask(kind: ReportKind, place: Coordinates): Promise<ServiceAnswer>;
  close(): Promise<void>;
}

export type ServiceAnswer = { readonly latencyMs: number } & (Reported | Failed);

export interface Reported {
  readonly failed: false;
  /** One of now, or the steps of a forecast. */
  readonly conditions: readonly TimedWeather[];
}

export interface Failed {
  readonly failed: true;
  readonly reason: WeatherDefaultReason;
  /** For people. Made of our own words and numbers: what a server or driver says could hold the key. */
  /** Says more, in the language of whoever is told. */
  detail(): string;
  /** What a 429 demanded, in milliseconds; `null` when nothing. */
  readonly retryAfterMs: number | null;
}

const TIMEOUT_MS = 5000;
/** A forecast has some 16 kB. */
const MOST_BYTES = 256 * 1024;
/** 0.01° is about a kilometre: nobody's address leaves the company. */
const COORDINATE_DECIMALS = 2;

/** Latitude and longitude as they are sent and kept. */
function roundedPlace({ lat, lon }: Coordinates): { lat: string; lon: string } {
  // Adding 0 turns −0, which 0.001° south of the equator becomes, into 0.
  const rounded = (degrees: number) =>
    (Number(degrees.toFixed(COORDINATE_DECIMALS)) + 0).toFixed(COORDINATE_DECIMALS);
  return { lat: rounded(lat), lon: rounded(lon) };
}

/** Under what a report is kept. A forecast holds every step, so one call serves all pickups of five days. */
export function placeKey(kind: ReportKind, place: Coordinates): string {
  const { lat, lon } = roundedPlace(place);
  return `${kind}:${lat},${lon}`;
}

/** The service of the settings, which have a key. BAD_CONFIG for a base address that is none. */
export function openWeather(
  { apiKey, baseUrl }: OpenWeatherSettings,
  clock: Clock,
  timeoutMs = TIMEOUT_MS,
): OpenWeather {
  const base = readBaseUrl(baseUrl);
  let agent: Promise<Agent> | null = null;
  let isClosed = false;
  return {
    where: base.origin,
    async ask(kind, place) {
      if (isClosed) return { ...CLOSED, latencyMs: 0 };
      const address = addressOf(base, kind, place, apiKey ?? '');
      agent ??= startAgent(timeoutMs);
      // Loading the library is no latency of the service.
      await agent.catch(() => {});
      const startedMs = clock.monotonicMs();
      const answer = await agent
        .then((dispatcher) => get(dispatcher, address, timeoutMs))
        .then(
          (response) => answerOf(kind, response, clock.nowMs()),
          (thrown) => failureOf(thrown, timeoutMs),
        );
      return { ...answer, latencyMs: clock.monotonicMs() - startedMs };
    },
    async close() {
      isClosed = true;
      await (await agent)?.destroy();
    },
  };
}

const CLOSED: Failed = { failed: true, reason: 'unreachable', detail: () => 'closed', retryAfterMs: null };

function readBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  // Not repeated: an address may hold a login.
  const expected = t`expected one such as https://api.openweathermap.org`;
  throw new AtmrError('BAD_CONFIG', t`OPENWEATHER_BASE_URL is not an http address; ${expected}.`);
}

function addressOf(base: URL, kind: ReportKind, place: Coordinates, apiKey: string): URL {
  const address = new URL(base);
  const path = kind === 'current' ? 'weather' : 'forecast';
  address.pathname = `${base.pathname.replace(/\/$/, '')}/data/2.5/${path}`;
  address.search = new URLSearchParams({
    ...roundedPlace(place),
    appid: apiKey,
    units: 'metric',
  }).toString();
  return address;
}

async function startAgent(timeoutMs: number): Promise<Agent> {
  const undici = await import('undici');
  // Calls are minutes apart: a connection kept for the next one would mostly be found dead.
  return new undici.Agent({
    pipelining: 0,
    maxResponseSize: MOST_BYTES,
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
}

interface Response {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

async function get(dispatcher: Dispatcher, address: URL, timeoutMs: number): Promise<Response> {
  const { request } = await import('undici');
  // One limit for all of it: a server that sends a byte now and then breaks none of the agent's own.
  const signal = AbortSignal.timeout(timeoutMs);
  const { statusCode, headers, body } = await request(address, { dispatcher, signal });
  const retryAfter = headers['retry-after'];
  return {
    status: statusCode,
    retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
    body: await body.text(),
  };
}

/** The HTTP status decides: `cod` in the body is a number here and a text there. */
function answerOf(
  kind: ReportKind,
  { status, retryAfter, body }: Response,
  nowMs: number,
): Reported | Failed {
  if (status !== 200) {
    const reason = REASONS[status] ?? 'unreachable';
    const retryAfterMs = status === 429 ? readRetryAfter(retryAfter, nowMs) : null;
    return { failed: true, reason, detail: () => `HTTP ${status}`, retryAfterMs };
  }
  const conditions = readReport(kind, body, nowMs);
  if (conditions !== null) return { failed: false, conditions };
  const detail = () => t`not a report with temperature, wind and clouds`;
  return { failed: true, reason: 'malformed', detail, retryAfterMs: null };
}

/** 400 is "Nothing to geocode"; the rest, 404 and 5xx among it, is no weather service that works. */
const REASONS: Readonly<Record<number, WeatherDefaultReason>> = {
  400: 'no_coordinates',
  401: 'unauthorized',
  403: 'unauthorized',
  429: 'rate_limited',
};

/** Seconds, or a date; `null` when it is neither. */
function readRetryAfter(text: string | null, nowMs: number): number | null {
  if (text === null) return null;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

const TIMED_OUT = /^(TimeoutError|ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/;

function failureOf(thrown: unknown, timeoutMs: number): Failed {
  const name = nameOf(thrown);
  if (TIMED_OUT.test(name)) {
    const detail = () => t`no answer within ${timeoutMs / 1000} s`;
    return { failed: true, reason: 'timeout', detail, retryAfterMs: null };
  }
  if (name === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    const detail = () => t`larger than ${MOST_BYTES / 1024} kB`;
    return { failed: true, reason: 'malformed', detail, retryAfterMs: null };
  }
  return { failed: true, reason: 'unreachable', detail: () => name, retryAfterMs: null };
}

/** Codes such as ECONNREFUSED, which are constants; never the message, which may quote what was sent. */
function nameOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return t`unknown failure`;
  if ('code' in thrown && typeof thrown.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(thrown.code))
    return thrown.code;
  return thrown.name;
}
