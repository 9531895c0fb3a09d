import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redisAt } from '../../src/flag/redis-connection.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { KEY, ok, type RecordedServer, type Reply, startRecordedServer } from '../weather/recorded-server.js';
import { type Finished, program } from './program.js';
import { onTerminal } from './terminal.js';

let server: RecordedServer;
beforeEach(async () => {
  server = await startRecordedServer();
});
afterEach(() => server.close());

const address = () => ({ OPENWEATHER_BASE_URL: server.url });
const withKey = () => ({ ...address(), OPENWEATHER_API_KEY: KEY });

/** Runs it, and holds it to what is true of every run. */
async function check(variables: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const finished = await program(variables).run('weather-check', ...args);
  expectDecent(finished);
  return { ...finished, document: finished.stdout === '' ? null : JSON.parse(finished.stdout) };
}

function expectDecent({ stdout, stderr }: Finished): void {
  expect(stdout + stderr).not.toContain(KEY);
  expect(stdout + stderr).not.toMatch(/appid|\n {4}at /);
}

describe('atmr-ml weather-check', () => {
  it('tells live weather, its terms, and what it does to a prediction', async () => {
    const { exitCode, stderr, document } = await check(withKey(), '--place', 'Geneva');
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({
      place: { name: 'geneva', lat: 46.2, lon: 6.14 },
      is_default: false,
      reason: null,
      stale: false,
      severity: { terms: { precipitation: 0.2, wind: 0, visibility: 0, clouds: 0, temperature: 0 } },
      weather: { temperature_c: 9.4, rain_mm: 5 },
      key: 'valid',
      service: { where: server.url, answered: true, reason: null },
      quota: { minute_limit: 60, day: 1, day_limit: 1000, shared: false },
      cache: { state: 'none', age_seconds: null },
      model: { simulated: true, in_range: true },
      drill: null,
    });
    expect(document.factor).toBeCloseTo(0.5 + (0.5 * 0.2) / 0.95, 12);
    expect(document.service.latency_ms).toBeGreaterThan(0);
    const { minutes, neutral_minutes, moved_minutes } = document.effect;
    expect(moved_minutes).toBeCloseTo(minutes - neutral_minutes, 12);
    expect(moved_minutes).toBeGreaterThan(0);
    expect(server.asked).toHaveLength(1);
  });

  it('(0, 0) is a real place', async () => {
    const { exitCode, document } = await check(withKey(), '--lat', '0', '--lon', '0');
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ place: { name: null, lat: 0, lon: 0 }, is_default: false });
    expect(server.asked[0]?.searchParams.get('lat')).toBe('0.00');
  });

  it('weather beyond what training saw is marked', async () => {
    server.answers({ status: 200, body: WORST });
    const { document } = await check(withKey(), '--lat', '-33.92', '--lon', '18.42');
    expect(document).toMatchObject({ factor: 1, model: { in_range: false } });
  });

  it('without a key it exits 2, and nobody is asked', async () => {
    const { exitCode, stderr, document } = await check(address());
    expect(exitCode).toBe(2);
    expect(document).toMatchObject({ is_default: true, reason: 'no_key', factor: 0.5, key: 'missing' });
    expect(stderr).toContain('OPENWEATHER_API_KEY is not set');
    expectNarrow(stderr);
    expect(server.asked).toHaveLength(0);
  });

  it('a placeholder is no key', async () => {
    const placeholder = { ...address(), OPENWEATHER_API_KEY: 'your_api_key_here' };
    const { exitCode, stderr } = await check(placeholder);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('OPENWEATHER_API_KEY in the environment is a placeholder');
  });

  it('tells what is wrong with the service, by exit code and reason', async () => {
    const cases: readonly [Reply, number, string, string][] = [
      [{ status: 401, file: '401' }, 2, 'unauthorized', 'invalid'],
      [{ status: 429, file: '429', headers: { 'retry-after': '60' } }, 4, 'rate_limited', 'unknown'],
      ['reset', 4, 'unreachable', 'unknown'],
      [{ status: 200, body: 'not JSON' }, 4, 'malformed', 'unknown'],
      ['never', 4, 'timeout', 'unknown'],
    ];
    const failing = async ([reply, code, reason, key]: (typeof cases)[number]) => {
      const service = await startRecordedServer(reply);
      const variables = { OPENWEATHER_BASE_URL: service.url, OPENWEATHER_API_KEY: KEY };
      const { exitCode, stderr, document } = await check(variables);
      await service.close();
      expect(exitCode).toBe(code);
      expect(document).toMatchObject({ is_default: true, reason, factor: 0.5, key, weather: null });
      expect(document).toMatchObject({ service: { answered: false, reason }, effect: { moved_minutes: 0 } });
      expect(stderr).not.toBe('');
      expectNarrow(stderr);
    };
    await Promise.all(cases.map(failing));
  });

  it('refuses places that are none, and asks nobody', async () => {
    const cases: readonly [string[], RegExp][] = [
      [['--lat', '91', '--lon', '0'], /--lat is "91", which is not a latitude/],
      [['--lon', '6.14'], /--lon is given without --lat/],
      [['--lat', 'x', '--lon', '0'], /--lat is "x", which is not a number/],
      [['--place', 'genva'], /Did you mean geneva\?/],
      [['--place', 'atlantis'], /Known are annecy, .*zurich/],
      [['--place', 'geneva', '--lat', '1', '--lon', '1'], /exclude each other/],
      [['--model', 'x.pkl'], /--model is "x.pkl"/],
    ];
    const refused = async ([args, message]: (typeof cases)[number]) => {
      const { exitCode, stdout, stderr } = await check(withKey(), ...args);
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(message);
    };
    await Promise.all(cases.map(refused));
    expect(server.asked).toHaveLength(0);
  });

  it('knows the places of the configuration, and refuses those that are none', async () => {
    const { folder, run } = program(withKey());
    const file = join(folder, 'atmr-ml.config.yaml');
    writeFileSync(file, 'weather:\n  places:\n    clinic: { lat: 46.19, lon: 6.15 }\n');
    const found = await run('weather-check', '--place', 'clinic');
    expect(JSON.parse(found.stdout)).toMatchObject({ place: { name: 'clinic', lat: 46.19, lon: 6.15 } });
    writeFileSync(file, 'weather:\n  places:\n    clinic: { lat: 146.19, lon: 6.15 }\n');
    const refused = await run('weather-check', '--place', 'clinic');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('weather.places.clinic.lat is 146.19; expected degrees');
  });

  it('goes on without a model', async () => {
    const { folder, run } = program(withKey());
    writeFileSync(join(folder, 'atmr-ml.config.yaml'), 'models: ./none\n');
    const { exitCode, stdout, stderr } = await run('weather-check');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ is_default: false, model: null, effect: null });
    expect(stderr).toContain('No model was asked');
  });
});

describe('atmr-ml weather-check --drill', () => {
  it('lives through an outage, without asking the real service', async () => {
    const { exitCode, stderr, document } = await check(withKey(), '--drill', '--lat', '0', '--lon', '0');
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(document).toMatchObject({
      is_default: true,
      reason: 'unreachable',
      factor: 0.5,
      effect: { moved_minutes: 0 },
      drill: { worked: true },
    });
    expect(document.effect.minutes).toBeGreaterThan(0);
    expect(server.asked).toHaveLength(0);
  });

  it('needs no key', async () => {
    expect(await check({}, '--drill')).toMatchObject({ exitCode: 0, document: { is_default: true } });
  });
});

describe('on a terminal', () => {
  const see = async (...args: readonly string[]) => {
    const { folder } = program();
    const variables = { ...withKey(), ATMR_ML_HOME: folder, COLUMNS: '80' };
    const { exitCode, screen } = await onTerminal(variables, ['weather-check', ...args]);
    const text = stripVTControlCharacters(screen).replaceAll('\r', '');
    expectDecent({ exitCode, stdout: text, stderr: '' });
    expectNarrow(text);
    return { exitCode, text };
  };

  it('shows each term', async () => {
    server.answers(ok('snow-cod-as-text'));
    const { exitCode, text } = await see();
    expect(exitCode).toBe(0);
    expect(text).toContain('Weather at geneva, 46.20 6.14: live\nIs default: False\n');
    expect(text).toMatch(/ {2}precipitation {2}0\.35 {2}snow 3\.0 mm\/h/);
    expect(text).toMatch(/ {2}wind {11}0\.10 {2}40 km\/h/);
    expect(text).toMatch(/ {2}sum {12}0\.65 {2}of at most 0\.95/);
    expect(text).toMatch(/effect {4}\+\d\.\d\d min/);
    expect(text).toMatch(/\d of 60 calls this minute, 1 of 1,000 today \(of this process\)/);
  });

  it('says whether the answer is the default', async () => {
    const drill = await see('--drill');
    expect(drill.exitCode).toBe(0);
    expect(drill.text).toContain('Outage drill at geneva, 46.20 6.14: it worked\nIs default: True\n');
    server.answers({ status: 401, file: '401' });
    const refused = await see();
    expect(refused.exitCode).toBe(2);
    expect(refused.text).toContain('Is default: True\n');
    expect(refused.text).toContain('OpenWeather refused the key');
  });
});

describe('with Redis', () => {
  let redis: TestServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.remove());

  it('counts the calls of all, keeps what it finds, and falls back on it', async () => {
    const variables = { ...withKey(), REDIS_URL: redis.url };
    const first = await check(variables);
    expect(first.document).toMatchObject({ cache: { state: 'empty' }, quota: { day: 1, shared: true } });
    server.answers('reset');
    const second = await check(variables);
    expect(second.exitCode).toBe(4);
    expect(second.document).toMatchObject({
      is_default: false,
      stale: false,
      reason: null,
      weather: { rain_mm: 5 },
      service: { answered: false, reason: 'unreachable' },
      cache: { state: 'fresh' },
      quota: { day: 2, shared: true },
    });
    const client = redisAt(redis.url);
    const age = "return redis.call('PEXPIRE', KEYS[1], 1800000)";
    await client.run(age, ['atmr-ml:weather:current:46.20,6.14'], [], 10_000);
    await client.close();
    const third = await check(variables);
    expect(third.document).toMatchObject({ stale: true, cache: { state: 'stale' } });
    expect(third.document.cache.age_seconds).toBeGreaterThanOrEqual(1800);
    await redis.kill();
    server.answers(ok('rain'));
    const alone = await check(variables);
    expect(alone.exitCode).toBe(0);
    expect(alone.stderr).toContain('did not answer');
    expect(alone.document).toMatchObject({ cache: { state: 'away' }, quota: { day: 1, shared: false } });
  });
});

const WORST = JSON.stringify({
  main: { temp: -12 },
  wind: { speed: 25 },
  snow: { '1h': 9 },
  visibility: 100,
  clouds: { all: 100 },
});

function expectNarrow(text: string): void {
  for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
}
