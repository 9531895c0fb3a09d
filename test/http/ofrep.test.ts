import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { disable } from '../../src/flag/disable.js';
import { request } from '../fault/site.js';
import { until } from '../fault/wait.js';
import { type RunningServer, startServer } from './running-server.js';

const FLAGS = '/ofrep/v1/evaluate/flags';
const KEY = 'ml-delay-prediction';

describe('OpenFeature remote evaluation', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
    await activate(server.machine.holders, 50, request('ana'));
    await until('the reader knows', () => server.reader.view().state.flag?.percentage === 50);
  });
  afterAll(() => server.close());
  const evaluate = (targetingKey: unknown) =>
    server.ask(`${FLAGS}/${KEY}`, { body: { context: { targetingKey } } });

  it('answers as the reader decides, for texts and for numbers', async () => {
    for (const id of ['1', '2', '3', '4', '5', '6']) {
      const { variant } = server.reader.decide(id);
      const expected = {
        key: KEY,
        value: variant === 'model',
        variant,
        reason: 'SPLIT',
        metadata: { atmrReason: 'SPLIT', revision: 1 },
      };
      expect(await evaluate(id)).toMatchObject({ status: 200, json: expected });
      expect(await evaluate(Number(id))).toMatchObject({ status: 200, json: expected });
    }
  });

  it.each([
    ['no body', undefined],
    ['no context', {}],
    ['no key', { context: {} }],
    ['an empty key', { context: { targetingKey: '' } }],
    ['a list as key', { context: { targetingKey: ['7'] } }],
  ])('says what is missing of %s', async (_, body) => {
    const asked = { method: 'POST', body };
    const missing = { status: 400, json: { errorCode: 'TARGETING_KEY_MISSING' } };
    expect(await server.ask(`${FLAGS}/${KEY}`, asked)).toMatchObject({
      ...missing,
      json: { key: KEY, ...missing.json },
    });
    expect(await server.ask(FLAGS, asked)).toMatchObject(missing);
  });

  it('knows no other flag', async () => {
    const other = await server.ask(`${FLAGS}/other`, { body: { context: { targetingKey: '7' } } });
    expect(other).toMatchObject({ status: 404, json: { key: 'other', errorCode: 'FLAG_NOT_FOUND' } });
  });

  it('tells every flag once, and 304 until it changes', async () => {
    const body = { context: { targetingKey: '7' } };
    const first = await server.ask(FLAGS, { body });
    const etag = first.headers.get('etag') ?? '';
    expect(first).toMatchObject({ status: 200, json: { flags: [{ key: KEY }] } });
    const again = await server.ask(FLAGS, { body, headers: { 'if-none-match': etag } });
    expect([again.status, again.text]).toEqual([304, '']);
    await disable(server.machine.holders, request('bob'));
    await until('it is off', () => server.reader.view().forcedOff);
    const off = await server.ask(FLAGS, { body, headers: { 'if-none-match': etag } });
    expect(off).toMatchObject({
      status: 200,
      json: {
        flags: [
          { value: false, variant: 'control', reason: 'DISABLED', metadata: { atmrReason: 'FORCED_OFF' } },
        ],
      },
    });
  });
});
