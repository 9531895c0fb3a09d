import { describe, expect, it } from 'vitest';
import type { Access } from '../../src/http/access.js';
import { publicUrl, requireToken, tokenNotices } from '../../src/http/addresses.js';
import { authority } from '../../src/http/authority.js';
import { foreignReason, isLoopback } from '../../src/http/origin.js';

const NONE = { write: null, ingest: null, read: null };

describe('authority', () => {
  const statusOf = (
    tokens: Partial<typeof NONE | Record<string, string>>,
    access: Access,
    isLocal: boolean,
    token?: string,
  ) => {
    const authorization = token === undefined ? undefined : `Bearer ${token}`;
    const verdict = authority({ ...NONE, ...tokens })(access, { authorization, isLocal });
    return verdict.granted ? 'granted' : verdict.status;
  };

  it('lets only this machine in while there is no token', () => {
    for (const access of ['read', 'ingest', 'write'] as const) {
      expect([statusOf({}, access, true), statusOf({}, access, false)]).toEqual(['granted', 403]);
    }
    expect(statusOf({}, 'open', false)).toBe('granted');
  });

  it('asks for the next stronger token where one is not set', () => {
    expect(statusOf({ write: 'w' }, 'ingest', true)).toBe(401);
    expect(statusOf({ write: 'w' }, 'ingest', false, 'w')).toBe('granted');
    expect(statusOf({ write: 'w', ingest: 'i' }, 'write', true, 'i')).toBe(403);
    expect(statusOf({ read: 'r' }, 'read', true)).toBe(401);
    expect(statusOf({ read: 'r' }, 'write', true)).toBe('granted');
    expect(statusOf({ read: 'r' }, 'write', false, 'r')).toBe(403);
    expect(statusOf({ ingest: 'i' }, 'write', false, 'i')).toBe(403);
  });

  it.each(['', 'Bearer', 'Bearer ', 'bearer  w x', 'Token w', 'Basic !!!', `Bearer ${'x'.repeat(5000)}`])(
    'takes "%s" for no token of ours',
    (authorization) => {
      const allow = authority({ ...NONE, write: 'w' });
      expect(allow('write', { authorization, isLocal: true })).toMatchObject({ granted: false, status: 401 });
    },
  );
});

describe('foreignReason', () => {
  const asked = { origin: undefined, fetchSite: undefined, localAddress: '127.0.0.1', isNavigation: false };
  it.each([
    ['the address it came in on', { host: '10.1.2.3:5000', localAddress: '::ffff:10.1.2.3' }, true],
    ['another address', { host: '10.1.2.4:5000', localAddress: '10.1.2.3' }, false],
    ['a name with a dot at its end', { host: 'LOCALHOST.:5000' }, true],
    ['a login before the name', { host: 'localhost@evil.example' }, false],
    [
      'an Origin over TLS of the same name',
      { host: 'ml.example.org', origin: 'https://ml.example.org' },
      true,
    ],
    ['an Origin on another port', { host: 'localhost:5000', origin: 'http://localhost:3000' }, false],
    ['an extension', { host: 'localhost:5000', origin: 'chrome-extension://abc' }, false],
    ['no Host', { host: undefined }, false],
  ])('%s', (_, over, isOurs) => {
    expect(foreignReason({ ...asked, ...over }, ['ml.example.org']) === null).toBe(isOurs);
  });

  it('knows the addresses of this machine', () => {
    const addresses = [
      '127.0.0.1',
      '127.8.9.10',
      '::1',
      '::ffff:127.0.0.1',
      'localhost',
      '10.0.0.1',
      '128.0.0.1',
      undefined,
    ];
    expect(addresses.map(isLoopback)).toEqual([true, true, true, true, true, false, false, false]);
  });
});

describe('the addresses of a server', () => {
  it('need a token where others reach them', () => {
    const refused = expect.objectContaining({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('ATMR_ML_TOKEN'),
    });
    for (const host of ['0.0.0.0', '::', '10.0.0.5', 'ml.example.org']) {
      expect(() => requireToken({ host }, NONE)).toThrow(refused);
      expect(() => requireToken({ host }, { ...NONE, write: 'w' })).not.toThrow();
    }
    for (const host of ['127.0.0.1', '::1', 'localhost'])
      expect(() => requireToken({ host }, NONE)).not.toThrow();
  });

  it('come with a word on short tokens and open reading', () => {
    const notices = tokenNotices({ host: '0.0.0.0' }, { ...NONE, write: 'short' });
    expect(notices).toEqual([
      expect.stringContaining('ATMR_ML_TOKEN is shorter'),
      expect.stringContaining('ATMR_ML_READ_TOKEN'),
    ]);
    expect(tokenNotices({ host: '127.0.0.1' }, { ...NONE, write: 'short' })).toEqual([]);
  });

  it.each([
    ['0.0.0.0', null, 'http://host-1:5000'],
    ['::1', null, 'http://[::1]:5000'],
    ['10.0.0.5', null, 'http://10.0.0.5:5000'],
    ['0.0.0.0', 'https://ml.example.org/', 'https://ml.example.org'],
  ])('on %s with the URL %s are %s to others', (host, url, expected) => {
    expect(publicUrl({ host, url }, 5000, 'host-1')).toBe(expected);
  });
});
