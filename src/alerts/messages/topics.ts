import { RULE_NAMES } from '../../guard/rule-names.js';

const TOPICS = [...RULE_NAMES, 'telemetry', 'rollout', 'lost_instance', 'digest', 'test'] as const;
/** What an alert may be about. */
export type Topic = (typeof TOPICS)[number];

/** Whether this version knows it: a newer one may share the outbox. */
export function isTopic(subject: string): subject is Topic {
  return TOPICS.some((topic) => topic === subject);
}
