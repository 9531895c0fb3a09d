import { t } from '../wording/t.js';
import type { Phase, StopCode } from './rollout.js';

/** A phase for people; `not_started` is that of a flag without a rollout. */
export function phaseSaid(phase: Phase | 'not_started'): string {
  return PHASES_SAID[phase]();
}

const PHASES_SAID: Readonly<Record<Phase | 'not_started', () => string>> = {
  not_started: () => t`not started`,
  collecting: () => t`collecting`,
  ready: () => t`ready`,
  held: () => t`held`,
  advancing: () => t`advancing`,
  rolled_back: () => t`rolled back`,
  baking: () => t`baking`,
  complete: () => t`complete`,
};

/** What stopped a rollout, for people. */
export function stopSaid(code: StopCode): string {
  return STOPS_SAID[code]();
}

const STOPS_SAID: Readonly<Record<StopCode, () => string>> = {
  operator: () => t`operator`,
  manual_change: () => t`manual change`,
  guard: () => t`guard`,
  forced_off: () => t`forced off`,
};
