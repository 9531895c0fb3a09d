import { hodgesLehmann } from '../statistics/hodges-lehmann.js';
import { compareErrors, differences, type ErrorComparison, verdictOf } from '../statistics/improvement.js';
import { type RegressionMetrics, regressionMetrics } from '../statistics/regression-metrics.js';
import { estimateSummedRatio } from '../statistics/summed-ratio.js';
import { type Dimension, rescaleWidest, type WidestEstimate } from '../statistics/widest.js';
import { signedRankTest } from '../statistics/wilcoxon.js';
import { type Answers, keptAnswers, type PairedScores, summedDimensions } from './paired-scores.js';
import { type TextbookTests, textbookTests } from './textbook.js';
import { BOOKINGS, DIFFERENCE, HEURISTIC, MODEL } from './weights.js';

/** The two arms against what happened and against each other, with intervals. */
export interface Comparison extends ErrorComparison {
  readonly mae: ArmEstimates;
  /** `null` where only sums were kept. */
  readonly metrics: { readonly model: RegressionMetrics; readonly heuristic: RegressionMetrics } | null;
  /** `null` where only sums were kept, and where the arms differ nowhere. */
  readonly wilcoxon: WilcoxonResult | null;
  /** `null` in the same cases. */
  readonly textbook: TextbookTests | null;
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

type Estimates = Omit<Comparison, 'verdict'>;

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
  return { ...compared, verdict: verdictOf(compared.improvement, rule.minImprovement) };
}

/** Who asks for whole days gets nothing from single bookings where there are too few days. */
function chosen<T extends { readonly name: string }>(dimensions: readonly T[], { by }: DecisionRule) {
  if (by === null) return dimensions;
  return dimensions.filter(({ name }) => name === by).map((one) => ({ ...one, required: true }));
}

function compareAnswers(answers: Answers, seed: number, rule: DecisionRule): Estimates {
  const { model, heuristic, actual } = answers;
  const all: Dimension[] = CLUSTERS.map((name) => ({ name, ids: answers[name] }));
  const dimensions = chosen(all, rule);
  const errors = { model: absoluteErrors(model, actual), heuristic: absoluteErrors(heuristic, actual) };
  const metrics = {
    model: regressionMetrics({ predicted: model, actual }, dimensions, { seed }),
    heuristic: regressionMetrics({ predicted: heuristic, actual }, dimensions, { seed }),
  };
  const { improvement, meanDifference } = compareErrors(errors, dimensions, { seed });
  return {
    improvement,
    meanDifference,
    mae: { model: metrics.model.mae, heuristic: metrics.heuristic.mae },
    metrics,
    wilcoxon: wilcoxon(differences(errors), seed),
    textbook: textbookTests(errors),
  };
}

function wilcoxon(differencesMinutes: Float64Array, seed: number): WilcoxonResult | null {
  const test = signedRankTest(differencesMinutes);
  const shift = hodgesLehmann(differencesMinutes, seed);
  if (test.kind === 'insufficient' || shift.kind === 'insufficient') return null;
  const { pTwoSided: pValue, rankBiserial } = test;
  return { pValue, rankBiserial, hodgesLehmannMinutes: shift.value };
}

function compareSums(scores: PairedScores, rule: DecisionRule): Estimates {
  const { byBooking } = scores;
  const dimensions = chosen(summedDimensions(scores), rule);
  const ratio = (numerator: typeof MODEL, denominator: typeof MODEL) =>
    estimateSummedRatio(numerator, denominator, byBooking, dimensions);
  return {
    improvement: rescaleWidest(ratio(MODEL, HEURISTIC), (value) => value - 1),
    meanDifference: ratio(DIFFERENCE, BOOKINGS),
    mae: { model: ratio(MODEL, BOOKINGS), heuristic: ratio(HEURISTIC, BOOKINGS) },
    metrics: null,
    wilcoxon: null,
    textbook: null,
  };
}

function absoluteErrors(predicted: Float64Array, actual: Float64Array): Float64Array {
  return predicted.map((minutes, i) => Math.abs(minutes - actual[i]!));
}
