import { parseBoolean, type Variables } from '../environment.js';
import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import type { InitialState } from './initial.js';
import { parsePercentage } from './percentage-text.js';

/**
 * The initial state that `ML_ENABLED`, `ML_TRAFFIC_PERCENTAGE` and `FALLBACK_ON_ERROR` ask for; `null` when none is
 * set. A part that is not named is off, 0 % and true. BAD_CONFIG for a value that is none.
 */
export function initialState({
  ML_ENABLED,
  ML_TRAFFIC_PERCENTAGE,
  FALLBACK_ON_ERROR,
}: Variables): InitialState | null {
  if (!ML_ENABLED && !ML_TRAFFIC_PERCENTAGE && !FALLBACK_ON_ERROR) return null;
  const share = ML_TRAFFIC_PERCENTAGE?.value ?? '0';
  const percentage = parsePercentage(share);
  if (percentage === null) {
    throw new AtmrError(
      'BAD_CONFIG',
      t`ML_TRAFFIC_PERCENTAGE is "${share}"; expected 0 to 100, at most two decimals.`,
    );
  }
  return {
    enabled: ML_ENABLED ? parseBoolean('ML_ENABLED', ML_ENABLED.value) : false,
    percentage,
    fallbackOnError: FALLBACK_ON_ERROR ? parseBoolean('FALLBACK_ON_ERROR', FALLBACK_ON_ERROR.value) : true,
  };
}
