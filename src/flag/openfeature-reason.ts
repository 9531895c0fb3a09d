import type { Reason } from './decide.js';

/** A reason in OpenFeature's words, which has none for a forced off; ours goes into the metadata as `atmrReason`. */
export function openFeatureReason(reason: Reason): string {
  return reason === 'FORCED_OFF' ? 'DISABLED' : reason;
}
