import type { Alert } from '../alert.js';
import { outsidersText } from './outsiders-text.js';
import { isTopic } from './topics.js';
import type { Words } from './words.js';

const MOST_NAME = 60;

/** "Critical: the model fails too often – the traffic was taken back"; simulated bookings are marked in front. */
export function subjectOf(alert: Alert, words: Words): string {
  const parts = {
    severity: words.severities[alert.severity],
    topic: topicOf(alert, words),
    deed: deedOf(alert, words),
    items: alert.items?.length ?? 0,
  };
  return `${alert.simulated ? words.simulated.mark : ''}${words.kinds[alert.kind](parts)}`;
}

export function topicOf({ subject }: Pick<Alert, 'subject'>, words: Words): string {
  return isTopic(subject) ? words.topics[subject] : words.unknownTopic(outsidersText(subject, MOST_NAME));
}

/** What was done, or would have been in a dry run; `null` for nothing. */
export function deedOf({ done }: Pick<Alert, 'done'>, words: Words): string | null {
  if (done === null) return null;
  const { did, would } = words.actions[done.action];
  return done.dryRun ? `${would} (${words.dryRun})` : did;
}
