import type { Manifest } from '../model/manifest.js';
import { type Insufficient, insufficient } from '../statistics/estimate.js';
import { type Calibration, calibrationOf } from './calibration.js';
import { sliceColumns } from './conditions.js';
import { type Demand, demandIn } from './demand.js';
import { type Column, type Drift, driftOf, type Reference } from './drift.js';
import { type DriftDay, driftDays } from './drift-days.js';
import { type ErrorSummary, errorSummary } from './error-summary.js';
import { type ErrorNode, errorTree, growTree, leavesOf } from './error-tree.js';
import { honestHalves } from './halves.js';
import { type NewDrivers, newDrivers } from './new-drivers.js';
import type { Asked, ScoredRow } from './scored-row.js';
import { type Shares, sharesOf } from './shares.js';
import { type ErrorsOverTime, errorsOverTime } from './shifts.js';
import { candidateSlices, excessOver, type Slice, testSlices } from './slices.js';
import { type WeatherContrast, weatherContrast } from './weather-contrast.js';

/** Everything that can be said of the errors, before anybody asks why. */
export interface Findings {
  readonly summary: ErrorSummary;
  readonly overTime: ErrorsOverTime;
  readonly demand: Demand | Insufficient;
  readonly newDrivers: NewDrivers | Insufficient;
  readonly weather: WeatherContrast | Insufficient;
  /** Share of bookings in severe weather. */
  readonly severeShare: number;
  readonly shares: Shares;
  readonly calibration: Calibration | Insufficient;
  readonly drift: readonly Drift[];
  /** Day by day, where a day has enough bookings. */
  readonly driftDays: readonly DriftDay[];
  readonly slices: readonly Slice[];
  readonly tree: ErrorNode;
}

export interface AnalysisRequest {
  readonly rows: readonly ScoredRow[];
  readonly asked: Asked;
  readonly manifest: Manifest;
  /** Rows of an earlier window to hold these against; without, what the manifest keeps of training. */
  readonly baseline: readonly ScoredRow[] | null;
  readonly seed: number;
}

/** Fewer settled bookings than this say nothing that is worth a table. */
export const LEAST_BOOKINGS = 100;
/** Where training had hardly any but fine weather. */
const LEAST_SEVERE = 0.55;
const NINTH_DECILE = 9;

/** Of at least {@link LEAST_BOOKINGS} rows. Pure: the same rows and seed give the same findings. */
export function analyse({ rows, asked, manifest, baseline, seed }: AnalysisRequest): Findings {
  const names = manifest.features.map(({ name }) => name);
  const columns = sliceColumns(names);
  const drifting = columnsOf(manifest, baseline !== null);
  const reference = referenceOf(manifest, baseline);
  const halves = honestHalves(rows, seed);
  const excess = excessOver(rows);
  const overTime = errorsOverTime(rows, seed);
  const thresholds = severeThresholds(manifest);
  const tree = growTree(halves, columns);
  const candidates = [...candidateSlices(halves, columns, excess), ...leavesOf(tree)];
  return {
    summary: errorSummary(rows, seed),
    overTime,
    demand:
      overTime.biasShift.kind === 'tested'
        ? demandIn(asked.perDay, overTime.biasShift)
        : insufficient(overTime.biasShift.reason),
    newDrivers: newDrivers(rows, seed),
    weather: weatherContrast(rows, thresholds),
    severeShare: rows.filter(({ weatherFactor }) => weatherFactor > thresholds[0]!).length / rows.length,
    shares: sharesOf(rows, asked),
    calibration: calibrationOf(rows, manifest.interval?.level ?? null, seed),
    drift: driftOf(rows, drifting, reference),
    driftDays: driftDays(rows, drifting, reference),
    slices: testSlices(halves, candidates, excess),
    tree: errorTree(tree, halves.tested),
  };
}

/** What nine in ten of training stayed below, and half the way from there to its worst. */
function severeThresholds({ features }: Manifest): readonly [number, number] {
  const profile = features.find(({ name }) => name === 'weather_factor');
  const severe = Math.max(LEAST_SEVERE, profile?.quantiles[NINTH_DECILE] ?? LEAST_SEVERE);
  return [severe, (severe + Math.max(severe, profile?.max ?? 1)) / 2];
}

/** Every input, and the prediction where there is something to hold it against. */
export function columnsOf({ features, output }: Manifest, hasBaseline: boolean): Column[] {
  const inputs = features.map(({ name, quantiles }, column): Column => {
    return { name, deciles: quantiles, read: (row) => row.features[column]! };
  });
  const deciles = output.quantiles ?? [];
  const prediction: Column = { name: 'prediction', deciles, read: ({ modelMinutes }) => modelMinutes };
  return hasBaseline || deciles.length > 0 ? [...inputs, prediction] : inputs;
}

/** What training looked like, or the rows of a baseline. */
export function referenceOf({ data, metrics }: Manifest, baseline: readonly ScoredRow[] | null): Reference {
  return baseline === null
    ? { kind: 'profile', rows: metrics.train?.n ?? data.rows }
    : { kind: 'window', rows: baseline };
}
