import { describe, expect, it } from 'vitest';
import { parseRedisUrl } from '../../src/flag/redis-address.js';

const NOBODY = { username: undefined, password: undefined };

describe('parseRedisUrl', () => {
  it.each([
    'redis://localhost',
    'redis://:secret@10.0.0.1:6380/2',
    'rediss://user:secret@cache.example:6379',
  ])('takes %s as it is', (url) => expect(parseRedisUrl(url)).toMatchObject({ kind: 'single', url }));

  it.each([
    ['redis://:secret@10.0.0.1:6380/2', 'Redis at 10.0.0.1:6380'],
    ['rediss://ana:secret@cache.example', 'Redis at cache.example'],
    ['redis://[::1]:6379', 'Redis at [::1]:6379'],
    ['redis:///2', 'Redis at localhost'],
  ])('names %s without its login', (url, where) => expect(parseRedisUrl(url)).toMatchObject({ where }));

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
    ['sentinel', 26_379, '/main'],
    ['cluster', 6379, ''],
  ])('knows the port of a %s', (kind, port, name) => {
    const nodes = [
      { host: 'a', port },
      { host: '2001:db8::1', port },
      { host: 'b', port: 1 },
    ];
    expect(parseRedisUrl(`redis+${kind}://a,[2001:db8::1],b:1${name}`)).toMatchObject({ kind, nodes });
  });

  it.each([
    ['', NOBODY],
    ['@', NOBODY],
    [':@', NOBODY],
    ['ana@', { username: 'ana', password: undefined }],
    [':p%40ss@', { username: undefined, password: 'p@ss' }],
    ['ana:p:w@', { username: 'ana', password: 'p:w' }],
    ['a%3Ana:p%2Fw@', { username: 'a:na', password: 'p/w' }],
  ])('reads the login "%s"', (login, expected) => {
    expect(parseRedisUrl(`redis+cluster://${login}a:7000`)).toMatchObject(expected);
    expect(parseRedisUrl(`redis+sentinel://${login}a:26379/main`)).toMatchObject(expected);
  });

  it.each([
    '',
    'localhost:6379',
    'http://:secret@host',
    'xredis://:secret@host',
    'http://:secret@host/redis://host',
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
    expect(refusal).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(refusal).not.toThrow(/secret/);
  });

  it('tells of each form that it takes', () => {
    const message = `REDIS_URL is not one of redis://:password@host:6379/0, rediss://…, redis+sentinel://host:26379,host:26379/name or redis+cluster://host:6379,host:6379, with a % in the login as %25.`;
    expect(() => parseRedisUrl('memcached://host')).toThrow(message);
  });
});
