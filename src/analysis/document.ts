import { dayLabel } from '../booking/local-time.js';
import type { Explanation } from '../model/explain.js';
import type { Manifest } from '../model/manifest.js';
import type { Estimated, Insufficient } from '../statistics/estimate.js';
import { t } from '../wording/t.js';
import type { Findings } from './analyse.js';
import type { Cause } from './causes/cause.js';
import { heldDrift } from './drift-days.js';
import type { ErrorNode } from './error-tree.js';
import type { KeptRows } from './kept-rows.js';
import { type Asked, errorOf, type ScoredRow } from './scored-row.js';
import type { Shift } from './shifts.js';

/** The answer of `analyze-errors`: the same document on a terminal, as JSON and in a report. `null` is "not known". */
export interface ErrorAnalysis {
  readonly verdict: 'findings' | 'nothing_found' | 'not_enough_data';
  readonly n: number;
  /** Of those, how many were analysed: a random choice where there are very many. */
  readonly analysed: number;
  /** Settled bookings still needed; `null` where there are enough. */
  readonly needed: number | null;
  readonly seed: number;
  readonly simulated: boolean;
  readonly source: { readonly name: string; readonly shipped: boolean };
  readonly model: { readonly name: string; readonly version: string; readonly simulated: boolean };
  /** First and last scheduled time, ISO 8601 in UTC. */
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly baseline: { readonly n: number } | null;
  readonly excluded: Readonly<Record<string, number>>;
  /** Likely causes, most telling first; empty where nothing was found. */
  readonly causes: readonly Cause[];
  /** What could not be tested, and why. */
  readonly untested: readonly string[];
  readonly details: Details | null;
}

/** Everything that was measured. Errors are predicted − actual, in minutes. */
export interface Details {
  readonly mae: Interval;
  readonly rmse: Interval;
  readonly r2: Interval;
  readonly bias: Interval;
  readonly heuristicMae: number;
  readonly accuracyRate: number;
  readonly missRate: number;
  readonly quantiles: Findings['summary']['quantiles'];
  readonly absoluteQuantiles: Findings['summary']['absoluteQuantiles'];
  readonly histogram: Findings['summary']['histogram'];
  readonly perDay: readonly { readonly day: string; readonly bias: number }[];
  readonly shift: ShiftResult | null;
  readonly worst: readonly WorstBooking[];
  readonly slices: Findings['slices'];
  readonly tree: ErrorNode;
  readonly coverage: (Interval & { readonly level: number }) | null;
  readonly coverageByWidth: readonly {
    readonly n: number;
    readonly meanWidthMinutes: number;
    readonly covered: number;
  }[];
  readonly confidence: readonly {
    readonly n: number;
    readonly promised: number;
    readonly observed: number;
    readonly mae: number;
  }[];
  readonly confidenceVersusError: number | null;
  readonly drift: Findings['drift'];
  readonly driftHeld: readonly string[];
  /** Mean prediction, and that of training where the model tells. */
  readonly prediction: { readonly mean: number; readonly trainingMean: number | null };
  readonly shares: readonly ShareResult[];
  readonly failures: Asked['failures'];
  readonly weatherReasons: Asked['weatherReasons'];
  readonly newDrivers: Findings['newDrivers'];
  readonly weather: Findings['weather'];
  readonly demand: Findings['demand'];
}

export interface Interval {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface ShiftResult {
  readonly from: string;
  readonly to: string;
  readonly lasting: boolean;
  readonly inside: number;
  readonly outside: number;
  readonly p: number;
}

export interface ShareResult extends Interval {
  readonly name: string;
  readonly count: number;
  readonly of: number;
  readonly limit: number;
}

/** A booking by its id, with what moved its prediction. */
export interface WorstBooking {
  readonly bookingId: string;
  readonly at: string | null;
  readonly predicted: number;
  readonly heuristic: number;
  readonly actual: number;
  readonly error: number;
  readonly confidence: number | null;
  readonly outOfRange: readonly string[];
  readonly factors: readonly { readonly name: string; readonly minutes: number }[];
}

export function detailsOf(
  findings: Findings,
  asked: Asked,
  worst: readonly WorstBooking[],
  prediction: Details['prediction'],
): Details {
  const { summary, overTime, calibration } = findings;
  const known = 'kind' in calibration ? null : calibration;
  return {
    mae: intervalOf(summary.metrics.mae),
    rmse: intervalOf(summary.metrics.rmse),
    r2: intervalOf(summary.metrics.r2),
    bias: intervalOf(summary.metrics.bias),
    heuristicMae: summary.heuristicMae,
    accuracyRate: summary.accuracyRate,
    missRate: summary.missRate,
    quantiles: summary.quantiles,
    absoluteQuantiles: summary.absoluteQuantiles,
    histogram: summary.histogram,
    perDay: overTime.series.days.map((day, i) => ({ day: dayLabel(day), bias: overTime.series.values[i]! })),
    shift: overTime.biasShift.kind === 'tested' ? shiftResult(overTime.biasShift) : null,
    worst,
    slices: findings.slices,
    tree: findings.tree,
    coverage: known === null ? null : { ...intervalOf(known.coverage), level: known.level },
    coverageByWidth: known?.byWidth ?? [],
    confidence: known?.byConfidence ?? [],
    confidenceVersusError: known?.confidenceVersusError ?? null,
    drift: findings.drift,
    driftHeld: heldDrift(findings.driftDays),
    prediction,
    shares: Object.entries(findings.shares).map(([name, { count, of, limit, estimate }]) => {
      return { name, count, of, limit, ...intervalOf(estimate) };
    }),
    failures: asked.failures,
    weatherReasons: asked.weatherReasons,
    newDrivers: findings.newDrivers,
    weather: findings.weather,
    demand: findings.demand,
  };
}

/** What the data were too few, or of the wrong kind, to test. */
export function untestedOf({ overTime, newDrivers, weather, calibration, drift }: Findings): string[] {
  const parts: [string, object | Insufficient][] = [
    [t`a change over time`, overTime.biasShift],
    [t`new drivers`, newDrivers],
    [t`severe weather`, weather],
    [t`intervals and confidence`, calibration],
  ];
  const untested = parts.flatMap(([name, part]) => ('reason' in part ? [t`${name}: ${part.reason}`] : []));
  return drift.length > 0
    ? untested
    : [...untested, t`drift: the model has no profile of what it learned from`];
}

export function worstBooking(row: ScoredRow, explanation: Explanation | null): WorstBooking {
  return {
    bookingId: row.bookingId,
    at: row.atMs === null ? null : new Date(row.atMs).toISOString(),
    predicted: row.modelMinutes,
    heuristic: row.heuristicMinutes,
    actual: row.actualMinutes,
    error: errorOf(row),
    confidence: row.confidence,
    outOfRange: row.outOfRange,
    factors: explanation?.factors ?? [],
  };
}

export function modelOf({ name, version, data }: Manifest): ErrorAnalysis['model'] {
  return { name, version, simulated: data.simulated };
}

export function periodOf({ period }: KeptRows): ErrorAnalysis['period'] {
  if (period === null) return null;
  return { from: new Date(period.fromMs).toISOString(), to: new Date(period.toMs).toISOString() };
}

function shiftResult({ firstDay, lastDay, lasting, inside, outside, p }: Shift): ShiftResult {
  return { from: dayLabel(firstDay), to: dayLabel(lastDay), lasting, inside, outside, p };
}

function intervalOf(estimated: Estimated): Interval {
  if (estimated.kind === 'insufficient') return { value: null, lower: null, upper: null };
  const { lower, upper } = estimated.interval;
  return { value: estimated.value, lower, upper };
}
