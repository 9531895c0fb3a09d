import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { hashUtf8 } from '../../src/flag/bucket.js';
import { decide } from '../../src/flag/decide.js';
import { disable } from '../../src/flag/disable.js';
import { type Machine, request, startMachine } from '../fault/site.js';
import { until } from '../fault/wait.js';
import { ask, INGEST, WRITE } from '../http/running-server.js';
import { freePort, type TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { evaluate, type FlaskApp, startFlask, writeModules } from './documented-python.js';
import { type ServeProcess, startServe } from './serve-process.js';

/** What docs/clients.md tells a Flask backend to do, done as it stands there. */
const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-clients-'));
const modules = writeModules('docs/clients.md', folder);
afterAll(() => rmSync(folder, { recursive: true }));

const BOOKING = { id: 'ride-1', scheduled_time: new Date().toISOString(), distance_meters: 8000 };
const APART = { pickup_lat: 46.2044, pickup_lon: 6.1432, dropoff_lat: 46.231, dropoff_lon: 6.1093 };
const RIDES = Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? `ride-${i}` : `réservation ${i} 🚑`));

it('has a client for each way, none longer than a page', () => {
  expect(modules).toEqual(
    expect.arrayContaining(['atmr_http.py', 'atmr_outcome.py', 'atmr_ofrep.py', 'app.py', 'atmr_redis.py']),
  );
});

describe('a Flask application beside serve', () => {
  let serve: ServeProcess;
  let flask: FlaskApp;
  const home = join(folder, 'home');
  const tokens = { ATMR_ML_TOKEN: WRITE, ATMR_ML_INGEST_TOKEN: INGEST };
  const delayOf = async (booking: object) => (await ask(`${flask.url}/rides/delay`, { body: booking })).json;
  const setShare = (percentage: number) =>
    ask(`${serve.url}/api/feature-flags/ml/enable`, { body: { percentage }, token: WRITE });

  beforeAll(async () => {
    mkdirSync(home);
    serve = await startServe({ ATMR_ML_HOME: home, ...tokens });
    const client = { ATMR_ML_URL: serve.url, ATMR_ML_INGEST_TOKEN: INGEST };
    flask = await startFlask(folder, client);
    expect((await setShare(100)).status).toBe(200);
  });
  afterAll(async () => {
    await flask?.end();
    await serve?.kill();
  });

  it('shows the delay that serve predicts, by the model while it is on', async () => {
    const body = { booking: BOOKING };
    const direct = (await ask(`${serve.url}/api/predictions`, { body, token: INGEST })).json;
    expect(await delayOf(BOOKING)).toEqual({
      minutes: direct.predicted_minutes,
      source: 'model',
      reason: 'SPLIT',
    });
    expect(direct.predicted_minutes).not.toBe(direct.heuristic_minutes);
  });

  it('tells serve of a pickup, which settles the ride', async () => {
    const reported = () => ask(`${flask.url}/rides/ride-1/picked-up`, { method: 'POST' });
    expect((await reported()).json).toEqual({ reported: true });
    const listed = async () => (await ask(`${serve.url}/api/ml-monitoring/predictions`)).json.predictions;
    await until('the outcome is listed', async () => {
      const rides = (await listed()) as { booking_id: string; actual_delay_minutes: number | null }[];
      return rides.some(({ booking_id, actual_delay_minutes: late }) => {
        return booking_id === 'ride-1' && late !== null && late >= 0 && late < 10;
      });
    });
    const unknown = await ask(`${flask.url}/rides/nobody-asked/picked-up`, { method: 'POST' });
    expect(unknown.json).toEqual({ reported: false });
  });

  it('asks by OFREP who answers a ride, and gets the arm that serve would take', async () => {
    expect((await setShare(50)).status).toBe(200);
    for (const id of RIDES.slice(0, 10)) {
      const { json } = await ask(`${flask.url}/rides/${encodeURIComponent(id)}/arm`);
      const flag = { enabled: true, percentage: 50, salt: 'ml-delay-prediction' };
      expect(json).toEqual({ arm: decide(flag, id).variant });
    }
  });

  it('has the heuristic of the server', async () => {
    const disabled = await ask(`${serve.url}/api/feature-flags/ml/disable`, { method: 'POST', token: WRITE });
    expect(disabled.status).toBe(200);
    for (const booking of [BOOKING, { ...BOOKING, ...APART }, { ...BOOKING, distance_meters: null }]) {
      const answered = await delayOf(booking);
      expect(answered).toMatchObject({ source: 'heuristic', reason: 'FORCED_OFF' });
      expect(ownMinutes(booking)).toBeCloseTo(answered.minutes, 9);
    }
  });

  it.each([
    ['the token is wrong', () => ({ ATMR_ML_URL: serve.url, ATMR_ML_INGEST_TOKEN: 'wrong' })],
    ['nothing listens', async () => ({ ATMR_ML_URL: `http://127.0.0.1:${await freePort()}` })],
    ['another program answers', () => ({ ATMR_ML_URL: flask.url })],
  ])('answers by the heuristic and says so when %s', async (_, variables) => {
    expect(alone(await variables())).toEqual({ minutes: 7, source: 'heuristic', reason: 'NO_ANSWER' });
  });

  it('does not wait for a server that is silent', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
    const answered = alone({ ATMR_ML_URL: `http://127.0.0.1:${address.port}` });
    expect(answered).toEqual({ minutes: 7, source: 'heuristic', reason: 'NO_ANSWER' });
    silent.close();
  });

  it('goes on by the heuristic, and says so, when serve is killed', async () => {
    await serve.kill();
    expect(await delayOf(BOOKING)).toEqual({ minutes: 7, source: 'heuristic', reason: 'NO_ANSWER' });
    const pickedUp = await ask(`${flask.url}/rides/ride-1/picked-up`, { method: 'POST' });
    expect(pickedUp.json).toEqual({ reported: false });
    expect((await ask(`${flask.url}/rides/ride-1/arm`)).json).toEqual({ arm: 'control' });
    expect(flask.log()).toMatch(/delay by the heuristic, atmr-ml gave none: .*refused/);
    expect(flask.log()).not.toContain(INGEST);
  });
});

describe('a reader in Python beside Redis', () => {
  const key = 'ml-delay-prediction';
  const model = { name: 'own', version: '1', sha256: 'a'.repeat(64) };
  let server: TestServer;
  let machine: Machine;

  beforeAll(async () => {
    server = await startRedis();
    machine = await startMachine({ name: 'host', key, servers: { postgres: null, redis: server } });
  });
  afterAll(async () => {
    await machine.close();
    await server.remove();
  });

  it('hashes like everybody else', () => {
    const published = ['ejOoVL', 'bY9fO-', 'SI7p-', '6LvT0', 'ceQdGm'];
    const hashes = (texts: readonly string[]) =>
      evaluate(folder, 'from murmur3 import murmur3', '[murmur3(text.encode()) for text in given]', texts);
    expect(hashes(published)).toEqual([0, 1, 0x7fffffff, 0x80000000, 0xffffffff]);
    const texts = [...RIDES, ...'abcdefgh'].map((_, i, all) => all.slice(0, i).join('-').slice(0, 99));
    expect(hashes(texts)).toEqual(texts.map(hashUtf8));
  });

  it('decides as serve does: without a flag, at a share, with another model, forced off, without Redis', async () => {
    const none = RIDES.map(() => false);
    expect(decided(model.sha256)).toEqual(none);
    await activate(machine.holders, 12.34, request('ana'), model);
    const { flag } = await machine.holders.record.read();
    const expected = RIDES.map((id) => decide(flag, id).variant === 'model');
    expect(expected).toContain(true);
    expect(decided(model.sha256)).toEqual(expected);
    expect(decided('b'.repeat(64))).toEqual(none);
    await disable(machine.holders, request('bob'));
    expect(decided(model.sha256)).toEqual(none);
    await server.kill();
    expect(decided(model.sha256)).toEqual(none);
  });

  function decided(sha256: string): unknown {
    return evaluate(
      folder,
      'import redis\nfrom atmr_redis import model_answers',
      '[model_answers(redis.Redis.from_url(given["url"]), ride, given["sha256"]) for ride in given["rides"]]',
      { url: server.url, sha256, rides: RIDES },
    );
  }
});

/** What `predict_delay` answers in a process of its own. */
function alone(variables: Readonly<Record<string, string>>): unknown {
  return evaluate(folder, 'from atmr_http import predict_delay', 'predict_delay(given)', BOOKING, variables);
}

function ownMinutes(booking: object): unknown {
  return evaluate(folder, 'from heuristic import heuristic_minutes', 'heuristic_minutes(given)', booking);
}
