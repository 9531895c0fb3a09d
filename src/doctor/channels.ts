import { connect } from 'node:net';
import type { AlertChannels } from '../config.js';
import { t } from '../wording/t.js';
import { type Finding, fail, ok, type PlannedCheck, warn } from './check.js';
import type { CheckName } from './check-title.js';

const CONNECT_LIMIT_MS = 3000;

interface Channel {
  readonly name: CheckName;
  readonly variable: string;
  readonly url: string | null;
}

/** Where alerts go: whether each place can be reached. Nothing is sent. */
export function channelChecks(channels: AlertChannels): PlannedCheck[] {
  const listed: Channel[] = [
    { name: 'alerts by e-mail', variable: 'SMTP_URL', url: channels.smtpUrl },
    { name: 'alerts to Slack', variable: 'SLACK_WEBHOOK_URL', url: channels.slackWebhookUrl },
    { name: 'alerts to Sentry', variable: 'SENTRY_DSN', url: channels.sentryDsn },
    { name: 'alerts by webhook', variable: 'ALERT_WEBHOOK_URL', url: channels.webhookUrl },
    { name: 'heartbeat', variable: 'HEARTBEAT_URL', url: channels.heartbeatUrl },
  ];
  const configured = listed.filter(({ url }) => url !== null);
  if (configured.length === 0) {
    const remedy = t`Set SMTP_URL with ALERT_EMAIL_TO, or SLACK_WEBHOOK_URL: the guide wants to be told.`;
    return [{ name: 'alerts', expected: t`somewhere to go`, look: () => warn(t`nobody is told`, remedy) }];
  }
  return configured.map((channel) => ({
    name: channel.name,
    expected: t`a connection; nothing is sent`,
    look: () => reach(channel, channels),
  }));
}

async function reach(
  { variable, url }: Channel,
  { emailTo, webhookSecret }: AlertChannels,
): Promise<Finding> {
  const place = placeOf(url ?? '');
  // Not repeated: whoever knows such an address can use it.
  if (place === null) return fail(t`${variable} is no address`, t`Set ${variable} to one with a host.`);
  if (variable === 'SMTP_URL' && emailTo === null) {
    return fail(t`ALERT_EMAIL_TO is not set`, t`Set ALERT_EMAIL_TO to those who shall be told.`);
  }
  if (variable === 'ALERT_WEBHOOK_URL' && webhookSecret === null) {
    return fail(
      t`ALERT_WEBHOOK_SECRET is not set`,
      t`Set it to a long random text that the receiver has too.`,
    );
  }
  const { host, port } = place;
  const failure = await connection(host, port);
  if (failure === null) return ok(t`${host}:${port} can be reached`);
  return fail(
    t`${host}:${port} cannot be reached: ${failure}`,
    t`Check ${variable} and the way out of this network.`,
  );
}

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'smtp:': 587, 'smtps:': 465 };

function placeOf(url: string): { readonly host: string; readonly port: number } | null {
  if (!URL.canParse(url)) return null;
  const { hostname, port, protocol } = new URL(url);
  const number = port === '' ? PORTS[protocol] : Number(port);
  return hostname === '' || number === undefined
    ? null
    : { host: hostname.replace(/^\[|\]$/g, ''), port: number };
}

/** Why there is none, as a code; `null` when there is one. */
function connection(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (failure: string | null) => {
      socket.destroy();
      resolve(failure);
    };
    socket.setTimeout(CONNECT_LIMIT_MS, () => finish(t`no answer within ${CONNECT_LIMIT_MS / 1000} s`));
    socket.once('connect', () => finish(null));
    socket.once('error', (error) => finish('code' in error ? String(error.code) : t`no connection`));
  });
}
