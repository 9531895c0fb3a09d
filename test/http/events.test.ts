import { afterEach, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { openEvents } from '../../src/http/events.js';
import { request } from '../fault/site.js';
import { until } from '../fault/wait.js';
import { type RunningServer, startServer } from './running-server.js';

describe('GET /api/events', () => {
  let server: RunningServer | undefined;
  afterEach(() => server?.close());

  it('tells the state, then each change with its id, and what a client missed', async () => {
    server = await startServer();
    const client = await listen(server);
    expect(client.headers.get('content-type')).toContain('text/event-stream');
    await until('the state', () => client.text().includes('"flag":null'));
    await activate(server.machine.holders, 25, request('ana'));
    await until('the change', () => client.text().includes('"percentage":25'));
    server.events.publish('alert', { text: 'line\nbreak' });
    await until('an alert', () => client.text().includes('event: alert\ndata: {"text":"line\\nbreak"}\n\n'));
    const [first] = [...client.text().matchAll(/^id: (\S+)$/gm)].map(([, id]) => id);
    await client.leave();
    const late = await listen(server, { 'last-event-id': String(first) });
    await until('what it missed', () => late.text().includes('event: alert'));
    await late.leave();
    const { events } = server;
    await until('nobody listens', () => events.count() === 0);
  });

  it('ends with the server', async () => {
    const running = await startServer();
    const client = await listen(running);
    await running.close();
    await client.ended;
    expect(client.text()).toContain('event: flag');
  });

  it('takes no more clients than it can serve', async () => {
    server = await startServer();
    const { events } = server;
    const stops = Array.from({ length: 100 }, () => events.subscribe(null, () => {}));
    expect(await server.ask('/api/events')).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    for (const stop of stops) stop?.();
    const client = await listen(server);
    await client.leave();
  });
});

describe('events', () => {
  it('are kept for a while, and not for ever', () => {
    const events = openEvents('host-1');
    for (let i = 1; i <= 150; i++) events.publish('flag', i);
    const heard: unknown[] = [];
    events.subscribe('host-1-148', ({ data }) => heard.push(data));
    events.subscribe('host-1-2', ({ data }) => heard.push(data));
    events.subscribe('another-process-7', ({ data }) => heard.push(data));
    expect(heard).toEqual([149, 150]);
  });
});

async function listen({ url }: RunningServer, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/events`, { headers, signal: abort.signal });
  let text = '';
  const ended = (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const bytes of response.body ?? []) text += decoder.decode(bytes, { stream: true });
    } catch (thrown) {
      if (!abort.signal.aborted) throw thrown;
    }
  })();
  return {
    headers: response.headers,
    text: () => text,
    ended,
    async leave() {
      abort.abort();
      await ended;
    },
  };
}
