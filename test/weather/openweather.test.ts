import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWeather } from '../../src/weather/openweather.js';
import {
  GENEVA,
  KEY,
  ok,
  type RecordedServer,
  type Reply,
  recorded,
  startRecordedServer,
  turnableClock,
} from './recorded-server.js';

let server: RecordedServer;
beforeEach(async () => {
  server = await startRecordedServer();
});
afterEach(() => server.close());

async function ask(reply: Reply, { kind = 'current', timeoutMs = 5000 } = {}) {
  server.answers(reply);
  const service = openWeather({ apiKey: KEY, baseUrl: server.url }, turnableClock(), timeoutMs);
  try {
    return await service.ask(kind as 'current' | 'forecast', GENEVA);
  } finally {
    await service.close();
  }
}

async function reasonOf(reply: Reply, timeoutMs?: number) {
  const answer = await ask(reply, timeoutMs === undefined ? {} : { timeoutMs });
  expect(JSON.stringify(answer)).not.toContain(KEY);
  return answer.failed ? `${answer.reason} (${answer.detail()})` : 'none';
}

describe('asking OpenWeather', () => {
  it('reads a report of now', async () => {
    const answer = await ask(ok('rain'));
    expect(answer).toMatchObject({
      failed: false,
      conditions: [
        {
          weather: {
            temperatureC: 9.4,
            rainMm: 5,
            snowMm: 0,
            windKmh: 12.96,
            visibilityMeters: 10_000,
            cloudsPercent: 75,
          },
        },
      ],
    });
  });

  it('sends rounded coordinates, metric units and the key, and asks once', async () => {
    await ask(ok('rain'));
    expect(server.asked.map(String)).toEqual([
      `http://recorded/data/2.5/weather?lat=46.20&lon=6.14&appid=${KEY}&units=metric`,
    ]);
  });

  it('takes a place just south of Null Island for Null Island', async () => {
    const service = openWeather({ apiKey: KEY, baseUrl: `${server.url}/proxy/` }, turnableClock());
    await service.ask('current', { lat: -0.001, lon: -0.004 });
    await service.close();
    expect(server.asked[0]?.pathname).toBe('/proxy/data/2.5/weather');
    expect(server.asked[0]?.searchParams.get('lat')).toBe('0.00');
    expect(server.asked[0]?.searchParams.get('lon')).toBe('0.00');
  });

  it('trusts the status, not `cod`, and misses no field that may be absent', async () => {
    expect(await ask(ok('snow-cod-as-text'))).toMatchObject({
      conditions: [{ weather: { snowMm: 3, rainMm: 0, temperatureC: -2 } }],
    });
    expect(await ask(ok('clear-minimal'))).toMatchObject({
      conditions: [{ weather: { rainMm: 0, snowMm: 0, visibilityMeters: null } }],
    });
    expect(await reasonOf({ status: 401, file: 'rain' })).toBe('unauthorized (HTTP 401)');
  });

  it('reads a forecast of forty steps, with precipitation by the hour', async () => {
    const answer = await ask(ok('forecast'), { kind: 'forecast' });
    expect(server.asked[0]?.pathname).toBe('/data/2.5/forecast');
    if (answer.failed) throw new Error(answer.detail());
    expect(answer.conditions).toHaveLength(40);
    expect(answer.conditions[2]).toMatchObject({
      atMs: Date.parse('2026-03-02T15:00Z'),
      weather: { rainMm: 5 },
    });
    expect(answer.conditions[10]?.weather).toMatchObject({ snowMm: 3 });
    expect(answer.conditions[20]?.weather.visibilityMeters).toBeNull();
  });

  it.each<[Reply, string]>([
    [{ status: 400, file: '400' }, 'no_coordinates (HTTP 400)'],
    [{ status: 401, file: '401' }, 'unauthorized (HTTP 401)'],
    [{ status: 404, file: '404' }, 'unreachable (HTTP 404)'],
    [{ status: 429, file: '429' }, 'rate_limited (HTTP 429)'],
    [{ status: 500, file: '500' }, 'unreachable (HTTP 500)'],
    [{ status: 503, body: '<html>Service Unavailable</html>' }, 'unreachable (HTTP 503)'],
    [{ status: 302, file: 'rain', headers: { location: '/data/2.5/weather' } }, 'unreachable (HTTP 302)'],
    ['reset', 'unreachable (ECONNRESET)'],
  ])('%j is %s, asked once', async (reply, reason) => {
    expect(await reasonOf(reply)).toBe(reason);
    expect(server.asked).toHaveLength(1);
  });

  it.each(['never', 'in drops'] as const)('an answer that comes %s is a timeout', async (reply) => {
    expect(await reasonOf(reply, 300)).toBe('timeout (no answer within 0.3 s)');
  });

  it.each([
    'not JSON',
    '',
    'null',
    '[]',
    '7',
    '{}',
    '{"main":{"temp":"20"},"wind":{"speed":1},"clouds":{"all":0}}',
    '{"main":{"temp":20},"wind":{"speed":-1},"clouds":{"all":0}}',
    '{"main":{"temp":20},"wind":{"speed":1},"clouds":{"all":300}}',
    '{"main":{"temp":1e999},"wind":{"speed":1},"clouds":{"all":0}}',
    '{"main":{"temp":20},"wind":{"speed":1e999},"clouds":{"all":0}}',
    '{"main":{"temp":20},"wind":{"speed":1e308},"clouds":{"all":0}}',
    '{"main":{"temp":20},"wind":{"speed":1},"clouds":{"all":0},"rain":{"1h":1e999}}',
    '{"main":{"temp":20},"wind":{"speed":1},"clouds":{"all":0},"snow":{"1h":1e999}}',
    '{"main":{"temp":20},"wind":{"speed":1},"clouds":{"all":0},"rain":[1]}',
  ])('%s is malformed', async (body) => {
    expect(await reasonOf({ status: 200, body })).toMatch(/^malformed/);
  });

  it('without a temperature a report is malformed', async () => {
    expect(await reasonOf(ok('without-temperature'))).toMatch(/^malformed/);
  });

  it('a step of a forecast at no time is malformed', async () => {
    const body = '{"list":[{"dt":1e306,"main":{"temp":20},"wind":{"speed":1},"clouds":{"all":0}}]}';
    expect(await ask({ status: 200, body }, { kind: 'forecast' })).toMatchObject({ reason: 'malformed' });
  });

  it.each(['{"list":[]}', '{"list":[null]}', '{"list":[{"dt":"x"}]}', '{"list":7}', '{"list":[{"dt":1}]}'])(
    'a forecast of %s is malformed',
    async (body) => {
      expect(await ask({ status: 200, body }, { kind: 'forecast' })).toMatchObject({ reason: 'malformed' });
    },
  );

  it('reads no more than 256 kB', async () => {
    const body = JSON.stringify({ ...JSON.parse(recorded('rain')), padding: 'x'.repeat(10_000_000) });
    expect(await reasonOf({ status: 200, body })).toBe('malformed (larger than 256 kB)');
  });

  it.each([
    ['120', 120_000],
    ['Mon, 02 Mar 2026 07:32:00 GMT', 120_000],
    ['Mon, 02 Mar 2020 07:32:00 GMT', 0],
    ['soon', null],
  ])('reads Retry-After: %s', async (header, retryAfterMs) => {
    const answer = await ask({ status: 429, file: '429', headers: { 'retry-after': header } });
    expect(answer).toMatchObject({ reason: 'rate_limited', retryAfterMs });
  });

  it('nobody at the address is a failure, and so is a closed service', async () => {
    await server.close();
    expect(await reasonOf(ok('rain'))).toBe('unreachable (ECONNREFUSED)');
    const service = openWeather({ apiKey: KEY, baseUrl: server.url }, turnableClock());
    await service.close();
    expect(await service.ask('current', GENEVA)).toMatchObject({ reason: 'unreachable' });
    server = await startRecordedServer();
  });

  it.each(['api.openweathermap.org', 'ftp://weather', 'https://user:hush@'])(
    'refuses the address %s',
    (baseUrl) => {
      expect(() => openWeather({ apiKey: KEY, baseUrl }, turnableClock())).toThrow(
        /^OPENWEATHER_BASE_URL is not/,
      );
    },
  );
});
