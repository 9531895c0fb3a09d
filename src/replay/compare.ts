import { hodgesLehmann } from '../statistics/hodges-lehmann.js';
import { compareErrors, differences, type ErrorComparison, verdictOf } from '../statistics/improvement.js';
import { type RegressionMetrics, regressionMetrics } from '../statistics/regression-metrics.js';
import { estimateSummedRatio } from '../statistics/summed-ratio.js';
import { type Dimension, rescaleWidest, type WidestEstimate } from '../statistics/widest.js';
import { signedRankTest } from '../statistics/wilcoxon.js';
import { type Answers, keptAnswers, type PairedScores, summedDimensions } from './paired-scores.js';
import { BOOKINGS, DIFFERENCE, HEURISTIC, MODEL } from './weights.js';

/** The two arms against what happened and against each other, with intervals. */
export interface Comparison extends ErrorComparison {
  readonly mae: ArmEstimates;
  /** `null` where only sums were kept. */
  readonly metrics: { readonly model: RegressionMetrics; readonly heuristic: RegressionMetrics } | null;
  /** `null` where only sums were kept, and where the arms differ nowhere. */
  readonly wilcoxon: WilcoxonResult | null;
}

/** The signed-rank test of |model error| − |heuristic error|, which takes bookings for independent. */
export interface WilcoxonResult {
  /** Two-sided. */
  readonly pValue: number;
  /** −1 to 1; negative when the model is better. */
  readonly rankBiserial: number;
  /** The shift that the test finds least surprising. */
  readonly hodgesLehmannMinutes: number;
}

interface ArmEstimates {
  readonly model: WidestEstimate;
  readonly heuristic: WidestEstimate;
}

/** By what whole clusters bookings are resampled beside one by one. */
export const CLUSTERS = ['day', 'driver'] as const;
export type ClusterName = (typeof CLUSTERS)[number];

/** How a comparison is to be decided. */
export interface DecisionRule {
  /** The clusters that must decide, beside single bookings; `null` for whichever of them gives the widest interval. */
  readonly by: ClusterName | null;
  /** A fraction: the model is better only when it is proven to be by more than this. */
  readonly minImprovement: number;
}

/** Compares by bootstrap while single answers were kept, from the sums beyond. */
export function comparePairs(scores: PairedScores, seed: number, rule: DecisionRule): Comparison {
  const answers = keptAnswers(scores);
  const compared = answers === null ? compareSums(scores, rule) : compareAnswers(answers, seed, rule);
  const improvement = requiring(rule.by, compared.improvement);
  return {
    ...compared,
    improvement,
    meanDifference: requiring(rule.by, compared.meanDifference),
    verdict: verdictOf(improvement, rule.minImprovement),
  };
}

/** Who asks for whole days gets no verdict from single bookings where there are too few days. */
function requiring(by: ClusterName | null, widest: WidestEstimate): WidestEstimate {
  const required = widest.dimensions.find(({ dimension }) => dimension === by);
  if (required?.standing !== 'too few' || required.estimate.kind === 'estimated') return widest;
  return { ...required.estimate, dimensions: widest.dimensions };
}

function chosen<T extends { readonly name: string }>(dimensions: readonly T[], { by }: DecisionRule): T[] {
  return dimensions.filter(({ name }) => by === null || name === by);
}

function compareAnswers(answers: Answers, seed: number, rule: DecisionRule): Comparison {
  const { model, heuristic, actual } = answers;
  const all: Dimension[] = CLUSTERS.map((name) => ({ name, ids: answers[name] }));
  const dimensions = chosen(all, rule);
  const errors = { model: absoluteErrors(model, actual), heuristic: absoluteErrors(heuristic, actual) };
  const metrics = {
    model: regressionMetrics({ predicted: model, actual }, dimensions, { seed }),
    heuristic: regressionMetrics({ predicted: heuristic, actual }, dimensions, { seed }),
  };
  return {
    ...compareErrors(errors, dimensions, { seed }),
    mae: { model: metrics.model.mae, heuristic: metrics.heuristic.mae },
    metrics,
    wilcoxon: wilcoxon(differences(errors), seed),
  };
}

function wilcoxon(differencesMinutes: Float64Array, seed: number): WilcoxonResult | null {
  const test = signedRankTest(differencesMinutes);
  const shift = hodgesLehmann(differencesMinutes, seed);
  if (test.kind === 'insufficient' || shift.kind === 'insufficient') return null;
  const { pTwoSided: pValue, rankBiserial } = test;
  return { pValue, rankBiserial, hodgesLehmannMinutes: shift.value };
}

function compareSums(scores: PairedScores, rule: DecisionRule): Comparison {
  const { byBooking } = scores;
  const dimensions = chosen(summedDimensions(scores), rule);
  const ratio = (numerator: typeof MODEL, denominator: typeof MODEL) =>
    estimateSummedRatio(numerator, denominator, byBooking, dimensions);
  const improvement = rescaleWidest(ratio(MODEL, HEURISTIC), (value) => value - 1);
  return {
    improvement,
    meanDifference: ratio(DIFFERENCE, BOOKINGS),
    verdict: verdictOf(improvement),
    mae: { model: ratio(MODEL, BOOKINGS), heuristic: ratio(HEURISTIC, BOOKINGS) },
    metrics: null,
    wilcoxon: null,
  };
}

function absoluteErrors(predicted: Float64Array, actual: Float64Array): Float64Array {
  return predicted.map((minutes, i) => Math.abs(minutes - actual[i]!));
}
