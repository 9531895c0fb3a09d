import { roiEstimate } from '../roi/assess.js';
import { DEFAULT_INPUTS } from '../roi/inputs.js';
import { meanSequence, NO_VALUES, withValue } from '../statistics/asymptotic-sequence.js';
import { rateEstimate } from '../statistics/binomial.js';
import { bookingsToDecide } from '../statistics/bookings-to-decide.js';
import { type Estimated, insufficient, rescale } from '../statistics/estimate.js';
import { decideGate, type Gate } from '../statistics/gate.js';
import { rateSequence } from '../statistics/rate-sequence.js';
import { t } from '../wording/t.js';
import type { DayFigures } from './day-figures.js';
import { dayMeanSequence, dayMeans, dayShareSequence, joinedDays, totalOf } from './day-sequences.js';
import { coverageOf, LEAST_COVERAGE, NO_EVIDENCE, type StepEvidence } from './evidence.js';
import { GATE_DEFAULTS, type GateName, type GateSpec } from './gate-spec.js';
import { riseInMae } from './stable.js';

/** A gate of a step, decided on live evidence. */
export interface RolloutGate extends Omit<Gate, 'name' | 'target'> {
  readonly name: GateName;
  readonly target: number;
  readonly direction: GateSpec['direction'];
  /** Whether it has to pass; without, it only must not fail. */
  readonly required: boolean;
  /** Settled bookings at which it would be decided, were the value what it is; `null` when decided, or not known. */
  readonly needed: number | null;
  /** Why there is no estimate; `null` when there is. */
  readonly reason: string | null;
}

/** What a gate may look at. */
export interface GateSubject {
  readonly evidence: StepEvidence;
  /** The share at which the step's return is judged. */
  readonly percentage: number;
  /** Whether the model learned from simulated bookings; `null` where that is not known. */
  readonly modelSimulated: boolean | null;
}

/** Decides a gate. What is not proven either way has not enough data, and never counts as passed. */
export function decideRolloutGate(spec: GateSpec, subject: GateSubject): RolloutGate {
  const estimated = ESTIMATES[spec.name](subject, spec);
  const { target, name: _, ...decided } = decideGate(spec.name, estimated, spec);
  const isOpen = decided.result === 'insufficient';
  return {
    name: spec.name,
    ...decided,
    lower: finite(decided.lower),
    upper: finite(decided.upper),
    target: target.value,
    direction: target.direction,
    required: spec.required,
    needed: isOpen ? neededFor(spec, estimated, subject.evidence) : null,
    reason: estimated.kind === 'insufficient' ? estimated.reason : null,
  };
}

/** Beyond this share a model that learned from simulated bookings does not go by itself. */
export const HALF = 50;

export function realModelGate(modelSimulated: boolean | null): RolloutGate {
  return decideRolloutGate(GATE_DEFAULTS.real_model, {
    evidence: NO_EVIDENCE,
    percentage: 0,
    modelSimulated,
  });
}

/** Whether the gate keeps the step from being left. */
export function blocks({ result, required }: RolloutGate): boolean {
  return result === 'fail' || (required && result !== 'pass');
}

type Estimator = (subject: GateSubject, spec: GateSpec) => Estimated;

/** How each gate's number is estimated. */
const ESTIMATES: Readonly<Record<GateName, Estimator>> = {
  failure_rate: ({ evidence }) => rateSequence(evidence.failures),
  mae: ({ evidence }) => onSettled(evidence, (days) => dayMeanSequence(days, { e: 1, h: 0 })),
  improvement: ({ evidence }, { value }) => onSettled(evidence, (days) => improvementBeyond(days, value)),
  improvement_target: ({ evidence }, { value }) =>
    onSettled(evidence, (days) => improvementBeyond(days, value)),
  r2: ({ evidence }, { value }) => onSettled(evidence, (days) => explainedBeyond(days, value)),
  prediction_time_p95: ({ evidence }) => slowestTwentieth(evidence),
  crashes: ({ evidence }) => counted(evidence.crashes),
  stable: ({ evidence }) => onSettled(evidence, (days) => riseInMae(days, evidence.earlier)),
  roi: ({ evidence, percentage }) =>
    onSettled(evidence, () => onSettled(sinceBaseline(evidence), (days) => returnAt(days, percentage))),
  real_model: ({ modelSimulated }) =>
    modelSimulated === null
      ? insufficient(t`nobody knows what it learned from`)
      : exactly(modelSimulated ? -1 : 1),
};

/** What a ride saves does not depend on the share that the step gives away: all that the model was seen doing tells of it. */
function sinceBaseline(evidence: StepEvidence): StepEvidence {
  return { ...evidence, days: [...evidence.earlier, ...evidence.days] };
}

/** What is known only of the easy rides says nothing of all. */
function onSettled(evidence: StepEvidence, estimate: (days: readonly DayFigures[]) => Estimated): Estimated {
  const coverage = coverageOf(evidence);
  if (coverage === null) return insufficient(t`no booking of a whole day is due yet`);
  if (coverage < LEAST_COVERAGE) {
    return insufficient(
      t`outcomes are known for ${Math.round(coverage * 100)} % of the bookings due; ${LEAST_COVERAGE * 100} % are needed`,
    );
  }
  return estimate(evidence.days);
}

/** The improvement over these days as a gate sees it: not without four in five outcomes. */
export function improvementOf(days: readonly DayFigures[]): Estimated {
  return onSettled({ ...NO_EVIDENCE, days }, (known) => improvementBeyond(known, 0));
}

/** e − (1 + target) · h is below zero exactly when the improvement is below the target. Shown as an improvement. */
export function improvementBeyond(days: readonly DayFigures[], target: number): Estimated {
  const difference = dayMeanSequence(days, { e: 1, h: -(1 + target) });
  if (difference.kind === 'insufficient') return difference;
  // Days weigh the same on both sides of the fraction, whatever their bookings.
  const heuristic = dayMeans(days, { e: 0, h: 1 });
  const mean = heuristic.reduce((total, day) => total + day.mean, 0) / heuristic.length;
  if (mean === 0) return insufficient(t`the heuristic made no error`);
  return rescale(difference, (minutes) => minutes / mean + target);
}

/** Squared error − (1 − target) · squared deviation is below zero exactly when R² is above the target. */
function explainedBeyond(days: readonly DayFigures[], target: number): Estimated {
  const { actual, actualSquares, settled, ee } = totalOf(days);
  const mean = actual / settled;
  const variance = actualSquares / settled - mean ** 2;
  if (!(variance > 0)) return insufficient(t`all outcomes are equal`);
  const moments = joinedDays(days).reduce((so, day) => {
    const squares = day.actualSquares - 2 * mean * day.actual + day.settled * mean ** 2;
    return withValue(so, (day.ee - (1 - target) * squares) / day.settled);
  }, NO_VALUES);
  const sequence = meanSequence(moments);
  if (sequence.kind === 'insufficient') return sequence;
  const shown = rescale(sequence, (excess) => target - excess / variance);
  return { ...shown, value: 1 - ee / settled / variance };
}

/** The 95th percentile is below a second exactly when less than a twentieth takes longer. */
function slowestTwentieth({ slow, predictionTimeP95Ms }: StepEvidence): Estimated {
  if (predictionTimeP95Ms === null) return insufficient(t`no prediction was timed`);
  const share = rateSequence(slow, { a: 1, b: 19 });
  if (share.kind === 'insufficient') return share;
  const { lower, upper } = share.bounds;
  const ends = {
    lower: lower > A_TWENTIETH ? SLOW_MS : 0,
    upper: upper < A_TWENTIETH ? Math.min(predictionTimeP95Ms, SLOW_MS - 1) : Number.POSITIVE_INFINITY,
  };
  return { ...share, value: predictionTimeP95Ms, bounds: ends, interval: ends };
}

const A_TWENTIETH = 0.05;
const SLOW_MS = 1000;

function counted(crashes: number | null): Estimated {
  return crashes === null
    ? insufficient(t`no server’s heartbeat was seen since the step began`)
    : exactly(crashes);
}

/** A count is what it is. */
function exactly(value: number): Estimated {
  const ends = { lower: value, upper: value };
  return { kind: 'estimated', value, bounds: ends, interval: ends, method: 'order-statistics' };
}

function returnAt(days: readonly DayFigures[], percentage: number): Estimated {
  const { settled, foreseen } = totalOf(days);
  const saved = dayMeanSequence(days, { e: -1, h: 1 });
  // Where no ride at all was foreseen days do not vary, but their number still bounds the share.
  const share = foreseen === 0 ? rateEstimate(0, settled) : dayShareSequence(days, (day) => day.foreseen);
  return roiEstimate(DEFAULT_INPUTS, { minutesSaved: saved, anticipatedShare: share }, percentage);
}

function neededFor(spec: GateSpec, estimated: Estimated, evidence: StepEvidence): number | null {
  if (estimated.kind === 'insufficient') return null;
  if (spec.name === 'failure_rate') return bookingsToDecide(evidence.failures.trials, estimated, spec);
  const had = spec.name === 'roi' ? totalOf(evidence.earlier).settled : 0;
  const needed = bookingsToDecide(had + totalOf(evidence.days).settled, estimated, spec);
  return needed === null ? null : needed - had;
}

/** A bound that nothing proves is no bound. */
function finite(bound: number | null): number | null {
  return Number.isFinite(bound) ? bound : null;
}
