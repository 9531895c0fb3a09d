import { BUCKETS } from './bucket.js';
import { modelBuckets } from './decide.js';
import type { Flag } from './flag.js';
import { modelText } from './model-reference.js';

/** A flag as it stands at one moment. */
export interface Standing {
  readonly key: string;
  /** `null` where nobody ever wrote one. */
  readonly flag: Flag | null;
  readonly forcedOff: boolean;
}

/**
 * The definition by which flagd gives each booking the variant that a reader gives it now: a boolean, true for `model`. A
 * flag that is off is control for everybody and stays ENABLED, because of a disabled one flagd gives the caller's default,
 * which may be true.
 */
export function flagdDefinition({ key, flag, forcedOff }: Standing) {
  const isOn = flag?.enabled === true && flag.percentage > 0 && !forcedOff;
  const definition = {
    state: 'ENABLED',
    variants: { model: true, control: false },
    defaultVariant: 'control',
    ...(isOn && { targeting: targetingOf(flag) }),
    metadata: metadataOf(flag, forcedOff, isOn),
  };
  return { flags: { [key]: definition } };
}

/** Of no targeting key the hash would be that of the salt: everybody without one in one bucket. */
function targetingOf({ salt, percentage }: Flag) {
  const targetingKey = { var: 'targetingKey' };
  const weight = modelBuckets(percentage);
  const fractional = [{ cat: [salt, targetingKey] }, ['model', weight], ['control', BUCKETS - weight]];
  return { if: [targetingKey, { fractional }, 'control'] };
}

/** flagd hands it on with each answer: texts, numbers and truth values. */
function metadataOf(flag: Flag | null, forcedOff: boolean, isOn: boolean) {
  const { revision = 0, percentage = 0, updatedAt, model = null } = flag ?? {};
  const off = forcedOff ? 'FORCED_OFF' : flag === null ? 'DEFAULT' : 'DISABLED';
  return {
    ...{ revision, percentage, atmrReason: isOn ? 'SPLIT' : off },
    ...(updatedAt !== undefined && { updatedAt }),
    ...(model !== null && { model: modelText(model) }),
  };
}
