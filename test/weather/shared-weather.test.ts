import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RedisConnection, redisAt } from '../../src/flag/redis-connection.js';
import { openWeatherSource } from '../../src/weather/open-weather-source.js';
import type { WeatherAnswer, WeatherSource } from '../../src/weather/weather-source.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import {
  GENEVA,
  KEY,
  MINUTE_MS,
  ok,
  type RecordedServer,
  startRecordedServer,
  turnableClock,
} from './recorded-server.js';

const PATIENT_MS = 20_000;

let redisServer: TestServer;
let server: RecordedServer;
let clock: ReturnType<typeof turnableClock>;
let notices: string[];
let opened: WeatherSource[];
let redis: RedisConnection;
beforeAll(async () => {
  redisServer = await startRedis();
});
afterAll(() => redisServer.remove());
beforeEach(async () => {
  server = await startRecordedServer();
  clock = turnableClock();
  notices = [];
  opened = [];
  redis = redisAt(redisServer.url);
  await command("return redis.call('FLUSHALL')");
});
afterEach(async () => {
  await Promise.all(opened.map((source) => source.close()));
  await redis.close();
  await server.close();
});

/** As one more process would open it. */
function anotherProcess(): WeatherSource {
  const config = { openWeather: { apiKey: KEY, baseUrl: server.url }, redisUrl: redisServer.url };
  const source = openWeatherSource(config, clock, { onNotice: (text) => notices.push(text) });
  opened.push(source);
  return source;
}

function command(script: string, ...keys: string[]): Promise<unknown> {
  return redis.run(script, keys, [], 10_000);
}

/** Every key with its value: nothing secret may be among them. */
async function everything(): Promise<string> {
  const script =
    "local all = {} for _, key in ipairs(redis.call('KEYS', '*')) do all[#all + 1] = key .. '=' .. redis.call('GET', key) end return all";
  return ((await command(script)) as string[]).join('\n');
}

const now = (source: WeatherSource, waitMs = PATIENT_MS) => source.weatherFor(GENEVA, null, waitMs);

/** Reports are shared after the answer. */
async function untilShared(): Promise<void> {
  while (!(await everything()).includes('atmr-ml:weather:current:46.20,6.14')) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('weather shared through Redis', () => {
  it('one process asks, the other knows', async () => {
    await now(anotherProcess());
    await untilShared();
    const second = anotherProcess();
    expect(await now(second)).toMatchObject({ weather: { rainMm: 5 }, reason: null, stale: false });
    expect(server.asked).toHaveLength(1);
    expect(second.counts().calls).toBe(0);
    expect(await everything()).not.toContain(KEY);
    expect(await command("return redis.call('KEYS', 'atmr-ml:weather:*')")).toHaveLength(3);
    expect(await command("return #redis.call('KEYS', '*')")).toBe(3);
    const lifetimes =
      "local least = 1 for _, k in ipairs(redis.call('KEYS', '*')) do least = math.min(least, redis.call('PTTL', k)) end return least";
    expect(await command(lifetimes)).toBe(1);
  });

  it('what the other asked long ago is asked again, and shown as stale when that fails', async () => {
    await now(anotherProcess());
    await untilShared();
    const report = 'atmr-ml:weather:current:46.20,6.14';
    await command(`return redis.call('PEXPIRE', KEYS[1], ${50 * MINUTE_MS - 1})`, report);
    server.answers('reset');
    const second = anotherProcess();
    expect(await now(second)).toMatchObject({ weather: { rainMm: 5 }, stale: true });
    expect(server.asked).toHaveLength(2);
  });

  it('what somebody else wrote under our key counts as nothing', async () => {
    await command(
      "return redis.call('SET', KEYS[1], '[{}]', 'PX', 3600000)",
      'atmr-ml:weather:current:46.20,6.14',
    );
    expect((await now(anotherProcess())).weather?.rainMm).toBe(5);
  });

  it('all processes together stay within the quota', async () => {
    const processes = [anotherProcess(), anotherProcess(), anotherProcess()];
    const answers: WeatherAnswer[] = [];
    for (let i = 0; i < 25; i += 1) {
      const place = (p: number) => ({ lat: i, lon: p });
      const asked = processes.map((source, p) => source.weatherFor(place(p), null, PATIENT_MS));
      answers.push(...(await Promise.all(asked)));
    }
    expect(answers.filter(({ weather }) => weather !== null)).toHaveLength(60);
    expect(answers.filter(({ reason }) => reason === 'rate_limited')).toHaveLength(15);
    expect(server.asked).toHaveLength(60);
    expect(processes[0]?.counts().callsThisMinute).toBeGreaterThan(20);
  });

  it('a blocked account is left alone by all', async () => {
    server.answers({ status: 429, file: '429', headers: { 'retry-after': '600' } });
    await now(anotherProcess());
    server.answers(ok('rain'));
    expect(await now(anotherProcess())).toMatchObject({ reason: 'rate_limited' });
    expect(server.asked).toHaveLength(1);
  });
});

describe('a Redis that dies', () => {
  it('takes nothing with it: each process goes on alone, and says so once', async () => {
    const mortal = await startRedis();
    const config = { openWeather: { apiKey: KEY, baseUrl: server.url }, redisUrl: mortal.url };
    const source = openWeatherSource(config, clock, { onNotice: (text) => notices.push(text) });
    opened.push(source);
    await now(source);
    await mortal.kill();
    expect((await now(source)).weather?.rainMm).toBe(5);
    clock.turn(11 * MINUTE_MS);
    server.answers(ok('clear-minimal'));
    expect(await now(source)).toMatchObject({ weather: { rainMm: 0 }, stale: false });
    clock.turn(11 * MINUTE_MS);
    expect(await now(source)).toMatchObject({ weather: { rainMm: 0 }, stale: false });
    expect(server.asked).toHaveLength(3);
    expect(source.counts()).toMatchObject({ calls: 3, callsToday: 3 });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(
      /^Redis at 127\.0\.0\.1:\d+ did not answer.*kept in this process meanwhile\.$/,
    );
    await mortal.remove();
  });

  it('that hangs delays no answer beyond what it may take', async () => {
    const hanging = await startRedis();
    const config = { openWeather: { apiKey: KEY, baseUrl: server.url }, redisUrl: hanging.url };
    const source = openWeatherSource(config, clock, { onNotice: (text) => notices.push(text) });
    opened.push(source);
    await now(source);
    hanging.pause();
    clock.turn(11 * MINUTE_MS);
    // Redis is given a second; the answer does not wait for it.
    expect(await now(source, 50)).toMatchObject({ weather: { rainMm: 5 }, stale: true });
    expect(server.asked).toHaveLength(1);
    expect(await now(source)).toMatchObject({ weather: { rainMm: 5 }, stale: false });
    expect(server.asked).toHaveLength(2);
    hanging.resume();
    await hanging.remove();
  });
});
