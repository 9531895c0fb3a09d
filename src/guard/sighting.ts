import type { Traffic } from '../ledger/ledger.js';
import { NO_EVIDENCE, type StepEvidence } from '../rollout/evidence.js';
import type { RuleName } from './rule-names.js';

/**
 * How many of the newest attempts and settled bookings a look reads, wherever they come from: the detectors forget what
 * is older by themselves.
 */
export const NEWEST = { attempts: 600, misses: 2000 } as const;

/** What one look of the guard sees: facts, no judgement. */
export interface Sighting {
  readonly nowMs: number;
  readonly evidence: StepEvidence;
  /** The last attempts of the model, oldest first: whether each failed. */
  readonly attempts: readonly boolean[];
  /** The last settled bookings, oldest first: whether each was off by more than 5 min. */
  readonly misses: readonly boolean[];
  readonly hour: Traffic;
  readonly fiveMinutes: Traffic;
  /** Bookings by the arm that a split gave them, since the share last changed. */
  readonly assignment: {
    readonly model: number;
    readonly control: number;
    /** Seen in both. */
    readonly both: number;
    readonly percentage: number;
  };
  /** Instances whose heartbeat was lost without a stop, since the step began. */
  readonly crashed: readonly string[];
  /** Share of the minutes of the last 7 days with a heartbeat; `null` before the first. */
  readonly uptime: number | null;
  /** Inputs that drifted on both of the last two days. */
  readonly drifted: readonly string[];
  /** `null` when nothing was ever asked. */
  readonly lastRequestMs: number | null;
  /** Requests in this hour of the day a week ago. */
  readonly requestsWeekAgo: number;
  /** The local day up to which somebody has accepted what a rule of days found. */
  readonly acceptedDays?: Readonly<Partial<Record<RuleName, number>>>;
}

const NO_TRAFFIC: Traffic = {
  ...{ requests: 0, modelVariant: 0, bySource: { model: 0, heuristic: 0, fallback: 0 } },
  ...{ attempts: 0, failures: 0, ineligible: 0, weatherDefaults: 0, outOfRange: 0, simulated: 0 },
  ...{ avgConfidence: null, avgPredictionTimeMs: null, predictionTimeMs: null, timed: 0, slow: 0 },
};

/** A look that saw nothing: no rule finds anything in it. */
export const NOTHING_SEEN: Sighting = {
  ...{ nowMs: 0, evidence: NO_EVIDENCE, attempts: [], misses: [], hour: NO_TRAFFIC, fiveMinutes: NO_TRAFFIC },
  assignment: { model: 0, control: 0, both: 0, percentage: 0 },
  ...{ crashed: [], uptime: null, drifted: [], lastRequestMs: null, requestsWeekAgo: 0 },
};
