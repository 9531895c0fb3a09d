import type { Config } from '../config.js';
import { t } from '../wording/t.js';
import { openChannels } from './channels/open-channels.js';
import { openOutbox } from './open-outbox.js';
import { openPost, type Post } from './post.js';

/** The post of a process: its outbox beside the ledger, and the channels that are configured. */
export async function openConfiguredPost(
  config: Config,
  holder: string,
  nowMs: () => number,
  writeLine: (line: string) => void,
): Promise<Post> {
  const outbox = await openOutbox(config);
  const { smtpUrl, emailTo, emailFrom, slackWebhookUrl, sentryDsn, webhookUrl, webhookSecret } =
    config.alertChannels;
  const channels = openChannels(
    { smtpUrl, emailTo, emailFrom, slackWebhookUrl, sentryDsn, webhookUrl, webhookSecret },
    writeLine,
    ({ message }) => writeLine(t`one channel of the alerts is left out: ${message}`),
  );
  const dashboardUrl =
    config.serve.url === null ? null : `${config.serve.url.replace(/\/$/, '')}/ml-monitoring`;
  const settings = { config: config.alerts, timeZone: config.timeZone, dashboardUrl, holder, nowMs };
  const post = openPost({ outbox, channels, ...settings });
  return {
    ...post,
    async close() {
      await post.close();
      await outbox.close();
    },
  };
}
