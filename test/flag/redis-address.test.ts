import { describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { parseRedisUrl } from '../../src/flag/redis-address.js';

const NOBODY = { username: undefined, password: undefined };

describe('parseRedisUrl', () => {
  it.each([
    'redis://localhost',
    'redis://:secret@10.0.0.1:6380/2',
    'rediss://user:secret@cache.example:6379',
  ])('takes %s as it is', (url) => expect(parseRedisUrl(url)).toMatchObject({ kind: 'single', url }));

  it('reads sentinels', () => {
    expect(parseRedisUrl('redis+sentinel://a:26380,b/main')).toEqual({
      kind: 'sentinel',
      ...NOBODY,
      nodes: [
        { host: 'a', port: 26_380 },
        { host: 'b', port: 26_379 },
      ],
      master: 'main',
      where: 'Redis main by the sentinels at a:26380,b',
    });
  });

  it('reads a cluster, with a login', () => {
    expect(parseRedisUrl('redis+cluster://ana:p%40ss@a:7000,[::1]:7001')).toEqual({
      kind: 'cluster',
      username: 'ana',
      password: 'p@ss',
      nodes: [
        { host: 'a', port: 7000 },
        { host: '::1', port: 7001 },
      ],
      where: 'Redis Cluster at a:7000,[::1]:7001',
    });
  });

  it.each([
    '',
    'localhost:6379',
    'http://:secret@host',
    'redis://:secret@host:port',
    'redis://:secret@host/abc',
    'redis://:secret@host/1/2',
    'redis+sentinel://:secret@host:26379',
    'redis+cluster://:secret@host:port',
    'redis+cluster://',
    'redis://:secret%@host',
    'redis+sentinel://:secret%zz@host:26379/main',
  ])('refuses "%s" without repeating it', (url) => {
    const refusal = () => parseRedisUrl(url);
    expect(refusal).toThrow(AtmrError);
    expect(refusal).toThrow(/REDIS_URL is not one of/);
    expect(refusal).not.toThrow(/secret/);
  });
});
