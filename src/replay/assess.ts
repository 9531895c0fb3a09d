import type { Manifest } from '../model/manifest.js';
import { rateEstimate } from '../statistics/binomial.js';
import type { Estimated } from '../statistics/estimate.js';
import { quantileOfSorted } from '../statistics/quantile.js';
import type { DimensionEstimate, WidestEstimate } from '../statistics/widest.js';
import { type ArmScores, type ArmSums, armScores } from './arm-sums.js';
import { type Comparison, comparePairs, type WilcoxonResult } from './compare.js';
import { type GateRow, replayGates } from './gates.js';
import { type ReplayPower, replayPower } from './power.js';
import type { Replay } from './replay.js';
import type { ExclusionCounts } from './selection.js';

/** The answer of `ab-test`: the same document on a terminal, as JSON and in a report. `null` is "not known". */
export interface AbTest extends ReplayPower {
  readonly n: number;
  readonly seed: number;
  /** True when any scored booking was simulated. */
  readonly simulated: boolean;
  readonly model: {
    readonly name: string;
    readonly version: string;
    readonly sha256: string;
    readonly simulated: boolean;
  };
  /** First and last scheduled time, ISO 8601 in UTC. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** Bookings in the window: all of them without one. */
  readonly inWindow: number;
  /** Share of those whose outcome is known. */
  readonly coverage: number | null;
  readonly excluded: ExclusionCounts;
  readonly arms: { readonly model: ArmResult | null; readonly heuristic: ArmResult | null };
  readonly improvement: IntervalResult;
  /** Mean of |model error| − |heuristic error|, minutes. */
  readonly difference: IntervalResult;
  /** `null` beyond 100,000 bookings, and where the arms differ nowhere. */
  readonly wilcoxon: WilcoxonResult | null;
  readonly verdict: 'better' | 'worse' | 'undecided';
  /** Why there is no interval to judge by; `null` when there is one. */
  readonly insufficient: string | null;
  readonly gates: readonly GateRow[];
  readonly predictionTimeMs: {
    readonly n: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
  } | null;
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

/** Judges a replay. Pure: the same replay and seed give the same document. */
export function assess(replayed: Replay, manifest: Manifest, seed: number): AbTest {
  const { scores } = replayed;
  const comparison = comparePairs(scores, seed);
  const { improvement, verdict } = comparison;
  return {
    n: scores.n,
    seed,
    simulated: replayed.simulated,
    model: {
      name: manifest.name,
      version: manifest.version,
      sha256: manifest.sha256,
      simulated: manifest.data.simulated,
    },
    period: period(replayed),
    inWindow: replayed.inWindow,
    coverage: replayed.inWindow === 0 ? null : replayed.settled / replayed.inWindow,
    excluded: replayed.excluded,
    arms: {
      model: armResult(replayed, comparison, 'model'),
      heuristic: armResult(replayed, comparison, 'heuristic'),
    },
    improvement: intervalResult(improvement),
    difference: intervalResult(comparison.meanDifference),
    wilcoxon: comparison.wilcoxon,
    verdict: verdict === 'insufficient' ? 'undecided' : verdict,
    insufficient: improvement.kind === 'insufficient' ? improvement.reason : null,
    ...replayPower(replayed, verdict),
    gates: replayGates(replayed, comparison),
    predictionTimeMs: timeQuantiles(replayed.latenciesMs),
  };
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
