import { BUCKETS, bucketOf } from './bucket.js';
import type { Flag } from './flag.js';

export type Variant = 'model' | 'control';

/** How an answer was reached; the words are OpenFeature's where it has one. */
export type Reason = 'SPLIT' | 'DISABLED' | 'DEFAULT' | 'ERROR' | 'STALE' | 'FORCED_OFF';

export interface Decision {
  readonly variant: Variant;
  readonly reason: Reason;
}

/** The answers are shared and frozen, so that a decision allocates nothing. */
const MODEL = Object.freeze({ variant: 'model', reason: 'SPLIT' } as const);
const CONTROL = Object.freeze({ variant: 'control', reason: 'SPLIT' } as const);
const DISABLED = Object.freeze({ variant: 'control', reason: 'DISABLED' } as const);
const NO_FLAG = Object.freeze({ variant: 'control', reason: 'DEFAULT' } as const);
const NO_KEY = Object.freeze({ variant: 'control', reason: 'ERROR' } as const);

/** What a flag needs for a decision. */
export type Split = Pick<Flag, 'enabled' | 'percentage' | 'salt'>;

/**
 * Who answers for this targeting key, the model or the control arm, and why. Never throws: without a flag the
 * answer is control by `DEFAULT`, without a key control by `ERROR`.
 */
export function decide(flag: Split | null, targetingKey: string): Decision {
  if (flag === null) return NO_FLAG;
  if (!flag.enabled || flag.percentage === 0) return DISABLED;
  // Callers in plain JavaScript pass `undefined` for a booking without an id.
  if (typeof targetingKey !== 'string' || targetingKey === '') return NO_KEY;
  return bucketOf(flag.salt, targetingKey) < modelBuckets(flag.percentage) ? MODEL : CONTROL;
}

/** How many of the buckets the model answers. Rounded, because 0.29 × 100 is 28.999999999999996. */
export function modelBuckets(percentage: number): number {
  return Math.round((percentage * BUCKETS) / 100);
}
