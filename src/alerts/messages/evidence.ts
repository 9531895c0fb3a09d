import { RULE_NAMES, type RuleName } from '../../guard/rule-names.js';
import type { Alert } from '../alert.js';
import { outsidersText } from './outsiders-text.js';
import type { Words } from './words.js';

const MOST = 300;

/**
 * What was seen, in the reader's language where a rule measured a number; else the guard's own sentence. `null` where there
 * is neither.
 */
export function evidenceOf(alert: Pick<Alert, 'subject' | 'value' | 'threshold' | 'evidence'>, words: Words) {
  const { subject, value, threshold } = alert;
  if (!isRule(subject) || value === null || !Number.isFinite(value)) {
    const text = outsidersText(alert.evidence, MOST);
    return text === '' ? null : text;
  }
  const { measured, limit } = words.evidence[subject];
  const isLimited = limit !== null && threshold !== null && Number.isFinite(threshold);
  return isLimited ? `${measured(value)}${words.semicolon}${limit(threshold)}` : measured(value);
}

function isRule(subject: string): subject is RuleName {
  return RULE_NAMES.some((rule) => rule === subject);
}
