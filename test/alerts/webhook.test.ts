import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../src/alerts/channel.js';
import { RetryableFailure } from '../../src/alerts/channels/failure.js';
import { webhookChannel } from '../../src/alerts/channels/webhook.js';
import { systemClock } from '../../src/clock.js';
import { AtmrError } from '../../src/errors.js';
import { freePort } from '../servers/process.js';
import { deliveryOf, letter, rejection } from './examples.js';
import { hostileText } from './hostile-text.js';
import { type Receiver, startReceiver } from './receiver.js';

const SECRET = `whsec_${Buffer.from('twenty-four random bytes').toString('base64')}`;

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  receiver.answers({ status: 204 });
});
afterEach(() => receiver.close());

function channel(secret = SECRET, timeoutMs = 2000) {
  return webhookChannel({ url: `http://${receiver.host}/alerts`, secret }, { timeoutMs });
}

/** Verifies the last one by the specification's own library. */
function verified(webhook = new Webhook(SECRET)): unknown {
  const { body, headers } = receiver.received.at(-1)!;
  return webhook.verify(body, headers as Record<string, string>);
}

describe('a webhook', () => {
  it('holds the alert and its message, signed', async () => {
    const [alert, message] = letter({}, { language: 'fr' });
    await channel().send(alert, message, deliveryOf({ id: 'ml-delay e1 acted webhook' }));
    expect(verified()).toEqual({
      type: 'alert.acted',
      timestamp: '2026-03-02T07:32:00.000Z',
      data: { alert, message },
    });
    expect(receiver.received[0]?.headers).toMatchObject({
      'webhook-id': 'ml-delay e1 acted webhook',
      'content-type': 'application/json',
    });
  });

  it('is signed with a secret that is plain text just as well', async () => {
    const secret = 'a long random text, not of base64';
    await channel(secret).send(...letter(), deliveryOf());
    expect(verified(new Webhook(secret, { format: 'raw' }))).toMatchObject({ type: 'alert.acted' });
  });

  it('is refused when it is changed, or comes again later', async () => {
    await channel().send(...letter(), deliveryOf());
    const { body, headers } = receiver.received[0]!;
    const sent = headers as Record<string, string>;
    const webhook = new Webhook(SECRET);
    expect(() => webhook.verify(body.replace('acted', 'moved'), sent)).toThrow('No matching signature');
    expect(() => webhook.verify(body, { ...sent, 'webhook-id': 'another' })).toThrow('No matching signature');
    const later = { nowMs: () => systemClock.nowMs() - 6 * 60_000, monotonicMs: () => 0 };
    const old = webhookChannel({ url: `http://${receiver.host}/`, secret: SECRET }, { clock: later });
    await old.send(...letter(), deliveryOf());
    expect(() => verified()).toThrow('too old');
  });

  it('has the same id and body at each try', async () => {
    const webhook = channel();
    await webhook.send(...letter(), deliveryOf());
    await webhook.send(...letter(), deliveryOf());
    const [first, second] = receiver.received;
    expect(first?.body).toBe(second?.body);
    expect(first?.headers['webhook-id']).toBe(second?.headers['webhook-id']);
  });

  it('can be verified whatever its texts and its id hold', async () => {
    const webhook = channel();
    await fc.assert(
      fc.asyncProperty(hostileText(), hostileText(), async (evidence, name) => {
        const id = `x${name.slice(0, 1000)}`;
        await webhook.send(...letter({ evidence, subject: name, value: null }), deliveryOf({ id }));
        expect(verified()).toMatchObject({ type: 'alert.acted' });
        expect(receiver.received.at(-1)?.headers['webhook-id']).not.toMatch(/\./);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a failure of a webhook', () => {
  it('is for good only when the receiver says so', async () => {
    receiver.answers({ status: 410 });
    expect(await rejection(channel().send(...letter(), deliveryOf()))).toBeInstanceOf(PermanentFailure);
    for (const status of [307, 400, 404, 500]) {
      receiver.answers({ status });
      expect(await rejection(channel().send(...letter(), deliveryOf()))).toEqual(
        new RetryableFailure(`the webhook answered HTTP ${status}`),
      );
    }
    receiver.answers({ status: 503, headers: { 'retry-after': '120' } });
    expect((await rejection(channel().send(...letter(), deliveryOf()))).retryAfterMs).toBe(120_000);
  });

  it('is told in our own words when nobody is there or answers', async () => {
    const nobody = webhookChannel({ url: `http://127.0.0.1:${await freePort()}/`, secret: SECRET });
    expect((await rejection(nobody.send(...letter(), deliveryOf()))).message).toBe(
      'the webhook cannot be reached: ECONNREFUSED',
    );
    receiver.answers('never');
    expect((await rejection(channel(SECRET, 200).send(...letter(), deliveryOf()))).message).toBe(
      'the webhook did not answer within 0.2 s',
    );
  });

  it.each([null, '', '  ', 'whsec_', 'whsec_this is no base64'])(
    'begins without a secret that signs: %j',
    (secret) => {
      const open = () => webhookChannel({ url: 'https://ops.example/', secret });
      expect(open).toThrow(AtmrError);
      expect(open).toThrow(/^ALERT_WEBHOOK_SECRET is /);
      expect(open).not.toThrow(/this is/);
    },
  );
});
