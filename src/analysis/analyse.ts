import type { FeatureName } from '../features/features.js';
import type { Manifest } from '../model/manifest.js';
import { type Insufficient, insufficient } from '../statistics/estimate.js';
import { type Calibration, calibrationOf } from './calibration.js';
import { sliceColumns } from './conditions.js';
import { type Demand, demandIn } from './demand.js';
import { type Column, type Drift, driftOf, type Reference } from './drift.js';
import { type ErrorSummary, errorSummary } from './error-summary.js';
import { type ErrorNode, errorTree, leavesOf } from './error-tree.js';
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
  const halves = honestHalves(rows, seed);
  const excess = excessOver(rows);
  const overTime = errorsOverTime(rows, seed);
  const above = severeAbove(manifest);
  const candidates = [...candidateSlices(halves, columns, excess), ...leavesOf(halves, columns)];
  return {
    summary: errorSummary(rows, seed),
    overTime,
    demand:
      overTime.biasShift.kind === 'tested'
        ? demandIn(asked.perDay, overTime.biasShift)
        : insufficient(overTime.biasShift.reason),
    newDrivers: newDrivers(rows, seed),
    weather: weatherContrast(rows, above),
    severeShare: rows.filter(({ weatherFactor }) => weatherFactor > above).length / rows.length,
    shares: sharesOf(rows, asked),
    calibration: calibrationOf(rows, manifest.interval?.level ?? null, seed),
    drift: driftOf(rows, columnsOf(manifest, baseline !== null), referenceOf(manifest, baseline)),
    slices: testSlices(halves, candidates, excess),
    tree: errorTree(halves, columns),
  };
}

function severeAbove({ features }: Manifest): number {
  const profile = features.find(({ name }) => name === 'weather_factor');
  return Math.max(LEAST_SEVERE, profile?.quantiles[NINTH_DECILE] ?? LEAST_SEVERE);
}

/** The manifest keeps no profile of its predictions, so these need a baseline. */
function columnsOf({ features }: Manifest, hasBaseline: boolean): Column[] {
  const inputs = features.map(({ name, quantiles }, column): Column => {
    return { name, deciles: quantiles, read: (row) => row.features[column]! };
  });
  const prediction: Column = { name: 'prediction', deciles: [], read: ({ modelMinutes }) => modelMinutes };
  return hasBaseline ? [...inputs, prediction] : inputs;
}

function referenceOf({ data }: Manifest, baseline: readonly ScoredRow[] | null): Reference {
  return baseline === null ? { kind: 'profile', rows: data.rows } : { kind: 'window', rows: baseline };
}

/** The names of inputs that drifted. */
export function driftedNames(drift: readonly Drift[]): (FeatureName | string)[] {
  return drift.filter(({ drifted }) => drifted).map(({ name }) => name);
}
