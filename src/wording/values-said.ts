import type { Status } from '../flag/status.js';
import type { Phase, StopCode } from '../rollout/rollout.js';
import type { WeatherDefaultReason } from '../weather/default-reason.js';
import { t } from './t.js';

/**
 * A value of a document for people, in the language of now: a phase, a decision, a state. In English it is the value itself
 * with spaces; one that is not known is shown so in every language.
 */
export function saidValue(value: string): string {
  return SAID.get(value)?.() ?? value.replaceAll('_', ' ');
}

/** A phase for people; `not_started` is that of a flag without a rollout. */
export function phaseSaid(phase: Phase | 'not_started'): string {
  return PHASES[phase]();
}

/** What stopped a rollout, for people. */
export function stopSaid(code: StopCode): string {
  return STOPS[code]();
}

/** What the flag is, for people. */
export function stateSaid(state: Status['state']): string {
  return FLAG_STATES[state]();
}

/** Why no weather was known: in English its code, which documents and logs have; another code as it is. */
export function weatherReasonSaid(code: string): string {
  return SAID_OF_WEATHER.get(code)?.() ?? code;
}

const PHASES: Readonly<Record<Phase | 'not_started', () => string>> = {
  not_started: () => t`not started`,
  collecting: () => t`collecting`,
  ready: () => t`ready`,
  held: () => t`held`,
  advancing: () => t`advancing`,
  rolled_back: () => t`rolled back`,
  baking: () => t`baking`,
  complete: () => t`complete`,
};

const STOPS: Readonly<Record<StopCode, () => string>> = {
  operator: () => t`operator`,
  manual_change: () => t`manual change`,
  guard: () => t`guard`,
  forced_off: () => t`forced off`,
};

const FLAG_STATES: Readonly<Record<Status['state'], () => string>> = {
  unknown: () => t`unknown`,
  'never written': () => t`never written`,
  off: () => t`off`,
  on: () => t`on`,
  'forced off': () => t`forced off`,
};

const WEATHER_REASONS: Readonly<Record<WeatherDefaultReason, () => string>> = {
  no_key: () => t`no_key`,
  unauthorized: () => t`unauthorized`,
  rate_limited: () => t`rate_limited`,
  timeout: () => t`timeout`,
  unreachable: () => t`unreachable`,
  malformed: () => t`malformed`,
  no_coordinates: () => t`no_coordinates`,
  beyond_forecast: () => t`beyond_forecast`,
  no_history: () => t`no_history`,
  disabled: () => t`disabled`,
};

const DECISIONS: Readonly<Record<string, () => string>> = {
  start: () => t`start`,
  advance: () => t`advance`,
  hold: () => t`hold`,
  not_ready: () => t`not ready`,
  confirmed: () => t`confirmed`,
  halve: () => t`halve`,
  rollback: () => t`rollback`,
  roll_back: () => t`roll back`,
  bake: () => t`bake`,
  disable: () => t`disable`,
  notify: () => t`notify`,
  wait: () => t`wait`,
};

const STATES: Readonly<Record<string, () => string>> = {
  idle: () => t`idle`,
  degraded: () => t`degraded`,
  failing: () => t`failing`,
  healthy: () => t`healthy`,
  valid: () => t`valid`,
  invalid: () => t`invalid`,
  missing: () => t`missing`,
  fresh: () => t`fresh`,
  stale: () => t`stale`,
  away: () => t`away`,
  none: () => t`none`,
};

const OTHERS: Readonly<Record<string, () => string>> = {
  low: () => t`low`,
  medium: () => t`medium`,
  high: () => t`high`,
  notice: () => t`notice`,
  warn: () => t`warn`,
  act: () => t`act`,
  error: () => t`error`,
  warning: () => t`warning`,
  yes: () => t`yes`,
  no: () => t`no`,
  model: () => t`model`,
  heuristic: () => t`heuristic`,
  fallback: () => t`fallback`,
  measured: () => t`measured`,
  assumed: () => t`assumed`,
  default: () => t`default`,
  environment: () => t`environment`,
  file: () => t`file`,
  flag: () => t`flag`,
};

const SAID: ReadonlyMap<string, () => string> = new Map(
  Object.entries({ ...PHASES, ...STOPS, ...FLAG_STATES, ...DECISIONS, ...STATES, ...OTHERS }),
);

const SAID_OF_WEATHER: ReadonlyMap<string, () => string> = new Map(Object.entries(WEATHER_REASONS));
