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
 * The channels that are configured, e-mail with a server and somebody to write to; the log always. Nothing is connected or
 * loaded yet. BAD_CONFIG for a setting that cannot be meant, without repeating it. `release`: which version tells Sentry.
 */
export function openChannels(
  { smtpUrl, emailTo, emailFrom, slackWebhookUrl, sentryDsn, webhookUrl, webhookSecret }: ChannelSettings,
  writeLine: (line: string) => void,
  release: string | null = null,
): ReadonlyMap<ChannelName, Channel> {
  const channels = [
    ...(smtpUrl === null || emailTo === null
      ? []
      : [emailChannel({ smtpUrl, to: emailTo, from: emailFrom })]),
    ...(slackWebhookUrl === null ? [] : [slackChannel({ webhookUrl: slackWebhookUrl })]),
    ...(sentryDsn === null ? [] : [sentryChannel({ dsn: sentryDsn, release })]),
    ...(webhookUrl === null ? [] : [webhookChannel({ url: webhookUrl, secret: webhookSecret })]),
    logChannel(writeLine),
  ];
  return new Map(channels.map((channel) => [channel.name, channel]));
}
