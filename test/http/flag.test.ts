import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { activate } from '../../src/flag/activate.js';
import { request, tapped } from '../fault/site.js';
import { type RunningServer, startServer } from './running-server.js';

describe('the routes of the flag', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());
  const post = (path: string, body?: unknown) => server.ask(path, { method: 'POST', body });

  it('tell the status of a flag that nobody wrote, without inventing rates', async () => {
    const { status, json } = await server.ask('/api/feature-flags/status');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      config: { ML_ENABLED: false, ML_TRAFFIC_PERCENTAGE: 0, FALLBACK_ON_ERROR: true },
      stats: { ml_enabled: false, total_requests: 0, ml_success_rate: null, ml_usage_rate: null },
      health: { status: 'off', success_rate: null, error_rate: null },
      flag: null,
      state: 'never written',
      instances: [{ instance: 'host-reader-1', live: true }],
    });
    const health = await server.ask('/api/v1/feature-flags/ml/health');
    expect(health).toMatchObject({ status: 200, json: { status: 'off', healthy: true, success_rate: null } });
  });

  it('refuse what is no percentage, and change nothing', async () => {
    for (const percentage of [true, '25', null, -1, 101, 12.345, 1e-12, 99.9999999999999, [25], {}]) {
      const { status, json } = await post('/api/feature-flags/ml/enable', { percentage });
      expect([percentage, status, json.code]).toEqual([percentage, 400, 'BAD_INPUT']);
      expect(json.error).toContain('percentage');
    }
    expect(await post('/api/feature-flags/ml/percentage', {})).toMatchObject({ status: 400 });
    expect(await post('/api/feature-flags/ml/enable', { percent: 5 })).toMatchObject({ status: 400 });
    expect(await server.machine.holders.record.read()).toMatchObject({ flag: null });
  });

  it('refuse a reason that no store gives back as it was: the history would look forged', async () => {
    for (const path of ['enable', 'disable']) {
      for (const reason of ['a\u0000b', 'half of \ud83d', '\udc00']) {
        const refused = {
          status: 400,
          json: { code: 'BAD_INPUT', error: expect.stringContaining('reason') },
        };
        expect(await post(`/api/feature-flags/ml/${path}`, { reason })).toMatchObject(refused);
      }
    }
    expect(await server.machine.holders.record.read()).toMatchObject({ flag: null, marks: {} });
  });

  it('enable, move and force off, and wait until the readers know', async () => {
    const enabled = await post('/api/feature-flags/ml/enable');
    expect(enabled).toMatchObject({
      status: 200,
      json: {
        success: true,
        confirmed: true,
        message: expect.stringContaining('never written → 10 %'),
        change: { after: { percentage: 10, updatedBy: 'api', revision: 1 }, confirmedIn: ['sqlite'] },
        status: { state: 'on', config: { ML_TRAFFIC_PERCENTAGE: 10 } },
      },
    });
    const moved = await post('/api/feature-flags/ml/percentage', { percentage: 12.5, reason: 'week 1' });
    expect(moved).toMatchObject({
      status: 200,
      json: { change: { after: { percentage: 12.5, reason: 'week 1' } } },
    });
    expect(await server.ask('/api/feature-flags/ml/health')).toMatchObject({
      json: { status: 'idle', healthy: true, ml_enabled: true, ml_traffic: 12.5, total_requests: 0 },
    });
    const off = await post('/api/feature-flags/ml/disable', { reason: 'fire' });
    expect(off).toMatchObject({
      status: 200,
      json: { change: { forcedOff: true }, status: { state: 'forced off', health: { status: 'off' } } },
    });
    expect(server.reader.decide('1')).toMatchObject({ variant: 'control', reason: 'FORCED_OFF' });
  });

  it('refuse a wait that is none', async () => {
    expect((await post('/api/feature-flags/ml/disable?wait=soon')).status).toBe(400);
    expect((await post('/api/feature-flags/ml/disable?wiat=1')).status).toBe(400);
  });

  it('count from zero again', async () => {
    const booking = {
      id: 7,
      distance_meters: 8000,
      duration_seconds: 900,
      scheduled_time: '2026-03-02T08:30',
    };
    expect(await post('/api/predictions', { booking })).toMatchObject({ status: 201 });
    const total = async () => (await server.ask('/api/feature-flags/status')).json.stats.total_requests;
    await expect.poll(total).toBe(1);
    expect(await post('/api/feature-flags/reset-stats')).toMatchObject({
      status: 200,
      json: { success: true },
    });
    expect(await total()).toBe(0);
  });
});

describe('a change that is not everywhere', () => {
  it('is a conflict where somebody was faster, and 202 where an instance is silent', async () => {
    let race = false;
    const server = await startServer({
      tap: (holders) =>
        tapped(holders, {
          record: {
            async commit(command) {
              if (race) await activate(holders, 5, request('bob'));
              race = false;
              return await holders.record.commit(command);
            },
          },
        }),
    });
    race = true;
    const lost = await server.ask('/api/feature-flags/ml/enable', { body: { percentage: 50 } });
    expect(lost).toMatchObject({
      status: 409,
      json: { code: 'CONFLICT', error: expect.stringContaining('bob') },
    });
    await server.reader.stop();
    const silent = { instance: 'silent', host: 'host-2', pid: 1, url: null, revision: 0, changeId: null };
    await server.machine.holders.record.report({
      ...silent,
      model: null,
      off: [],
      at: new Date().toISOString(),
    });
    const unheard = await server.ask('/api/feature-flags/ml/percentage?wait=0.5', {
      body: { percentage: 50 },
    });
    expect(unheard).toMatchObject({ status: 202, json: { success: true, confirmed: false } });
    expect(JSON.stringify(unheard.json.change.warnings)).toContain('silent');
    await server.close();
  }, 60_000);

  it('is 503 where no store answers, and says that this machine is off all the same', async () => {
    let code: 'UNAVAILABLE' | 'BAD_CONFIG' = 'UNAVAILABLE';
    const away = async () => {
      throw new AtmrError(code, 'away.');
    };
    const server = await startServer({
      tap: (holders) => tapped(holders, { record: { read: away, commit: away } }),
    });
    const enable = await server.ask('/api/feature-flags/ml/enable', { method: 'POST' });
    expect(enable).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    code = 'BAD_CONFIG'; // a store that refuses is not waited for
    const off = await server.ask('/api/feature-flags/ml/disable', { method: 'POST' });
    expect(off).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE', forced_off_here: true } });
    expect(server.reader.decide('1')).toMatchObject({ reason: 'FORCED_OFF' });
    await server.close();
  }, 60_000);
});
