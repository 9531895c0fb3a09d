import type { StatusAnswer } from './documents.js';
import type { Live } from './live.js';
import type { Resource } from './resource.js';

/** Who answers, as the newest of both tells: what was asked, or what the server said by itself. */
export interface FlagShown {
  /** Percent of the bookings that the model answers. */
  readonly share: number;
  readonly forcedOff: boolean;
  readonly enabled: boolean;
}

/** `null` where neither is known yet. */
export function flagShown(
  { value, atMs }: Pick<Resource<StatusAnswer>, 'value' | 'atMs'>,
  live: Live['flag'],
): FlagShown | null {
  // An answer that arrived after it was told of knows at least as much.
  const asked = value === null || atMs === null || (live !== null && live.atMs > atMs) ? null : value;
  if (asked !== null)
    return shown(asked.state === 'forced off', asked.config.ML_ENABLED, asked.flag?.percentage ?? 0);
  if (live === null) return null;
  const { flag, forced_off, regressed, model_missing } = live.value;
  return shown(forced_off, flag?.enabled === true && !regressed && !model_missing, flag?.percentage ?? 0);
}

function shown(forcedOff: boolean, enabled: boolean, percentage: number): FlagShown {
  return { forcedOff, enabled: enabled && !forcedOff, share: enabled && !forcedOff ? percentage : 0 };
}
