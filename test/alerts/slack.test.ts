import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../src/alerts/channel.js';
import { RetryableFailure } from '../../src/alerts/channels/failure.js';
import { slackChannel } from '../../src/alerts/channels/slack.js';
import { freePort } from '../servers/process.js';
import { alertOf, deliveryOf, letter, rejection } from './examples.js';
import { hostileText } from './hostile-text.js';
import { type Receiver, startReceiver } from './receiver.js';

interface SlackText {
  readonly type: string;
  readonly text: string;
}

interface SlackBody {
  readonly text: string;
  readonly blocks: readonly {
    readonly type: string;
    readonly text?: SlackText;
    readonly fields?: readonly SlackText[];
  }[];
}

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

function channel(timeoutMs = 2000) {
  return slackChannel({ webhookUrl: `http://${receiver.host}/services/T0/B0/secret` }, timeoutMs);
}

function bodies(): SlackBody[] {
  return receiver.received.map(({ body }) => JSON.parse(body));
}

/** Every text of a body that Slack takes for its markup. */
function texts({ text, blocks }: SlackBody): string[] {
  return [
    text,
    ...blocks.flatMap((block) => [block.text, ...(block.fields ?? [])].map((one) => one?.text ?? '')),
  ];
}

describe('a message in Slack', () => {
  it('has a header, fields, and commands as code', async () => {
    await channel().send(...letter(), deliveryOf());
    expect(receiver.received[0]).toMatchObject({ method: 'POST', path: '/services/T0/B0/secret' });
    expect(receiver.received[0]?.headers['content-type']).toBe('application/json');
    const [{ blocks, text }] = bodies() as [SlackBody];
    expect(text).toBe(
      'Critical: the model fails too often – the traffic was taken back (ml-delay-prediction)',
    );
    expect(blocks[0]).toEqual({ type: 'header', text: { type: 'plain_text', text } });
    const fields = blocks.flatMap((block) => block.fields ?? []).map((field) => field.text);
    expect(fields).toContain('*Next*\n`atmr-ml analyze-errors`');
    expect(fields).toContain('*Since*\n2026-03-02 08:30 (Europe/Zurich)');
    expect(fields).toContain('*Dashboard*\n<https://ops.example/ml-monitoring>');
  });

  it('calls nobody and keeps within the limits, whatever its texts hold', async () => {
    const slack = channel();
    await fc.assert(
      fc.asyncProperty(hostileText(), hostileText(), async (evidence, name) => {
        const [alert, made] = letter({ evidence, subject: name, value: null });
        // A channel trusts no message either.
        const lines = [
          { label: evidence, text: name },
          { label: null, text: evidence + name },
        ];
        const commands = [{ label: null, text: evidence, command: true }];
        const message = { subject: evidence + name, lines: [...made.lines, ...lines, ...commands] };
        await slack.send(alert, message, deliveryOf());
        const body = bodies().at(-1)!;
        for (const text of texts(body)) expect(text.replace(/<https:\/\/ops[^>]*>/, '')).not.toMatch(/[<>]/);
        expectWithinLimits(body);
        expect(body.blocks.at(-1)?.text?.text).toMatch(/^`[^`]*`$/);
      }),
      { numRuns: 100 },
    );
  });

  it('shows of a long digest what Slack takes, and its commands', async () => {
    const items = Array.from({ length: 400 }, (_, i) =>
      alertOf({ subject: 'weather', severity: 'notice', value: null, evidence: `<${i}> ${'&'.repeat(150)}` }),
    );
    const digest = { subject: 'digest', kind: 'digest', severity: 'notice', items, done: null } as const;
    await channel().send(...letter(digest), deliveryOf());
    const [body] = bodies() as [SlackBody];
    expectWithinLimits(body);
    expect(texts(body).filter((text) => text === '…')).toHaveLength(1);
    expect(texts(body).join('\n')).toContain('`atmr-ml status`');
  });
});

function expectWithinLimits(body: SlackBody): void {
  expect(JSON.stringify(body.blocks).length).toBeLessThanOrEqual(12_000);
  expect(body.blocks.length).toBeLessThanOrEqual(50);
  for (const { type, text, fields = [] } of body.blocks) {
    expect(text?.text.length ?? 1).toBeLessThanOrEqual(type === 'header' ? 150 : 3000);
    expect(fields.length).toBeLessThanOrEqual(10);
    for (const field of fields) expect(field.text.length).toBeLessThanOrEqual(2000);
  }
}

describe('a failure of Slack', () => {
  it.each([400, 404, 410])('by HTTP %d is for good', async (status) => {
    receiver.answers({ status, body: 'secret' });
    const error = await rejection(channel().send(...letter(), deliveryOf()));
    expect(error).toBeInstanceOf(PermanentFailure);
    expect(error.message).toBe(`Slack answered HTTP ${status}`);
  });

  it.each([302, 403, 500, 503])('by HTTP %d may be over soon', async (status) => {
    receiver.answers({ status, headers: { location: 'http://127.0.0.1:1/' } });
    const error = await rejection(channel().send(...letter(), deliveryOf()));
    expect(error).toEqual(new RetryableFailure(`Slack answered HTTP ${status}`));
  });

  it.each([
    ['30', 30_000],
    ['Mon, 02 Mar 2026 07:31:00 GMT', 60_000],
    ['999999999', 3_600_000],
    ['soon', null],
  ])('by HTTP 429 says when to come back: %s', async (after, retryAfterMs) => {
    const date = 'Mon, 02 Mar 2026 07:30:00 GMT';
    receiver.answers({ status: 429, headers: { 'retry-after': after, date } });
    const error = await rejection(channel().send(...letter(), deliveryOf()));
    expect(error).toBeInstanceOf(RetryableFailure);
    expect(error.retryAfterMs).toBe(retryAfterMs);
  });

  it('is told in our own words when nobody is there, nobody answers, or it is broken off', async () => {
    const nobody = slackChannel({ webhookUrl: `http://127.0.0.1:${await freePort()}/secret` });
    expect((await rejection(nobody.send(...letter(), deliveryOf()))).message).toBe(
      'Slack cannot be reached: ECONNREFUSED',
    );
    receiver.answers('reset');
    const reset = await rejection(channel().send(...letter(), deliveryOf()));
    expect(reset.message).toMatch(/^Slack cannot be reached: (ECONNRESET|UND_ERR_SOCKET)$/);
    receiver.answers('never');
    expect((await rejection(channel(200).send(...letter(), deliveryOf()))).message).toBe(
      'Slack did not answer within 0.2 s',
    );
    const signal = AbortSignal.timeout(100);
    const broken = await rejection(channel().send(...letter(), deliveryOf({ signal })));
    expect(broken.message).toBe('sending to Slack was interrupted');
    const aborted = deliveryOf({ signal: AbortSignal.abort() });
    expect((await rejection(channel().send(...letter(), aborted))).message).toBe(broken.message);
    const closed = channel();
    await closed.close();
    expect((await rejection(closed.send(...letter(), deliveryOf()))).message).toBe(
      'the way to Slack is closed',
    );
  });
});
