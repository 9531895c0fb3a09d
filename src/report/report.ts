import type { Checklist } from '../checklist/checklist.js';
import type { AuditEntry } from '../flag/store.js';
import type { GuardAction } from '../guard/guard-store.js';
import type { RoiDocument } from '../roi/roi.js';
import type { Assessment } from '../rollout/assess.js';
import type { RolloutEvent } from '../rollout/rollout.js';
import type { PeriodKind } from './period.js';

/**
 * What there is to say of a week or a month: one value, which is the JSON document and what Markdown, HTML and e-mail are
 * made of. Minutes, and rates as fractions; times are ISO 8601, UTC; `null` is not known, and never 0.
 */
export interface PeriodReport {
  readonly period: ReportedPeriod;
  readonly at: string;
  readonly timeZone: string;
  readonly flag: string;
  /** The stores as a person would name them. */
  readonly place: string;
  /** The one of the period's end; `null` where none was chosen. */
  readonly model: { readonly name: string; readonly version: string } | null;
  /** Whether made-up bookings are counted, and whether the model learned from such; `null` where nobody knows. */
  readonly simulated: { readonly bookings: boolean; readonly model: boolean | null };
  readonly verdict: Verdict;
  readonly traffic: PeriodTraffic;
  readonly figures: readonly Figure[];
  readonly evidence: Evidence;
  /** Every change of the flag in the period, oldest first. */
  readonly decisions: readonly Decision[];
  readonly incidents: Part<readonly Incident[]>;
  readonly messages: Part<Messages>;
  readonly roi: Part<RoiDocument>;
  /** `known` is `null` before a rollout has begun. */
  readonly checklist: Part<Checklist | null>;
  readonly next: Next;
}

/** What may be away while the rest is known; then it says why. */
export type Part<T> =
  | { readonly known: T; readonly fault: null }
  | { readonly known: null; readonly fault: string };

export interface ReportedPeriod {
  readonly kind: PeriodKind;
  readonly name: string;
  readonly from: string;
  /** The first instant after it. */
  readonly until: string;
  /** Local dates, both within. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** False while it lasts: what is told is of what there is so far. */
  readonly finished: boolean;
  /** The one before, which it is held against. */
  readonly before: string;
}

/** The answer in one word. `undecided`: neither is proven; `no_data`: too little is known for an interval. */
export interface Verdict {
  readonly answer: 'better' | 'worse' | 'undecided' | 'no_data';
  readonly improvement: Improvement;
  /** The local day since when the evidence counts: that of the model's first traffic, or where that is later, the period's first. */
  readonly since: string;
  /** What the model answered at the end of the period, and what it answers now; percent. */
  readonly shareAtEnd: number;
  readonly shareNow: number;
  /** Changes of the period that took all of the traffic back, or some of it. */
  readonly takenBack: number;
}

/** MAE(model) / MAE(heuristic) − 1 with 95 % ends that may be looked at any day. */
export interface Improvement {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Why there is no interval; `null` when there is. */
  readonly reason: string | null;
}

/** By the time of the request. */
export interface PeriodTraffic {
  readonly answers: number;
  readonly answersBefore: number;
  readonly bySource: Readonly<Record<'model' | 'heuristic' | 'fallback', number>>;
  readonly bySourceBefore: Readonly<Record<'model' | 'heuristic' | 'fallback', number>>;
  /** Percent that the flag let the model answer at the beginning, and after each change of it. */
  readonly shares: readonly { readonly at: string; readonly percentage: number }[];
}

export type FigureName =
  | 'mae'
  | 'r2'
  | 'accuracyRate'
  | 'missRate'
  | 'lateRecall'
  | 'intervalCoverage'
  | 'failureRate'
  | 'fallbackRate'
  | 'predictionTime'
  | 'weatherDefaultRate'
  | 'uptime';

/** A figure of the period beside the one of the period before, and what the guide asks of it. */
export interface Figure {
  readonly name: FigureName;
  readonly value: number | null;
  readonly before: number | null;
  /** Of what it is a figure, and of how many. */
  readonly of: FigureBasis;
  readonly count: number | null;
  readonly target: { readonly direction: 'below' | 'above'; readonly value: number } | null;
  /** `null` where there is no target, or too few to say. */
  readonly meets: boolean | null;
}

/** Outcomes by when they became known; the others by the time of the request. */
export type FigureBasis = 'settled' | 'late' | 'intervals' | 'attempts' | 'answers' | 'timed' | 'minutes';

export interface Evidence {
  readonly period: ArmEvidence;
  readonly before: ArmEvidence;
  /** Since the model's first traffic or the period's beginning, whichever is earlier, at most 90 days; up to the end of the period. */
  readonly sinceBaseline: ArmEvidence;
  /** Of the period before and this one, oldest first. */
  readonly days: readonly EvidenceDay[];
  /** What was known after each day since the baseline. */
  readonly improvementByDay: readonly (Improvement & { readonly date: string })[];
  /** Of the present step, as of the report. */
  readonly gates: Assessment['gates'];
}

/** Both arms on the same bookings: those whose pickup was on these local days, when all of a day are due. */
export interface ArmEvidence {
  readonly since: string;
  readonly days: number;
  readonly asked: number;
  readonly settled: number;
  /** Share of the due bookings whose outcome is known. */
  readonly coverage: number | null;
  readonly modelMae: number | null;
  readonly heuristicMae: number | null;
  readonly improvement: Improvement;
  /** What an interval takes and is not there: a whole day that is due, four outcomes of five, or days; `null` for nothing. */
  readonly lacks: 'due' | 'outcomes' | 'days' | null;
}

export interface EvidenceDay {
  readonly date: string;
  readonly settled: number;
  readonly modelMae: number | null;
  readonly heuristicMae: number | null;
}

export interface Decision {
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  /** Whether the guard did it by itself. */
  readonly byGuard: boolean;
  readonly action: AuditEntry['action'];
  /** What it was to the rollout; `null` where there was none. */
  readonly event: RolloutEvent['kind'] | null;
  /** Percent that the model answers. */
  readonly shareBefore: number;
  readonly shareAfter: number;
  /** Whether gates were passed over. */
  readonly forced: boolean;
  readonly reason: string;
}

export interface Incident {
  readonly rule: string;
  readonly level: 'notice' | 'warn' | 'act';
  readonly began: string;
  /** `null` while it lasts. */
  readonly ended: string | null;
  /** The guard's own sentence, in English. */
  readonly text: string;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly action: GuardAction | null;
  readonly dryRun: boolean;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: string | null;
}

/** Alerts that were written in the period. */
export interface Messages {
  readonly sent: number;
  readonly failed: number;
  readonly waiting: number;
}

/** As of the report, whatever the period. */
export interface Next
  extends Pick<
    Assessment,
    'decision' | 'phase' | 'step' | 'steps' | 'percentage' | 'nextPercentage' | 'reasons' | 'nextCommand'
  > {
  readonly earliestAt: string | null;
  readonly expectedAt: string | null;
  readonly bookings: { readonly settled: number; readonly needed: number };
  readonly approvals: Assessment['approvals'];
  /** Which guard watches; `null` when none does, or nobody knows. */
  readonly guard: string | null;
}
