import { type Decision, decide } from './decide.js';
import { activeMarks, type State } from './state.js';

/** What a reader knows at one moment. Replaced as a whole: nobody ever sees half of a change. */
export interface View {
  readonly state: State;
  /** Some mark in `state` is active. */
  readonly forcedOff: boolean;
  /** The record's last answer was older than what was known when it was asked. */
  readonly regressed: boolean;
  /** This process runs a model, and the flag names another. */
  readonly modelMissing: boolean;
  /** Monotonic time after which some store has no finished attempt in the last 3 s. */
  readonly attemptedUntilMs: number;
  /** Monotonic time after which there was no contact for `staleAfter`. */
  readonly contactUntilMs: number;
}

/** An answer, with the code of the fault when there is one. */
export interface Answer extends Decision {
  readonly code?: 'STORE_REGRESSED' | 'MODEL_MISSING' | undefined;
}

const FORCED_OFF: Answer = Object.freeze({ variant: 'control', reason: 'FORCED_OFF' });
const STALE: Answer = Object.freeze({ variant: 'control', reason: 'STALE' });
const REGRESSED: Answer = Object.freeze({ variant: 'control', reason: 'ERROR', code: 'STORE_REGRESSED' });
const NO_FLAG: Answer = Object.freeze({ variant: 'control', reason: 'DEFAULT' });
const MODEL_MISSING: Answer = Object.freeze({ variant: 'control', reason: 'ERROR', code: 'MODEL_MISSING' });

/**
 * Who answers for this targeting key at `nowMs` on the monotonic clock. The first row that matches decides; the
 * rows are in the order of what is worst to overlook.
 */
export function answer(view: View, targetingKey: string, nowMs: number): Answer {
  const { flag } = view.state;
  if (view.forcedOff) return FORCED_OFF;
  if (nowMs > view.attemptedUntilMs) return STALE;
  if (view.regressed) return REGRESSED;
  if (flag === null) return NO_FLAG;
  if (nowMs > view.contactUntilMs) return STALE;
  const decision = decide(flag, targetingKey);
  // Also for the control share: an instance that cannot serve the split takes no part in it.
  return view.modelMissing && decision.reason === 'SPLIT' ? MODEL_MISSING : decision;
}

/** True while a mark holds; for the view, so that an answer need not look through the marks. */
export function isForcedOff(state: State): boolean {
  return activeMarks(state).length > 0;
}
