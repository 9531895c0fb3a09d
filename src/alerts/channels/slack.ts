import type { Channel } from '../channel.js';
import { httpAddress } from './http-address.js';
import { poster, TIMEOUT_MS } from './http-post.js';
import { slackMessage } from './slack-blocks.js';

/** Not understood, or the webhook or its conversation is gone. */
const PERMANENT: readonly number[] = [400, 404, 410];

/** A conversation of Slack, by an incoming webhook. BAD_CONFIG for an address that is none. */
export function slackChannel(
  { webhookUrl }: { readonly webhookUrl: string },
  timeoutMs = TIMEOUT_MS,
): Channel {
  const address = httpAddress('SLACK_WEBHOOK_URL', webhookUrl);
  const slack = poster({ who: 'Slack', isPermanent: (status) => PERMANENT.includes(status), timeoutMs });
  return {
    name: 'slack',
    // The path is the secret.
    where: address.host,
    send: (_alert, message, { signal }) =>
      slack.post(
        address,
        { headers: { 'content-type': 'application/json' }, body: JSON.stringify(slackMessage(message)) },
        signal,
      ),
    close: () => slack.close(),
  };
}
