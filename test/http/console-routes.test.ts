import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Episode } from '../../src/guard/guard-store.js';
import { openGuardStore } from '../../src/guard/open-guard-store.js';
import { moveRollout } from '../../src/rollout/move.js';
import { request } from '../fault/site.js';
import { until } from '../fault/wait.js';
import { READ, type RunningServer, startServer, WRITE } from './running-server.js';

const READING = [
  '/rollout/status',
  '/rollout/improvement',
  '/alerts',
  '/history',
  '/ml-monitoring/weather',
  '/ml-monitoring/drift',
  '/roi',
  '/checklist/week-1',
] as const;
const CHANGING = ['/rollout/hold', '/rollout/rollback', '/alerts/ack'] as const;

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ tokens: { write: WRITE, ingest: null, read: READ } });
});
afterAll(() => server.close());

const read = async (path: string) => (await server.ask(`/api${path}`, { token: READ })).json;
const change = (path: string, body: object = {}) => server.ask(`/api${path}?wait=0`, { body, token: WRITE });

const acknowledge = (body: object) => server.ask('/api/alerts/ack', { body, token: WRITE });

describe('of an empty system', () => {
  it.each(READING)('%s says that nothing is known, and is for who may read', async (path) => {
    expect((await server.ask(`/api${path}`)).status).toBe(401);
    const { status, text } = await server.ask(`/api${path}`, { token: READ });
    expect([status, text.includes('NaN')]).toEqual([200, false]);
  });

  it('there is no rollout, no evidence, no return', async () => {
    expect(await read('/rollout/status')).toMatchObject({ phase: 'not_started', traffic: 0, uptime: null });
    const { days, step_date } = await read('/rollout/improvement');
    expect([days.every((day: { improvement: unknown }) => day.improvement === null), step_date]).toEqual([
      true,
      null,
    ]);
    expect(await read('/alerts')).toEqual({ contacts: [], escalation: [], episodes: [], messages: [] });
    expect(await read('/history')).toEqual({ changes: [] });
    expect(await read('/roi')).toMatchObject({ roi: { base: null }, insufficient: expect.any(String) });
    expect(await read('/ml-monitoring/drift')).toMatchObject({ model_version: null, columns: [] });
    expect(await read('/ml-monitoring/weather')).toMatchObject({
      configured: false,
      last_hour: { requests: 0, weather_default_rate: null },
    });
  });

  it.each(CHANGING)('%s needs the token that changes', async (path) => {
    expect((await server.ask(`/api${path}`, { body: {} })).status).toBe(401);
    expect((await server.ask(`/api${path}`, { body: {}, token: READ })).status).toBe(403);
  });

  it('a hold and a rollback have nothing to do', async () => {
    const hold = await change('/rollout/hold', { reason: 'strike' });
    expect([hold.status, hold.json.code]).toEqual([400, 'USAGE']);
    const less = await change('/rollout/rollback', { to: 'previous' });
    expect([less.status, less.json.code]).toEqual([400, 'USAGE']);
    expect((await read('/history')).changes).toEqual([]);
  });
});

describe('of a rollout', () => {
  beforeAll(async () => {
    const planId = 'p';
    const start = { kind: 'start', percentages: [5, 10, 25, 50, 100], planId, model: null } as const;
    for (const event of [start, { kind: 'advance', planId }, { kind: 'confirmed' }] as const) {
      const { flag } = await server.machine.holders.record.read();
      await moveRollout(server.machine.holders, event, { flag }, request('ana'));
    }
    await until('the reader knows', () => server.reader.view().state.flag?.percentage === 25);
  });

  it.each([
    [{ to: 12.345 }, 'percentage'],
    [{ to: 'nowhere' }, 'to'],
    [{ to: -1 }, 'to'],
    [{ reason: 'a\0b' }, 'reason'],
    [{ reason: 'x', by: '\ud800' }, 'by'],
    [{ unknown: 1 }, 'unknown'],
  ])('%j is refused', async (body, field) => {
    const { status, json } = await change('/rollout/rollback', body);
    expect([status, json.code, json.error.includes(field) || field === 'unknown']).toEqual([
      400,
      'BAD_INPUT',
      true,
    ]);
  });

  it('holds, with who and why, and says so in the history', async () => {
    const { status, json } = await change('/rollout/hold', { reason: 'strike on Thursday', by: ' ana ' });
    expect([status, json.change.after.rollout.phase]).toEqual([200, 'held']);
    const [{ by, reason, after }] = (await read('/history?limit=1')).changes;
    expect({ by, reason, percentage: after.percentage }).toEqual({
      by: 'ana, api (write token)',
      reason: 'strike on Thursday',
      percentage: 25,
    });
    await until('it is asked about again', async () => (await read('/rollout/status')).phase === 'held');
  });

  it('goes back to the step before, then to nothing', async () => {
    const { json: lower } = await change('/rollout/rollback', { to: 'previous', reason: 'complaints' });
    expect(lower.change.after).toMatchObject({ enabled: true, percentage: 10 });
    const same = await change('/rollout/rollback', { to: 10 });
    expect([same.status, same.json.code]).toEqual([400, 'USAGE']);
    const { json: off } = await change('/rollout/rollback', { reason: 'enough' });
    expect(off.change.mark).not.toBeNull();
    await until('it answers control', () => server.reader.view().forcedOff);
  });

  it('acknowledges what was found, by name, and refuses a rule that there is not', async () => {
    const { home } = server.machine;
    const store = await openGuardStore({ databaseUrl: null, home, flagKey: 'ml-delay-prediction' });
    await store.put([episode('one')]);
    await until('it is listed', async () => (await read('/alerts')).episodes.length === 1);
    const unknown = await acknowledge({ rule: 'mea' });
    expect([unknown.status, unknown.json.error]).toEqual([400, expect.stringContaining('did you mean mae')]);
    const { json } = await acknowledge({ rule: 'mae', by: 'ben' });
    expect(json.acknowledged).toMatchObject([{ id: 'one', acknowledgedBy: 'ben, api (write token)' }]);
    expect(await store.episodes(0)).toMatchObject([{ acknowledgedBy: 'ben, api (write token)' }]);
    await store.close();
  });
});

describe('a booking', () => {
  it('is found by its id among all, and an id that nobody has finds nothing', async () => {
    const booking = { id: 'Ä <7>', scheduled_time: '2099-03-02T08:30', distance_meters: 8000 };
    for (const request_id of ['r1', 'r2']) {
      await server.ask('/api/predictions', { body: { booking, request_id }, token: WRITE });
    }
    const of = async (id: string) =>
      (await read(`/ml-monitoring/predictions?booking_id=${encodeURIComponent(id)}`)).predictions;
    await until('both are recorded', async () => (await of('Ä <7>')).length === 2);
    expect(await of("' OR 1=1 --")).toEqual([]);
    expect(await of('Ä <7>\0')).toHaveLength(2);
  });
});

function episode(id: string): Episode {
  const beganMs = Date.now();
  return {
    ...{
      id,
      rule: 'mae',
      level: 'act' as const,
      beganMs,
      endedMs: null,
      looks: 3,
      text: 'the MAE is 3.1 min',
    },
    ...{ value: 3.1, threshold: 2.5, action: 'hold' as const, dryRun: false, actedMs: beganMs },
    ...{ acknowledgedMs: null, acknowledgedBy: null },
  };
}
