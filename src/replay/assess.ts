import type { Manifest } from '../model/manifest.js';
import { rateEstimate } from '../statistics/binomial.js';
import type { Estimated } from '../statistics/estimate.js';
import type { GateResult } from '../statistics/gate.js';
import { quantileOfSorted } from '../statistics/quantile.js';
import type { DimensionEstimate, WidestEstimate } from '../statistics/widest.js';
import { type ActedOn, judgeActedOn } from './acted-on.js';
import { type ArmScores, type ArmSums, armScores } from './arm-sums.js';
import { type Bootstrap, judgeBootstrap } from './bootstrap.js';
import { type Comparison, comparePairs, type DecisionRule, type WilcoxonResult } from './compare.js';
import { type GateRow, replayGates } from './gates.js';
import { type ReplayPower, replayPower } from './power.js';
import type { Replay } from './replay.js';
import { judgeSegments, type Segment } from './segments.js';
import type { ExclusionCounts } from './selection.js';
import type { TextbookTests } from './textbook.js';

/** The answer of `ab-test`: the same document on a terminal, as JSON and in a report. `null` is "not known". */
export interface AbTest extends ReplayPower {
  readonly n: number;
  readonly seed: number;
  /** True when any scored booking was simulated. */
  readonly simulated: boolean;
  readonly model: ModelResult;
  /** First and last scheduled time, ISO 8601 in UTC. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** Bookings in the window: all of them without one. */
  readonly inWindow: number;
  /** Share of those whose outcome is known. */
  readonly coverage: number | null;
  readonly excluded: ExclusionCounts;
  /** `heuristic` is `null` where another model took its place, which is in `against` then. */
  readonly arms: {
    readonly model: ArmResult | null;
    readonly heuristic: ArmResult | null;
    readonly against?: ArmResult | null;
  };
  /** The model that took the heuristic's place; `null` for the heuristic. */
  readonly against: ModelResult | null;
  readonly question: Question;
  readonly improvement: IntervalResult;
  /** Of the improvement, beside the interval that decides; only where sums alone were kept. */
  readonly bootstrap?: Bootstrap;
  /** Mean of |model error| − |heuristic error|, minutes. */
  readonly difference: IntervalResult;
  /** `null` beyond 100,000 bookings, and where the arms differ nowhere. */
  readonly wilcoxon: WilcoxonResult | null;
  /** `null` in the same cases. */
  readonly textbook: TextbookTests | null;
  readonly verdict: 'better' | 'worse' | 'undecided';
  /** Why there is no interval to judge by; `null` when there is one. */
  readonly insufficient: string | null;
  /** Whether the model is proven to be no worse than by the question's margin; `null` where that was not asked. */
  readonly notWorse: GateResult | null;
  readonly gates: readonly GateRow[];
  readonly segments: readonly Segment[];
  readonly actedOn: ActedOn;
  readonly predictionTimeMs: {
    readonly n: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
  } | null;
}

/** What is to be decided, and how. */
export interface Question extends DecisionRule {
  /** A fraction: the model may be worse by less than this; `null` when it has to be better. */
  readonly margin: number | null;
}

/** Is the model better at all, by the widest interval? */
export const IS_IT_BETTER: Question = { by: null, minImprovement: 0, margin: null };

interface ModelResult {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly simulated: boolean;
}

export interface ArmResult extends ArmScores {
  /** Two-sided 95 %, by metric. */
  readonly intervals: Readonly<Record<string, readonly [lower: number, upper: number] | null>>;
}

export interface IntervalResult {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly level: number;
  /** Which kind of unit was resampled for the interval that decides: the one that gave the widest. */
  readonly decidedBy: string | null;
  readonly dimensions: readonly DimensionResult[];
}

export interface DimensionResult {
  readonly name: string;
  readonly clusters: number;
  readonly standing: DimensionEstimate['standing'];
  readonly lower: number | null;
  readonly upper: number | null;
}

const LEVEL = 0.95;

/**
 * Judges a replay of a model against the heuristic, or against the model of `against`. Pure: the same replay, question
 * and seed give the same document.
 */
export function assess(
  replayed: Replay,
  manifest: Manifest,
  seed: number,
  question: Question = IS_IT_BETTER,
  against: Manifest | null = null,
): AbTest {
  const { scores } = replayed;
  const comparison = comparePairs(scores, seed, question);
  const { improvement, verdict } = comparison;
  const notWorse = question.margin === null ? null : decideNotWorse(improvement, question.margin);
  const other = armResult(replayed, comparison, 'heuristic');
  const bootstrap = judgeBootstrap(replayed);
  return {
    n: scores.n,
    seed,
    simulated: replayed.simulated,
    model: modelResult(manifest),
    against: against === null ? null : modelResult(against),
    question,
    period: period(replayed),
    inWindow: replayed.inWindow,
    coverage: replayed.inWindow === 0 ? null : replayed.settled / replayed.inWindow,
    excluded: replayed.excluded,
    arms: {
      model: armResult(replayed, comparison, 'model'),
      ...(against === null ? { heuristic: other } : { heuristic: null, against: other }),
    },
    improvement: intervalResult(improvement),
    ...(bootstrap !== null && { bootstrap }),
    difference: intervalResult(comparison.meanDifference),
    wilcoxon: comparison.wilcoxon,
    textbook: comparison.textbook,
    verdict: verdict === 'insufficient' ? 'undecided' : verdict,
    insufficient: improvement.kind === 'insufficient' ? improvement.reason : null,
    ...replayPower(replayed, {
      undecided: notWorse === null ? verdict === 'undecided' : notWorse === 'insufficient',
      ratio: 1 - question.minImprovement + (question.margin ?? 0),
      improvement,
    }),
    notWorse,
    gates: replayGates(replayed, comparison),
    segments: judgeSegments(replayed.segments),
    actedOn: judgeActedOn(replayed.actedOn),
    predictionTimeMs: timeQuantiles(replayed.latenciesMs),
  };
}

function modelResult({ name, version, sha256, data }: Manifest): ModelResult {
  return { name, version, sha256, simulated: data.simulated };
}

/** On the two-sided interval, as the verdict: one-sided, that is 97.5 %, the usual level of non-inferiority. */
function decideNotWorse(improvement: Estimated, margin: number): GateResult {
  if (improvement.kind === 'insufficient') return 'insufficient';
  if (improvement.interval.upper < margin) return 'pass';
  return improvement.interval.lower > margin ? 'fail' : 'insufficient';
}

function period({ fromMs, toMs }: Replay): AbTest['period'] {
  if (fromMs === null || toMs === null) return null;
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

function armResult(replayed: Replay, comparison: Comparison, arm: 'model' | 'heuristic'): ArmResult | null {
  const scores = armScores(replayed[arm]);
  if (scores === null) return null;
  const metrics = comparison.metrics?.[arm] ?? { mae: comparison.mae[arm] };
  const estimates = Object.entries({ ...metrics, ...shareEstimates(replayed[arm]) });
  return {
    ...scores,
    intervals: Object.fromEntries(estimates.map(([name, estimate]) => [name, ends(estimate)])),
  };
}

/** Counts are enough for these, however many bookings there are. */
function shareEstimates({ n, accurate, missed, late, predictedLate, lateAndPredicted }: ArmSums) {
  return {
    accuracy: rateEstimate(accurate, n),
    missRate: rateEstimate(missed, n),
    lateRecall: rateEstimate(lateAndPredicted, late),
    latePrecision: rateEstimate(lateAndPredicted, predictedLate),
  };
}

function ends(estimated: Estimated): readonly [number, number] | null {
  return estimated.kind === 'insufficient' ? null : [estimated.interval.lower, estimated.interval.upper];
}

function intervalResult(widest: WidestEstimate): IntervalResult {
  const dimensions = widest.dimensions.map(dimensionResult);
  if (widest.kind === 'insufficient') {
    return { value: null, lower: null, upper: null, level: LEVEL, decidedBy: null, dimensions };
  }
  return { value: widest.value, ...widest.interval, level: LEVEL, decidedBy: widest.decidedBy, dimensions };
}

function dimensionResult({ dimension, clusters, standing, estimate }: DimensionEstimate): DimensionResult {
  const [lower, upper] = ends(estimate) ?? [null, null];
  return { name: dimension, clusters, standing, lower, upper };
}

function timeQuantiles(latenciesMs: Float64Array): AbTest['predictionTimeMs'] {
  if (latenciesMs.length === 0) return null;
  const sorted = latenciesMs.toSorted();
  const at = (p: number): number => quantileOfSorted(sorted, p);
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
