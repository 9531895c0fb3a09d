import { AtmrError } from '../../errors.js';
import { t } from '../../wording/t.js';
import type { Channel } from '../channel.js';
import type { ChannelName } from '../outbox.js';
import { emailChannel } from './email.js';
import { logChannel } from './log.js';
import { sentryChannel } from './sentry.js';
import { slackChannel } from './slack.js';
import { webhookChannel } from './webhook.js';

/** Where alerts can go; `null` for what is not configured. */
export interface ChannelSettings {
  readonly smtpUrl: string | null;
  readonly emailTo: string | null;
  readonly emailFrom: string | null;
  readonly slackWebhookUrl: string | null;
  readonly sentryDsn: string | null;
  readonly webhookUrl: string | null;
  readonly webhookSecret: string | null;
}

/**
 * The channels that are configured; the log always. Nothing is connected or loaded yet. A setting that cannot be meant is given
 * to `faulty` as BAD_CONFIG, which does not repeat it, and leaves out its channel alone. `release`: which version tells Sentry.
 */
export function openChannels(
  settings: ChannelSettings,
  writeLine: (line: string) => void,
  faulty: (fault: AtmrError) => void = (fault) => {
    throw fault;
  },
  release: string | null = null,
): ReadonlyMap<ChannelName, Channel> {
  const { smtpUrl, emailTo, emailFrom, slackWebhookUrl, sentryDsn, webhookUrl, webhookSecret } = settings;
  const configured = [
    ...(smtpUrl === null ? [] : [() => mailChannel(smtpUrl, emailTo, emailFrom)]),
    ...(slackWebhookUrl === null ? [] : [() => slackChannel({ webhookUrl: slackWebhookUrl })]),
    ...(sentryDsn === null ? [] : [() => sentryChannel({ dsn: sentryDsn, release })]),
    ...(webhookUrl === null ? [] : [() => webhookChannel({ url: webhookUrl, secret: webhookSecret })]),
    () => logChannel(writeLine),
  ];
  const channels = configured.flatMap((open): Channel[] => {
    try {
      return [open()];
    } catch (thrown) {
      if (!(thrown instanceof AtmrError)) throw thrown;
      faulty(thrown);
      return [];
    }
  });
  return new Map(channels.map((channel) => [channel.name, channel]));
}

function mailChannel(smtpUrl: string, to: string | null, from: string | null): Channel {
  if (to === null) {
    const remedy = t`set it to those who shall be told, or remove SMTP_URL`;
    throw new AtmrError('BAD_CONFIG', t`ALERT_EMAIL_TO is not set, so no e-mail is sent; ${remedy}.`);
  }
  return emailChannel({ smtpUrl, to, from });
}
