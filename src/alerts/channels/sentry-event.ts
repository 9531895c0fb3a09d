import { createHash } from 'node:crypto';
import type { Event, SeverityLevel } from '@sentry/core';
import { oneLine } from '../../one-line.js';
import type { Alert, Severity } from '../alert.js';
import type { Message } from '../channel.js';
import { messageText } from '../messages/message-text.js';

const LEVELS = {
  critical: 'error',
  warning: 'warning',
  notice: 'info',
} as const satisfies Record<Severity, SeverityLevel>;
/** Sentry leaves out longer ones. */
const MOST_TAG = 200;
const MOST_MESSAGE = 2000;

/** An alert as an event of Sentry: no exception, no stack, nobody's data. All of a flag and a subject are one issue. */
export function sentryEvent(alert: Alert, message: Message, deliveryId: string): Event {
  const tag = (text: string) => oneLine(text, MOST_TAG);
  return {
    // The same at each try: Sentry keeps one event of an id.
    event_id: createHash('sha256').update(deliveryId).digest('hex').slice(0, 32),
    timestamp: alert.atMs / 1000,
    level: LEVELS[alert.severity],
    logger: 'atmr-ml',
    message: oneLine(message.subject, MOST_MESSAGE),
    fingerprint: [tag(alert.flag), tag(alert.subject)],
    tags: {
      flag: tag(alert.flag),
      rule: tag(alert.subject),
      kind: alert.kind,
      simulated: alert.simulated,
    },
    extra: { text: messageText(message).join('\n') },
  };
}
