import type { Tally } from '../statistics/rate-sequence.js';
import type { DayFigures } from './day-figures.js';
import { totalOf } from './day-sequences.js';

/** What is known of the model since its step began, shadow included. Everything is counted by its own clock: traffic by
 * the time of the request, accuracy by the local day of the pickup. */
export interface StepEvidence {
  /** Local days whose bookings are all due, oldest first. */
  readonly days: readonly DayFigures[];
  /** The same of the steps before, with the same model; empty at the first. */
  readonly earlier: readonly DayFigures[];
  /** Attempts of the model; a success is a failure of it. */
  readonly failures: Tally;
  /** Timed predictions; a success is one above a second. */
  readonly slow: Tally;
  /** Milliseconds; `null` without any. */
  readonly predictionTimeP95Ms: number | null;
  /** Heartbeats lost without a stop; `null` where nobody watches them. */
  readonly crashes: number | null;
}

/** A booking is due when its outcome should be known: so long after its scheduled time. */
export const DUE_AFTER_MS = 195 * 60_000;
/** Below this share of known outcomes those that are known may be the easy ones. */
export const LEAST_COVERAGE = 0.8;

/** Share of the due bookings whose outcome is known; `null` where none is due. */
export function coverageOf({ days }: Pick<StepEvidence, 'days'>): number | null {
  const { asked, settled } = totalOf(days);
  return asked === 0 ? null : settled / asked;
}

export const NO_EVIDENCE: StepEvidence = {
  days: [],
  earlier: [],
  failures: { successes: 0, trials: 0 },
  slow: { successes: 0, trials: 0 },
  predictionTimeP95Ms: null,
  crashes: null,
};
