import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logChannel } from '../../src/alerts/channels/log.js';
import { type ChannelSettings, openChannels } from '../../src/alerts/channels/open-channels.js';
import { AtmrError } from '../../src/errors.js';
import { freePort } from '../servers/process.js';
import { deliveryOf, letter, rejection } from './examples.js';
import { hostileText } from './hostile-text.js';
import { LOGIN, startMailServer } from './mail-server.js';
import { type Answer, startReceiver } from './receiver.js';

const NOTHING: ChannelSettings = {
  ...{ smtpUrl: null, emailTo: null, emailFrom: null, slackWebhookUrl: null },
  ...{ sentryDsn: null, webhookUrl: null, webhookSecret: null },
};
/** In every setting, so that none can hide. */
const SECRET = 'recognisable0secret';

function settingsAt(host: string, mailPort: number): ChannelSettings {
  return {
    smtpUrl: `smtp://${SECRET}:${SECRET}@127.0.0.1:${mailPort}?tls.rejectUnauthorized=false&name=${SECRET}`,
    ...{ emailTo: 'ana@example.com', emailFrom: 'guide@example.com' },
    slackWebhookUrl: `http://${SECRET}:${SECRET}@${host}/services/${SECRET}?token=${SECRET}`,
    sentryDsn: `http://${SECRET}:${SECRET}@${host}/42`,
    webhookUrl: `http://${SECRET}:${SECRET}@${host}/${SECRET}?token=${SECRET}`,
    webhookSecret: SECRET,
  };
}

describe('the channels', () => {
  it('are those that are configured, and the log', () => {
    const all = settingsAt('ops.example', 25);
    expect([...openChannels(all, () => {}).keys()]).toEqual(['email', 'slack', 'sentry', 'webhook', 'log']);
    expect([...openChannels(NOTHING, () => {}).keys()]).toEqual(['log']);
    expect([...openChannels({ ...NOTHING, webhookSecret: 'x' }, () => {}).keys()]).toEqual(['log']);
  });

  it('say where they go without anything secret', () => {
    const channels = openChannels(settingsAt('ops.example', 2525), () => {});
    expect([...channels.values()].map(({ where }) => where)).toEqual([
      '127.0.0.1:2525, to ana@example.com',
      'ops.example',
      'ops.example, project 42',
      'ops.example',
      'the log',
    ]);
  });

  it.each([
    [{ slackWebhookUrl: SECRET }, 'SLACK_WEBHOOK_URL'],
    [{ slackWebhookUrl: `ftp://${SECRET}` }, 'SLACK_WEBHOOK_URL'],
    [{ sentryDsn: SECRET }, 'SENTRY_DSN'],
    [{ webhookUrl: SECRET, webhookSecret: SECRET }, 'ALERT_WEBHOOK_URL'],
    [{ webhookUrl: `https://ops.example/${SECRET}`, webhookSecret: null }, 'ALERT_WEBHOOK_SECRET'],
    [{ smtpUrl: SECRET, emailTo: 'ana@example.com' }, 'SMTP_URL'],
    [{ smtpUrl: `smtp://${SECRET}@mail.example`, emailTo: 'ana' }, 'ALERT_EMAIL_TO'],
    [{ smtpUrl: `smtp://${SECRET}@mail.example`, emailTo: null }, 'ALERT_EMAIL_TO'],
    [{ smtpUrl: `smtp://ana:p@${SECRET}/word@mail.example`, emailTo: 'ana@example.com' }, 'SMTP_URL'],
    [{ smtpUrl: 'smtp://mail.example', emailTo: 'ana@example.com', emailFrom: SECRET }, 'ALERT_EMAIL_FROM'],
  ])('refuse what cannot be meant by its name, and do not repeat it: %j', (settings, variable) => {
    const open = () => openChannels({ ...NOTHING, ...settings }, () => {});
    expect(open).toThrow(AtmrError);
    expect(open).toThrow(variable);
    expect(open).not.toThrow(SECRET);
    const faults: string[] = [];
    const all = { ...settingsAt('ops.example', 25), ...settings };
    const left = [
      ...openChannels(
        all,
        () => {},
        ({ message }) => faults.push(message),
      ).keys(),
    ];
    expect(faults).toEqual([expect.stringContaining(variable)]);
    expect(left).toHaveLength(4);
    expect(left).toContain('log');
  });

  const answers: readonly Answer[] = [
    ...[302, 400, 401, 404, 410, 429, 500].map((status) => ({
      ...{ status, body: SECRET, headers: { location: `/${SECRET}`, 'retry-after': SECRET } },
    })),
    'reset',
    'never',
  ];
  it.each(answers)('say nothing secret when they fail: %j', async (answer) => {
    const receiver = await startReceiver();
    receiver.answers(answer);
    // It knows no such login, and quotes it.
    const mail = await startMailServer({ hideSTARTTLS: false, disabledCommands: [], authOptional: false });
    const lines: string[] = [];
    const channels = openChannels(settingsAt(receiver.host, mail.port), (line) => lines.push(line));
    for (const [name, channel] of channels) {
      if (name === 'log') continue;
      const signal = AbortSignal.timeout(answer === 'never' ? 300 : 10_000);
      const error = await rejection(channel.send(...letter(), deliveryOf({ signal })));
      expect(`${error.message}\n${error.stack}\n${JSON.stringify(error)}`).not.toContain(SECRET);
      expect(error.cause).toBeUndefined();
      await channel.close();
    }
    expect(lines).toEqual([]);
    await receiver.close();
    await mail.close();
  });

  it('say nothing secret when nobody is there, and put none into a message', async () => {
    const port = await freePort();
    const channels = openChannels(settingsAt(`127.0.0.1:${port}`, port), () => {});
    for (const [name, channel] of channels) {
      if (name === 'log') continue;
      const error = await rejection(channel.send(...letter(), deliveryOf()));
      expect(error.message).toMatch(/cannot be reached: ECONNREFUSED$/);
      expect(`${error.stack}${JSON.stringify(error)}`).not.toContain(SECRET);
      await channel.close();
    }
  });

  it('send no secret but where it is to be shown', async () => {
    const receiver = await startReceiver();
    const mail = await startMailServer({
      ...{ hideSTARTTLS: true, disabledCommands: [], allowInsecureAuth: true },
    });
    const settings = {
      ...settingsAt(receiver.host, mail.port),
      smtpUrl: `smtp://${encodeURIComponent(LOGIN.user)}:${encodeURIComponent(LOGIN.pass)}@127.0.0.1:${mail.port}`,
    };
    const lines: string[] = [];
    for (const channel of openChannels(settings, (line) => lines.push(line)).values()) {
      await channel.send(...letter(), deliveryOf());
      await channel.close();
    }
    // The address of Slack and the webhook, and the key of Sentry, are in the address; the envelope may name the key.
    const bodies = receiver.received.map(({ body, headers }) =>
      JSON.stringify([body.replace(/^.*"public_key".*$/m, ''), { ...headers, authorization: '' }]),
    );
    expect(bodies).toHaveLength(3);
    expect([...bodies, ...lines].join('\n')).not.toContain(SECRET);
    expect(mail.taken[0]?.raw).not.toContain(LOGIN.pass);
  });
});

describe('the log', () => {
  it('has one line of an alert, whatever its texts hold', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText(), hostileText(), async (evidence, name) => {
        const lines: string[] = [];
        const [alert, made] = letter({ evidence, subject: name, flag: name, value: null });
        const message = { ...made, subject: made.subject + evidence };
        await logChannel((line) => lines.push(line)).send(alert, message, deliveryOf());
        expect(lines).toHaveLength(1);
        expect(lines[0]).toMatch(/^alert: /);
        expect(lines[0]).not.toMatch(/\p{C}/u);
        expect(lines[0]?.length).toBeLessThanOrEqual(4000);
      }),
    );
  });

  it('holds what a person would read', async () => {
    const lines: string[] = [];
    await logChannel((line) => lines.push(line)).send(...letter(), deliveryOf());
    expect(lines[0]).toMatch(
      /^alert: Critical: the model fails too often – .* \| Next: atmr-ml analyze-errors \| Then: atmr-ml rollout start \|/,
    );
  });

  it('is not written after the delivery was broken off', async () => {
    const lines: string[] = [];
    const signal = AbortSignal.abort();
    await rejection(logChannel((line) => lines.push(line)).send(...letter(), deliveryOf({ signal })));
    expect(lines).toEqual([]);
  });
});
