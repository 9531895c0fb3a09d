import { hodgesLehmann } from '../statistics/hodges-lehmann.js';
import { compareErrors, differences, type ErrorComparison, verdictOf } from '../statistics/improvement.js';
import { type RegressionMetrics, regressionMetrics } from '../statistics/regression-metrics.js';
import { estimateSummedRatio, type SummedDimension } from '../statistics/summed-ratio.js';
import { type Dimension, rescaleWidest, type WidestEstimate } from '../statistics/widest.js';
import { signedRankTest } from '../statistics/wilcoxon.js';
import { type Answers, type ClusteredSums, keptAnswers, type PairedScores } from './paired-scores.js';

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

/** Compares by bootstrap while single answers were kept, from the sums beyond. */
export function comparePairs(scores: PairedScores, seed: number): Comparison {
  const answers = keptAnswers(scores);
  return answers === null ? compareSums(scores) : compareAnswers(answers, seed);
}

function compareAnswers(answers: Answers, seed: number): Comparison {
  const { model, heuristic, actual } = answers;
  const dimensions: Dimension[] = [
    { name: 'day', ids: answers.day },
    { name: 'driver', ids: answers.driver },
  ];
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

const MODEL = { model: 1, heuristic: 0, one: 0 };
const HEURISTIC = { model: 0, heuristic: 1, one: 0 };
const DIFFERENCE = { model: 1, heuristic: -1, one: 0 };
const BOOKINGS = { model: 0, heuristic: 0, one: 1 };

function compareSums({ byBooking, byDay, byDriver }: PairedScores): Comparison {
  const dimensions = [summed('day', byDay), summed('driver', byDriver)];
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

function summed(name: string, { clusters, loose }: ClusteredSums): SummedDimension {
  return { name, clusters: { [Symbol.iterator]: () => clusters.values() }, known: clusters.size, loose };
}

function absoluteErrors(predicted: Float64Array, actual: Float64Array): Float64Array {
  return predicted.map((minutes, i) => Math.abs(minutes - actual[i]!));
}
