import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../src/alerts/channel.js';
import { RetryableFailure } from '../../src/alerts/channels/failure.js';
import { sentryChannel } from '../../src/alerts/channels/sentry.js';
import { AtmrError } from '../../src/errors.js';
import { freePort } from '../servers/process.js';
import { deliveryOf, letter, rejection } from './examples.js';
import { hostileText } from './hostile-text.js';
import { type Receiver, startReceiver } from './receiver.js';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  receiver.answers({ status: 200, body: '{"id":"1"}' });
});
afterEach(() => receiver.close());

function channel(timeoutMs = 2000) {
  const settings = { dsn: `http://publickey@${receiver.host}/42`, release: 'atmr-ml@0.1.0' };
  return sentryChannel(settings, timeoutMs);
}

/** The one event of an envelope: a header, an item's header, and the item. */
function eventIn(body: string): Record<string, unknown> {
  const lines = body.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[1]!)).toEqual({ type: 'event' });
  return JSON.parse(lines[2]!);
}

describe('an event in Sentry', () => {
  it('is one of its flag and subject, with tags, and holds nothing else', async () => {
    await channel().send(...letter(), deliveryOf());
    const [{ path, method, headers, body }] = receiver.received as [(typeof receiver.received)[number]];
    expect([method, headers['content-type']]).toEqual(['POST', 'application/x-sentry-envelope']);
    expect(path).toBe('/api/42/envelope/?sentry_version=7&sentry_key=publickey');
    const { event_id, contexts, ...event } = eventIn(body);
    expect(event_id).toMatch(/^[0-9a-f]{32}$/);
    expect(contexts).toEqual({ trace: { trace_id: expect.any(String), span_id: expect.any(String) } });
    expect(event).toEqual({
      ...{ level: 'error', logger: 'atmr-ml', platform: 'node', release: 'atmr-ml@0.1.0' },
      ...{ environment: 'production', timestamp: Date.parse('2026-03-02T07:32:00Z') / 1000 },
      message: 'Critical: the model fails too often – the traffic was taken back (ml-delay-prediction)',
      fingerprint: ['ml-delay-prediction', 'failure_rate'],
      tags: { flag: 'ml-delay-prediction', rule: 'failure_rate', kind: 'acted', simulated: false },
      extra: { text: expect.stringContaining('Next: atmr-ml analyze-errors\n') },
    });
  });

  it('has a level by severity, and the same id at each try', async () => {
    const sentry = channel();
    for (const severity of ['critical', 'warning', 'notice'] as const)
      await sentry.send(...letter({ severity }), deliveryOf());
    await sentry.send(...letter(), deliveryOf({ id: 'another' }));
    const events = receiver.received.map(({ body }) => eventIn(body));
    expect(events.map(({ level }) => level)).toEqual(['error', 'warning', 'info', 'error']);
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(2);
  });

  it('is one event whatever its texts hold', async () => {
    const sentry = channel();
    await fc.assert(
      fc.asyncProperty(hostileText(), hostileText(), async (evidence, name) => {
        await sentry.send(...letter({ evidence, subject: name, flag: name, value: null }), deliveryOf());
        const { tags, message } = eventIn(receiver.received.at(-1)!.body);
        for (const text of [message, ...Object.values(tags as object)].map(String)) {
          expect(text).not.toMatch(/\p{C}/u);
        }
        for (const tag of Object.values(tags as object)) expect(String(tag).length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 60 },
    );
  });

  it('takes more than one at a time, each with its own end', async () => {
    const sentry = channel();
    await Promise.all(['a', 'b', 'c'].map((id) => sentry.send(...letter(), deliveryOf({ id }))));
    expect(new Set(receiver.received.map(({ body }) => eventIn(body).event_id)).size).toBe(3);
  });
});

describe('a failure of Sentry', () => {
  it.each([400, 401, 403, 404, 413])('by HTTP %d is for good', async (status) => {
    receiver.answers({ status });
    const error = await rejection(channel().send(...letter(), deliveryOf()));
    expect(error).toBeInstanceOf(PermanentFailure);
    expect(error.message).toBe(`Sentry answered HTTP ${status}`);
  });

  it('by HTTP 429 says when to come back, and does not keep the next one from going', async () => {
    const sentry = channel();
    receiver.answers({ status: 429, headers: { 'retry-after': '60', 'x-sentry-rate-limits': '60::key' } });
    expect(await rejection(sentry.send(...letter(), deliveryOf()))).toEqual(
      new RetryableFailure('Sentry answered HTTP 429', 60_000),
    );
    receiver.answers({ status: 200 });
    await sentry.send(...letter(), deliveryOf());
    expect(receiver.received).toHaveLength(2);
  });

  it('is told when it is broken, nobody is there, nobody answers, or it is broken off', async () => {
    receiver.answers({ status: 500 });
    const broken = await rejection(channel().send(...letter(), deliveryOf()));
    expect(broken).toEqual(new RetryableFailure('Sentry answered HTTP 500'));
    const dsn = `http://publickey@127.0.0.1:${await freePort()}/42`;
    const nobody = await rejection(sentryChannel({ dsn, release: null }).send(...letter(), deliveryOf()));
    expect(nobody).toEqual(new RetryableFailure('Sentry cannot be reached: ECONNREFUSED'));
    receiver.answers('never');
    const late = await rejection(channel(200).send(...letter(), deliveryOf()));
    expect(late).toEqual(new RetryableFailure('Sentry did not answer within 0.2 s'));
    const signal = AbortSignal.timeout(100);
    const off = await rejection(channel().send(...letter(), deliveryOf({ signal })));
    expect(off).toEqual(new RetryableFailure('sending to Sentry was interrupted'));
  });

  it.each([
    'https://secret.example/42',
    'https://secret@host/',
    'https://secret@host/x',
    'ftp://secret@host/42',
    'secret',
  ])('begins with a DSN that is none: %s, which is not repeated', (dsn) => {
    const open = () => sentryChannel({ dsn, release: null });
    expect(open).toThrow(AtmrError);
    expect(open).toThrow(
      /^SENTRY_DSN is not the DSN of a project; expected one such as https:\/\/key@host\/42\.$/,
    );
  });
});
