import { parseDurationMs } from '../environment.js';
import type { GuardSettings } from './decide.js';
import type { GuardSection } from './guard-schema.js';

/** How the guard looks, and what it may do. */
export interface GuardConfig extends GuardSettings {
  /** Between two looks of `serve`. */
  readonly intervalMs: number;
}

const DEFAULTS = { interval: '15s', coolDown: '30m' };

export function guardConfigOf(section: GuardSection | undefined): GuardConfig {
  return {
    intervalMs: parseDurationMs(section?.interval ?? DEFAULTS.interval) ?? Number.NaN,
    coolDownMs: parseDurationMs(section?.coolDown ?? DEFAULTS.coolDown) ?? Number.NaN,
    dryRun: section?.dryRun ?? [],
  };
}
