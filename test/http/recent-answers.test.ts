import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEvents } from '../../src/http/events.js';
import { ageAllowed, shareRecentAnswers } from '../../src/http/recent-answers.js';

describe('an answer that many ask for', () => {
  const server = fastify();
  const events = openEvents('test');
  let [nowMs, runs] = [0, 0];
  beforeAll(async () => {
    shareRecentAnswers(server, { events, clock: { nowMs: () => nowMs, monotonicMs: () => nowMs } });
    const options = { config: { access: 'read', shared: true } } as const;
    await server.register(async (scope) => {
      scope.get('/shared', options, async ({ query }) => ({ run: ++runs, query }));
      scope.get('/own', { config: { access: 'read' } }, async () => ({ run: ++runs }));
    });
    await server.ready();
  });
  afterAll(() => server.close());

  const runOf = async (url: string, cacheControl?: string) => {
    const headers = cacheControl === undefined ? {} : { 'cache-control': cacheControl };
    return (await server.inject({ url, headers })).json().run;
  };

  it('is made once for those who take one as old as this, and anew for everybody else', async () => {
    const first = await Promise.all([1, 2, 3].map(() => runOf('/shared', 'max-age=5')));
    expect(first).toEqual([1, 1, 1]);
    nowMs = 4999;
    expect(await runOf('/shared', 'max-age=5')).toBe(1);
    expect(await runOf('/shared')).toBe(2);
    expect(await runOf('/shared', 'no-cache')).toBe(3);
    nowMs = 5000;
    expect(await runOf('/shared', 'max-age=5')).toBe(4);
  });

  it('is another for another question, and after the flag changed', async () => {
    const before = await runOf('/shared', 'max-age=5');
    expect(await runOf('/shared?limit=2', 'max-age=5')).toBe(before + 1);
    events.publish('flag', {});
    expect(await runOf('/shared', 'max-age=5')).toBe(before + 2);
  });

  it('is kept of those routes alone that say so', async () => {
    expect(await runOf('/own', 'max-age=5')).not.toBe(await runOf('/own', 'max-age=5'));
  });

  it.each([
    ['max-age=5', 5],
    ['Max-Age=2', 2],
    ['max-age=99999', 60],
    ['max-age=-1', 0],
    ['max-age=5, no-cache', 0],
    ['no-store', 0],
    [undefined, 0],
  ])('%s allows %i s', (header, seconds) => expect(ageAllowed(header)).toBe(seconds));
});
