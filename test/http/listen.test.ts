import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, openDoor } from '../../src/http/listen.js';
import { type RawRequest, sendRaw } from './raw-request.js';

/** What arrives before any route has a say. */
describe('a port', () => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor({ host: '127.0.0.1', port: 0, flag: '--port', setting: 'serve.apiPort' });
  });
  afterAll(() => door.close(1000));
  const send = (parts: Partial<RawRequest>) => {
    const headers = [
      ['Connection', 'close'] as const,
      ['Host', 'localhost'] as const,
      ...(parts.headers ?? []),
    ];
    const whole = { method: 'GET', target: '/', body: Buffer.alloc(0), isCut: false, ...parts, headers };
    return sendRaw(door.port, whole);
  };

  it.each<[string, Partial<RawRequest>, number, string]>([
    ['no method', { method: '' }, 400, 'BAD_INPUT'],
    ['a method that is none', { method: 'NONSENSE' }, 400, 'BAD_INPUT'],
    [
      'two lengths',
      {
        headers: [
          ['Content-Length', '1'],
          ['Content-Length', '2'],
        ],
      },
      400,
      'BAD_INPUT',
    ],
    [
      'a length and chunks',
      {
        headers: [
          ['Content-Length', '1'],
          ['Transfer-Encoding', 'chunked'],
        ],
      },
      400,
      'BAD_INPUT',
    ],
    ['a header of 20 kB', { headers: [['X-Long', 'x'.repeat(20_000)]] }, 431, 'TOO_LARGE'],
  ])('answers %s in JSON', async (_, request, status, code) => {
    const answer = await send(request);
    expect([answer?.status, answer?.headers.get('content-type')]).toEqual([status, 'application/json']);
    expect(JSON.parse(answer?.body ?? '')).toEqual({ error: expect.stringMatching(/\.$/), code });
  });

  it('asks for patience until there is an application, whatever else a client expects', async () => {
    for (const headers of [[], [['Expect', 'nonsense']]] as const) {
      const answer = await send({ headers });
      expect([answer?.status, answer?.headers.get('retry-after')]).toEqual([503, '1']);
      expect(JSON.parse(answer?.body ?? '')).toMatchObject({ code: 'UNAVAILABLE' });
    }
  });
});
