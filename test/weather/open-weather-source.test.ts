import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWeatherSource } from '../../src/weather/open-weather-source.js';
import type { WeatherSource } from '../../src/weather/weather-source.js';
import {
  GENEVA,
  KEY,
  MINUTE_MS,
  ok,
  type RecordedServer,
  startRecordedServer,
  turnableClock,
} from './recorded-server.js';

/** Longer than anything here takes. */
const PATIENT_MS = 20_000;

let server: RecordedServer;
let clock: ReturnType<typeof turnableClock>;
let notices: string[];
let source: WeatherSource;
beforeEach(async () => {
  server = await startRecordedServer();
  clock = turnableClock();
  notices = [];
  source = sourceWith(KEY);
});
afterEach(async () => {
  await source.close();
  await server.close();
  expect(JSON.stringify([notices, source.counts()])).not.toContain(KEY);
});

function sourceWith(apiKey: string | null): WeatherSource {
  const config = { openWeather: { apiKey, baseUrl: server.url }, redisUrl: null };
  return openWeatherSource(config, clock, { onNotice: (text) => notices.push(text) });
}

function now(waitMs = PATIENT_MS, place = GENEVA) {
  return source.weatherFor(place, null, waitMs);
}

const UNKNOWN = { weather: null, stale: false };

describe('live weather', () => {
  it('is kept for ten minutes, for the whole square kilometre', async () => {
    expect(await now()).toMatchObject({ weather: { rainMm: 5 }, reason: null, stale: false });
    clock.turn(10 * MINUTE_MS - 1);
    expect(await now(0, { lat: 46.2011, lon: 6.1398 })).toMatchObject({
      weather: { rainMm: 5 },
      stale: false,
    });
    expect(server.asked).toHaveLength(1);
    clock.turn(1);
    server.answers(ok('clear-minimal'));
    expect(await now()).toMatchObject({ weather: { rainMm: 0 }, stale: false });
    expect(server.asked).toHaveLength(2);
    expect(source.counts()).toEqual({
      cacheHits: 1,
      staleAnswers: 0,
      calls: 2,
      failures: {},
      callsThisMinute: 1,
      callsToday: 2,
    });
  });

  it('is shown for up to an hour when the service fails, and marked', async () => {
    await now();
    server.answers('reset');
    clock.turn(59 * MINUTE_MS);
    expect(await now()).toMatchObject({ weather: { rainMm: 5 }, reason: null, stale: true });
    clock.turn(MINUTE_MS);
    expect(await now()).toEqual({ ...UNKNOWN, reason: 'unreachable' });
    expect(source.counts()).toMatchObject({ staleAnswers: 1, failures: { unreachable: 2 } });
  });

  it('asks again a minute after a failure, not before', async () => {
    server.answers({ status: 500, file: '500' });
    expect(await now()).toEqual({ ...UNKNOWN, reason: 'unreachable' });
    server.answers(ok('rain'));
    clock.turn(MINUTE_MS - 1);
    expect(await now()).toEqual({ ...UNKNOWN, reason: 'unreachable' });
    expect(server.asked).toHaveLength(1);
    clock.turn(1);
    expect((await now()).weather?.rainMm).toBe(5);
  });

  it('a failure at one place says nothing about another', async () => {
    server.answers('reset');
    await now();
    server.answers(ok('rain'));
    expect((await now(PATIENT_MS, { lat: 0, lon: 0 })).weather?.rainMm).toBe(5);
  });

  it('an outage does not use up the quota: after three failures one call a minute is enough', async () => {
    server.answers({ status: 500, file: '500' });
    const place = (lat: number) => ({ lat, lon: 0 });
    for (let lat = 0; lat < 30; lat += 1)
      expect((await now(PATIENT_MS, place(lat))).reason).toBe('unreachable');
    expect(server.asked).toHaveLength(3);
    clock.turn(MINUTE_MS);
    for (let lat = 0; lat < 30; lat += 1) await now(PATIENT_MS, place(lat));
    expect(server.asked).toHaveLength(4);
    server.answers(ok('rain'));
    clock.turn(MINUTE_MS);
    for (let lat = 0; lat < 30; lat += 1) expect((await now(PATIENT_MS, place(lat))).weather?.rainMm).toBe(5);
  });

  it('is asked for once by all who want to know at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => now()));
    expect(answers.every(({ weather }) => weather?.rainMm === 5)).toBe(true);
    expect(server.asked).toHaveLength(1);
  });

  it('waits as long as it may, and keeps what comes later', async () => {
    server.answers({ file: 'rain', afterMs: 300 });
    expect(await now(20)).toEqual({ ...UNKNOWN, reason: 'timeout' });
    expect(await now()).toMatchObject({ weather: { rainMm: 5 }, stale: false });
    expect(server.asked).toHaveLength(1);
    clock.turn(11 * MINUTE_MS);
    expect(await now(20)).toMatchObject({ weather: { rainMm: 5 }, stale: true });
    expect(await now()).toMatchObject({ weather: { rainMm: 5 }, stale: false });
  });

  it('closes with a question under way', async () => {
    server.answers('never');
    const answer = now();
    while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await source.close();
    expect(await answer).toEqual({ ...UNKNOWN, reason: 'unreachable' });
  });
});

describe('a pickup of another time', () => {
  const at = (iso: string) => source.weatherFor(GENEVA, Date.parse(iso), PATIENT_MS);

  it('takes the step of the forecast, one call for all steps', async () => {
    server.answers(ok('forecast'));
    expect((await at('2026-03-02T15:10Z')).weather?.rainMm).toBe(5);
    expect((await at('2026-03-03T15:10Z')).weather?.snowMm).toBe(3);
    expect((await at('2026-03-04T21:00Z')).weather).toMatchObject({ visibilityMeters: null, rainMm: 0 });
    expect(server.asked.map(({ pathname }) => pathname)).toEqual(['/data/2.5/forecast']);
  });

  it('keeps the forecast apart from the weather of now', async () => {
    expect((await at('2026-03-02T08:10Z')).weather?.temperatureC).toBe(9.4);
    server.answers(ok('forecast'));
    expect((await at('2026-03-02T12:00Z')).weather?.temperatureC).toBe(7.9);
    expect((await at('2026-03-02T07:10Z')).weather?.temperatureC).toBe(9.4);
    expect(server.asked).toHaveLength(2);
  });

  it('is never given the weather of today', async () => {
    expect(await at('2026-03-01T15:10Z')).toEqual({ ...UNKNOWN, reason: 'no_history' });
    expect(await at('2026-03-08T15:10Z')).toEqual({ ...UNKNOWN, reason: 'beyond_forecast' });
    expect(server.asked).toHaveLength(0);
  });

  it.each([null, { lat: 91, lon: 0 }, { lat: 0, lon: 181 }, { lat: Number.NaN, lon: 0 }])(
    'at %j has no coordinates',
    async (place) => {
      expect(await source.weatherFor(place, null, PATIENT_MS)).toEqual({
        ...UNKNOWN,
        reason: 'no_coordinates',
      });
      expect(server.asked).toHaveLength(0);
    },
  );
});

describe('the account', () => {
  it('without a key nobody is asked, and a person is told once', async () => {
    const keyless = sourceWith(null);
    expect(await keyless.weatherFor(GENEVA, null, PATIENT_MS)).toEqual({ ...UNKNOWN, reason: 'no_key' });
    expect(keyless.counts().calls).toBe(0);
    await keyless.close();
    expect(server.asked).toHaveLength(0);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/^OPENWEATHER_API_KEY is not set/);
  });

  it('a refused key is not tried again at once, at any place, and a person is told at once', async () => {
    server.answers({ status: 401, file: '401' });
    expect(await now()).toEqual({ ...UNKNOWN, reason: 'unauthorized' });
    clock.turn(2 * MINUTE_MS);
    expect(await now(PATIENT_MS, { lat: 0, lon: 0 })).toEqual({ ...UNKNOWN, reason: 'unauthorized' });
    expect(server.asked).toHaveLength(1);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('unauthorized (HTTP 401)');
    server.answers(ok('rain'));
    clock.turn(3 * MINUTE_MS);
    expect((await now()).weather?.rainMm).toBe(5);
    expect(notices[1]).toContain('reports the weather again');
  });

  it('Retry-After is honoured, for every place', async () => {
    server.answers({ status: 429, file: '429', headers: { 'retry-after': '600' } });
    expect(await now()).toEqual({ ...UNKNOWN, reason: 'rate_limited' });
    server.answers(ok('rain'));
    clock.turn(10 * MINUTE_MS - 1);
    expect(await now(PATIENT_MS, { lat: 0, lon: 0 })).toEqual({ ...UNKNOWN, reason: 'rate_limited' });
    expect(server.asked).toHaveLength(1);
    clock.turn(1);
    expect((await now(PATIENT_MS, { lat: 0, lon: 0 })).weather?.rainMm).toBe(5);
  });

  it.each([
    ['999999999', 60],
    ['0', 0],
    ['nonsense', 1],
  ])('Retry-After: %s is taken for %d minutes at most', async (header, minutes) => {
    server.answers({ status: 429, file: '429', headers: { 'retry-after': header } });
    await now();
    server.answers(ok('rain'));
    clock.turn(minutes * MINUTE_MS + 1000);
    expect((await now()).weather?.rainMm).toBe(5);
  });

  it('beyond the quota the service is not called', async () => {
    const places = Array.from({ length: 61 }, (_, i) => ({ lat: i / 10, lon: 0 }));
    const answers = [];
    for (const place of places) answers.push(await now(PATIENT_MS, place));
    expect(answers.filter(({ weather }) => weather !== null)).toHaveLength(60);
    expect(answers.at(-1)).toEqual({ ...UNKNOWN, reason: 'rate_limited' });
    expect(server.asked).toHaveLength(60);
    expect(source.counts()).toMatchObject({ calls: 60, callsThisMinute: 60, callsToday: 60 });
    clock.turn(MINUTE_MS);
    expect((await now(PATIENT_MS, places[60])).weather?.rainMm).toBe(5);
  });

  it('a person is told once of an outage, after three failures in five minutes, and of its end', async () => {
    server.answers({ status: 500, file: '500' });
    for (let i = 0; i < 6; i += 1) {
      await now();
      expect(notices).toHaveLength(i < 2 ? 0 : 1);
      clock.turn(MINUTE_MS);
    }
    expect(notices[0]).toMatch(/^No weather from http:.*unreachable \(HTTP 500\).*factor 0\.5/);
    server.answers(ok('rain'));
    await now();
    expect(notices).toHaveLength(2);
  });
});
