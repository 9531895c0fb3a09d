import { t } from '../wording/t.js';

/**
 * A value of a document for people, in the language of now: a phase, a decision, a state. In English it is the value itself
 * with spaces; one that is not known is shown so in every language.
 */
export function saidValue(value: string): string {
  return valueWords()[value] ?? value.replace('_', ' ');
}

const valueWords = (): Readonly<Record<string, string>> => ({
  ...phaseWords(),
  ...actionWords(),
  ...stateWords(),
  ...levelWords(),
});

const phaseWords = () => ({
  not_started: t`not started`,
  collecting: t`collecting`,
  ready: t`ready`,
  held: t`held`,
  advancing: t`advancing`,
  rolled_back: t`rolled back`,
  baking: t`baking`,
  complete: t`complete`,
});

/** Decisions, events, and what a guard does. */
const actionWords = () => ({
  start: t`start`,
  advance: t`advance`,
  hold: t`hold`,
  halve: t`halve`,
  rollback: t`rollback`,
  roll_back: t`roll back`,
  bake: t`bake`,
  disable: t`disable`,
  notify: t`notify`,
  wait: t`wait`,
  operator: t`operator`,
  manual_change: t`manual change`,
  guard: t`guard`,
});

const stateWords = () => ({
  'never written': t`never written`,
  unknown: t`unknown`,
  off: t`off`,
  on: t`on`,
  'forced off': t`forced off`,
  forced_off: t`forced off`,
  idle: t`idle`,
  degraded: t`degraded`,
  failing: t`failing`,
  healthy: t`healthy`,
  valid: t`valid`,
  invalid: t`invalid`,
  missing: t`missing`,
  fresh: t`fresh`,
  stale: t`stale`,
  away: t`away`,
  none: t`none`,
});

const levelWords = () => ({
  low: t`low`,
  medium: t`medium`,
  high: t`high`,
  notice: t`notice`,
  warn: t`warn`,
  act: t`act`,
  error: t`error`,
  warning: t`warning`,
  yes: t`yes`,
  no: t`no`,
  model: t`model`,
  heuristic: t`heuristic`,
  fallback: t`fallback`,
  measured: t`measured`,
  assumed: t`assumed`,
  default: t`default`,
  environment: t`environment`,
  file: t`file`,
  flag: t`flag`,
});
