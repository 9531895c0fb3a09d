import type { FeatureName } from '../features/features.js';
import { MOVING_FEATURES } from '../features/out-of-range.js';
import { contingencyTest } from '../statistics/contingency.js';
import { kolmogorovSmirnov } from '../statistics/kolmogorov-smirnov.js';
import { holmAdjusted } from '../statistics/multiple-testing.js';
import { driftThreshold, stabilityIndex } from '../statistics/population-stability.js';
import { probabilityOf, profileDistance, sampleOfDeciles } from '../statistics/profile-distance.js';
import { normalisedWasserstein } from '../statistics/wasserstein.js';
import { designEffect } from './design-effect.js';
import type { ScoredRow } from './scored-row.js';

/** What training or an earlier window looked like, against which the rows are held. */
export type Reference =
  | { readonly kind: 'profile'; readonly rows: number }
  | { readonly kind: 'window'; readonly rows: readonly ScoredRow[] };

/** The profile of one column, as the manifest keeps it. */
export interface Column {
  readonly name: FeatureName | 'prediction';
  readonly deciles: readonly number[];
  read(row: ScoredRow): number;
}

/** How far one input, or the prediction, is from its reference. */
export interface Drift {
  readonly name: string;
  readonly n: number;
  /** Independent values among those: bookings of one day share their weather. */
  readonly effective: number;
  readonly index: number;
  /** What chance exceeds once in a hundred at these sizes, at least 0.1. */
  readonly threshold: number;
  readonly distance: number;
  /** Kolmogorov–Smirnov, or chi-square for a category, by Holm over all columns tested. */
  readonly p: number;
  readonly test: 'kolmogorov-smirnov' | 'chi-square';
  /** In standard deviations of the reference; `null` where that does not vary. */
  readonly moved: number | null;
  readonly drifted: boolean;
  /** Mean of the reference and of the rows. */
  readonly referenceMean: number;
  readonly mean: number;
}

/** The null distribution of the stability index is unknown below. */
const LEAST = 100;
const MOST_CATEGORIES = 4;
const ALPHA = 0.005;

/** Compares every column that may be tested; too short ones and those that move anyway are left out. */
export function driftOf(
  rows: readonly ScoredRow[],
  columns: readonly Column[],
  reference: Reference,
): Drift[] {
  const tested = columns
    .filter(({ name }) => name === 'prediction' || !MOVING_FEATURES.has(name))
    .flatMap((column) => compared(rows, column, reference) ?? []);
  const adjusted = holmAdjusted(tested.map(({ p }) => p));
  return tested
    .map((drift, i) => ({
      ...drift,
      p: adjusted[i]!,
      drifted: adjusted[i]! <= ALPHA && drift.index > drift.threshold,
    }))
    .sort((a, b) => Number(b.drifted) - Number(a.drifted) || b.index / b.threshold - a.index / a.threshold);
}

function compared(rows: readonly ScoredRow[], column: Column, reference: Reference): Drift | null {
  const present = rows.filter((row) => Number.isFinite(column.read(row)));
  const current = Float64Array.from(present, column.read);
  const earlier =
    reference.kind === 'profile'
      ? sampleOfDeciles(column.deciles)
      : Float64Array.from(reference.rows, column.read).filter(Number.isFinite).sort();
  const count = reference.kind === 'profile' ? reference.rows : earlier.length;
  if (Math.min(current.length, count) < LEAST || (reference.kind === 'profile' && column.deciles.length < 3))
    return null;
  const effect = designEffect(
    current,
    present.map(({ day }) => day),
  );
  const sizes = { reference: count / effect, current: current.length / effect };
  const sorted = current.toSorted();
  const shape =
    reference.kind === 'profile'
      ? { ...profileDistance(column.deciles, sorted, sizes), test: 'kolmogorov-smirnov' as const }
      : sampleDistance(earlier, sorted, sizes);
  const { bins: _, ...measured } = shape;
  return {
    name: column.name,
    n: current.length,
    effective: sizes.current,
    ...measured,
    moved: normalisedWasserstein(earlier, sorted),
    drifted: false,
    referenceMean: mean(earlier),
    mean: mean(current),
  };
}

function sampleDistance(
  earlier: Float64Array,
  current: Float64Array,
  sizes: { reference: number; current: number },
) {
  const { distance } = kolmogorovSmirnov(earlier, current);
  const categories = [...new Set([...earlier, ...current])];
  const { index, bins } = stabilityIndex(earlier, current);
  const threshold = driftThreshold(sizes.reference, sizes.current, Math.max(2, bins));
  if (categories.length > MOST_CATEGORIES) {
    return {
      distance,
      index,
      bins,
      threshold,
      p: probabilityOf(distance, sizes),
      test: 'kolmogorov-smirnov' as const,
    };
  }
  const scaled = (values: Float64Array, size: number) =>
    categories.map(
      (category) => (values.filter((value) => value === category).length * size) / values.length,
    );
  const table = contingencyTest([scaled(earlier, sizes.reference), scaled(current, sizes.current)]);
  return {
    distance,
    index,
    bins,
    threshold,
    p: table.kind === 'tested' ? table.p : 1,
    test: 'chi-square' as const,
  };
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
