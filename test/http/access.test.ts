import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, INGEST, READ, type RunningServer, startServer, WRITE } from './running-server.js';

const STATUS = '/api/feature-flags/status';
const DISABLE = '/api/feature-flags/ml/disable';
const OFREP = '/ofrep/v1/evaluate/flags';
const CONTEXT = { context: { targetingKey: '7' } };

describe('a server without tokens', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({
      serve: {
        url: 'https://ml.example.org',
        allowedHosts: ['ops.example.org:8443', 'fd00::5', '[fd00::6]:8443'],
      },
    });
  });
  afterAll(() => server.close());

  it('serves this machine, and nobody behind a proxy of this machine', async () => {
    expect((await server.ask(STATUS)).status).toBe(200);
    expect((await server.ask(OFREP, { body: CONTEXT })).status).toBe(200);
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) {
      const headers = { [header]: 'for=10.0.0.9' };
      expect(await server.ask(STATUS, { headers })).toMatchObject({
        status: 403,
        json: { code: 'FORBIDDEN' },
      });
      expect((await server.ask(DISABLE, { method: 'POST', headers })).status).toBe(403);
    }
  });

  // Neither is fetch() allowed to send these.
  it.each([
    ['another name made to point here', 'evil.example', 403],
    ['a name that ends in ours', 'localhost.evil.example', 403],
    ['an address that is not ours', '10.9.8.7', 403],
    ['no name', '', 403],
    ['localhost', 'localhost:5000', 200],
    ['an IPv6 loopback', '[::1]:5000', 200],
    ['the public name', 'ml.example.org', 200],
    ['an allowed name', 'ops.example.org', 200],
    ['an allowed IPv6 address', '[fd00::5]:5000', 200],
    ['one allowed with its port', '[fd00::6]', 200],
    ['what its end was taken for', '[fd00::]', 403],
  ])('answers %s with Host %s: %i', async (_, host, status) => {
    expect(await rawStatus(server, `GET ${STATUS} HTTP/1.1\r\nHost: ${host}`)).toBe(status);
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['another program on this machine', { origin: 'http://localhost:8080' }, 403],
    ['a site that hides its origin', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a link that names no page', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 403],
    ['our own page', { origin: 'SELF', 'sec-fetch-site': 'same-origin' }, 200],
  ])('meets the browser of %s', async (_, headers, status) => {
    const own = {
      ...headers,
      ...('origin' in headers && headers.origin === 'SELF' && { origin: server.url }),
    };
    const lines = Object.entries(own).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `POST ${DISABLE} HTTP/1.1\r\nHost: 127.0.0.1:${server.door.port}\r\ncontent-length: 0\r\n`;
    expect(await rawStatus(server, `${head}${lines.join('')}`.trimEnd())).toBe(status);
  });

  it('lets a link from anywhere lead to the page', async () => {
    const navigation = 'sec-fetch-site: cross-site\r\nsec-fetch-mode: navigate\r\nsec-fetch-dest: document';
    const host = `Host: 127.0.0.1:${server.door.port}`;
    expect(await rawStatus(server, `GET /ml-monitoring HTTP/1.1\r\n${host}\r\n${navigation}`)).toBe(200);
  });

  it('answers probes under any name', async () => {
    expect(await rawStatus(server, 'GET /healthz HTTP/1.1\r\nHost: 10.9.8.7')).toBe(200);
  });

  it('takes over a harmless request id, and no other', async () => {
    const idOf = async (id: string) => {
      return (await server.ask('/healthz', { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    };
    expect(await idOf('order-7.2:a_B')).toBe('order-7.2:a_B');
    for (const id of ['a b', '<script>', 'x'.repeat(129), 'a"b', 'é']) {
      expect(await idOf(id)).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('sends the headers that keep browsers from doing harm', async () => {
    const { headers } = await server.ask(STATUS);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it.each<[string, string, Record<string, string>, number, string]>([
    ['half a document', '{"reason":', {}, 400, 'BAD_INPUT'],
    ['a poisoned prototype', '{"__proto__":{"isAdmin":true}}', {}, 400, 'BAD_INPUT'],
    ['a poisoned constructor', '{"constructor":{"prototype":{"a":1}}}', {}, 400, 'BAD_INPUT'],
    ['a list', '[]', {}, 400, 'BAD_INPUT'],
    [
      'a form',
      'reason=fire',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['plain text', '{}', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a long reason', JSON.stringify({ reason: 'x'.repeat(70_000) }), {}, 413, 'TOO_LARGE'],
  ])('refuses %s', async (_, body, headers, status, code) => {
    const answer = await server.ask(DISABLE, { method: 'POST', body, headers });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/ at .*\.(js|ts)/);
  });

  it('takes an empty body as none, whatever its type', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await server.ask('/api/feature-flags/reset-stats', { method: 'POST', headers })).status).toBe(
      200,
    );
  });

  it('answers unknown paths, methods and broken addresses in JSON', async () => {
    expect(await server.ask('/api/nothing?token=secret')).toMatchObject({
      status: 404,
      json: { code: 'NOT_FOUND' },
    });
    expect(await server.ask(STATUS, { method: 'DELETE' })).toMatchObject({
      status: 404,
      json: { code: 'NOT_FOUND' },
    });
    expect(await server.ask('/api/%zz')).toMatchObject({ status: 400, json: { code: 'BAD_INPUT' } });
    expect(server.log.join('')).not.toContain('secret');
  });

  it('writes lines that grep finds, without what was asked', async () => {
    await server.ask(`${STATUS}?name=Dupont`, { headers: { authorization: 'Bearer abc-secret' } });
    const lines = server.log.map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ level: 'INFO', msg: '[ML] request', route: STATUS, status: 200 });
    expect(server.log.join('')).not.toMatch(/Dupont|abc-secret/);
  });
});

describe('a server with tokens', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ tokens: { write: WRITE, ingest: INGEST, read: READ } });
  });
  afterAll(() => server.close());

  it.each([
    ['read', READ, [200, 403, 403]],
    ['ingest', INGEST, [200, 200, 403]],
    ['write', WRITE, [200, 200, 200]],
    ['no', undefined, [401, 401, 401]],
  ])('lets the %s token do what it may', async (_, token, statuses) => {
    const asked = [
      await server.ask(STATUS, { token }),
      await server.ask(OFREP, { body: CONTEXT, token }),
      await server.ask(DISABLE, { method: 'POST', token }),
    ];
    expect(asked.map(({ status }) => status)).toEqual(statuses);
  });

  it('names the token in the history', async () => {
    const { marks } = await server.machine.holders.record.read();
    expect(Object.values(marks)).toMatchObject([{ by: 'api (write token)' }]);
  });

  it('keeps the probes open, and has browsers ask for a password where there is a page', async () => {
    expect((await server.ask('/readyz')).status).toBe(200);
    const page = await server.ask('/ml-monitoring');
    expect([page.status, page.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Basic /),
    ]);
    const authorization = `Basic ${Buffer.from(`ana:${READ}`).toString('base64')}`;
    expect((await server.ask('/ml-monitoring', { headers: { authorization } })).status).toBe(200);
    // A browser sends it along by itself: that must move nothing.
    const basicWrite = `Basic ${Buffer.from(`ana:${WRITE}`).toString('base64')}`;
    const written = await server.ask(DISABLE, { method: 'POST', headers: { authorization: basicWrite } });
    expect(written.status).toBe(401);
  });

  it('slows down who guesses, and not who knows', async () => {
    const guesses: number[] = [];
    for (let i = 0; i < 15; i++) {
      guesses.push((await server.ask(DISABLE, { method: 'POST', token: `guess-${i}` })).status);
    }
    expect(guesses[0]).toBe(401);
    expect(guesses.at(-1)).toBe(429);
    const limited = await server.ask(DISABLE, { method: 'POST', token: 'guess' });
    expect(limited.json).toMatchObject({ code: 'RATE_LIMITED' });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await server.ask(STATUS, { token: WRITE })).status).toBe(200);
    expect(server.log.join('')).not.toContain('guess');
  });
});

describe('a server that is asked too often', () => {
  it('says so, and when to come again; bookings and probes go on', async () => {
    const server = await startServer();
    const statuses = await Promise.all(
      Array.from({ length: 125 }, async () => {
        return (await server.ask('/api/feature-flags/ml/percentage', { body: { percentage: true } })).status;
      }),
    );
    expect(statuses.filter((status) => status === 400)).toHaveLength(120);
    const refused = await server.ask('/api/feature-flags/ml/percentage', { body: { percentage: 5 } });
    expect(refused).toMatchObject({ status: 429, json: { code: 'RATE_LIMITED' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await server.ask(OFREP, { body: CONTEXT })).status).toBe(200);
    expect((await server.ask('/healthz')).status).toBe(200);
    await server.close();
  });
});

describe('a server that somebody wants to lock an operator out of', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ tokens: { write: WRITE, ingest: null, read: null } });
  });
  afterAll(() => server.close());

  const askOften = async (path: string, times: number, options: Parameters<typeof ask>[1] = {}) => {
    const statuses = await Promise.all(
      Array.from({ length: times }, async () => (await server.ask(path, options)).status),
    );
    return statuses.at(-1);
  };

  it('forces off, however often another change was asked for', async () => {
    const change = { body: { percentage: true }, token: WRITE };
    expect(await askOften('/api/feature-flags/ml/percentage', 125, change)).toBe(429);
    expect((await server.ask(DISABLE, { method: 'POST', token: WRITE })).status).toBe(200);
  });

  it('shows who has a token the status, however much others on the address have asked for', async () => {
    for (let sent = 0; sent < 6000; sent += 250) await askOften('/api/nothing', 250);
    expect((await server.ask('/api/nothing')).status).toBe(429);
    expect((await server.ask(STATUS, { token: WRITE })).status).toBe(200);
  });
});

describe('a server with the write token alone', () => {
  it('asks for it where state changes or bookings come in, and lets everybody read', async () => {
    const server = await startServer({ tokens: { write: WRITE, ingest: null, read: null } });
    expect((await server.ask(STATUS, { headers: { 'x-forwarded-for': '10.0.0.9' } })).status).toBe(200);
    expect((await server.ask(OFREP, { body: CONTEXT })).status).toBe(401);
    expect((await server.ask(OFREP, { body: CONTEXT, token: WRITE })).status).toBe(200);
    expect((await server.ask(DISABLE, { method: 'POST' })).status).toBe(401);
    await server.close();
  });
});

describe('a server whose control plane is off', () => {
  it('answers 503 as other tools know it, and bookings go on', async () => {
    const server = await startServer({ controlPlaneEnabled: false });
    const off = { error: 'ml_control_plane_disabled', message: 'ML control plane API is disabled' };
    for (const path of [
      STATUS,
      '/api/v1/feature-flags/ml/health',
      '/api/ml-monitoring/summary',
      '/ml-monitoring',
    ]) {
      expect(await server.ask(path)).toMatchObject({ status: 503, json: off });
    }
    expect(await server.ask(DISABLE, { method: 'POST' })).toMatchObject({ status: 503, json: off });
    expect((await server.ask(OFREP, { body: CONTEXT })).status).toBe(200);
    expect((await ask(`${server.url}/healthz`)).status).toBe(200);
    await server.close();
  });
});

/** The status of a request as it is written here: a browser's headers are none that `fetch` sends. */
function rawStatus({ door }: RunningServer, head: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(door.port, '127.0.0.1', () =>
      socket.write(`${head}\r\nconnection: close\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (data) => (text += data));
    socket.on('end', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1])));
    socket.on('error', reject);
  });
}
