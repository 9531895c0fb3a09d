import { type Clock, systemClock } from '../../clock.js';
import { t } from '../../wording/t.js';
import type { Alert } from '../alert.js';
import type { Channel, Message } from '../channel.js';
import { httpAddress } from './http-address.js';
import { poster, TIMEOUT_MS } from './http-post.js';
import { headerId, signature, signingKey } from './webhook-signature.js';

export interface WebhookSettings {
  readonly url: string;
  readonly secret: string | null;
}

/** The receiver wants no more. Whatever else it answers may be mended on its side. */
const GONE = 410;

/**
 * A receiver of one's own, by the Standard Webhooks specification. BAD_CONFIG without a secret: what is not signed, anybody
 * could have sent.
 */
export function webhookChannel(
  { url, secret }: WebhookSettings,
  { clock = systemClock, timeoutMs = TIMEOUT_MS }: { clock?: Clock; timeoutMs?: number } = {},
): Channel {
  const address = httpAddress('ALERT_WEBHOOK_URL', url);
  const key = signingKey(secret);
  const receiver = poster({ who: t`the webhook`, isPermanent: (status) => status === GONE, timeoutMs });
  return {
    name: 'webhook',
    // A path or a query may be a secret.
    where: address.host,
    send(alert, message, delivery) {
      const body = bodyOf(alert, message);
      const id = headerId(delivery.id);
      // Of this attempt: receivers refuse what is old.
      const timestamp = Math.floor(clock.nowMs() / 1000);
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signature(key, id, timestamp, body),
      };
      return receiver.post(address, { headers, body }, delivery.signal);
    },
    close: () => receiver.close(),
  };
}

/** The same at each try: `timestamp` is that of the event. */
function bodyOf(alert: Alert, message: Message): string {
  const timestamp = new Date(alert.atMs).toISOString();
  return JSON.stringify({ type: `alert.${alert.kind}`, timestamp, data: { alert, message } });
}
