import type { Answer } from '../flag/answer.js';
import type { Reason, Variant } from '../flag/decide.js';
import type { Flag, ModelReference } from '../flag/flag.js';

/** What went wrong, where `reason` is `ERROR`. */
export type FlagErrorCode =
  /** A store lost data: what was known of the flag is newer than what it says. */
  | 'STORE_REGRESSED'
  /** The flag names a model that this process does not run. */
  | 'MODEL_MISSING'
  /** The booking has no id. */
  | 'TARGETING_KEY_MISSING'
  /** The flag was closed. */
  | 'CLOSED';

/** Who answers a booking, and why. */
export interface FlagEvaluation {
  readonly variant: Variant;
  /** True when the model answers. */
  readonly value: boolean;
  /**
   * `SPLIT`: by the percentage. `DISABLED`, `FORCED_OFF`: somebody switched the model off. `STALE`: no store has answered
   * for too long. `DEFAULT`: no flag is known, for nobody wrote one, or no store has ever answered. `ERROR`: see `errorCode`.
   * All but the first mean control.
   */
  readonly reason: Reason;
  readonly errorCode?: FlagErrorCode;
  /** Of the bookings, 0–100, that the model answers by what the flag says; `null` where there is no flag. */
  readonly percentage: number | null;
  /** Counts the changes of the flag; `null` where there is none. */
  readonly revision: number | null;
  /** The model that the flag names. */
  readonly model: ModelReference | null;
}

/** The evaluation that an answer of the reader means. */
export function evaluationOf({ variant, reason, code }: Answer, flag: Flag | null): FlagEvaluation {
  // The reader has one error without a code.
  const errorCode = code ?? (reason === 'ERROR' ? 'TARGETING_KEY_MISSING' : undefined);
  return {
    ...{ variant, value: variant === 'model', reason },
    ...(errorCode !== undefined && { errorCode }),
    percentage: flag?.percentage ?? null,
    revision: flag?.revision ?? null,
    model: flag?.model ?? null,
  };
}

/** What everybody is answered by a flag that was closed: it hears of nothing any more. */
export const CLOSED: FlagEvaluation = Object.freeze({
  ...{ variant: 'control', value: false, reason: 'ERROR', errorCode: 'CLOSED' },
  ...{ percentage: null, revision: null, model: null },
} as const);

/** The id as the decimal text or text that is hashed; empty for what is none. */
export function targetingKeyOf(id: unknown): string {
  if (typeof id === 'string') return id;
  return Number.isSafeInteger(id) || typeof id === 'bigint' ? String(id) : '';
}
