import type { FeatureName } from '../features/features.js';
import { quantileOfSorted } from '../statistics/quantile.js';
import { t } from '../wording/t.js';
import type { ScoredRow } from './scored-row.js';

/** Something that is so for some bookings; `text` says it, as in `distance_km > 11.2`. */
export interface Condition {
  readonly feature: string;
  readonly text: string;
  holds(row: ScoredRow): boolean;
}

/** An input as people know it. */
export interface SliceColumn {
  readonly name: string;
  read(row: ScoredRow): number;
}

/** Inputs that mean something by themselves: no products, squares and angles of others. */
const PLAIN_FEATURES: readonly FeatureName[] = [
  'time_of_day',
  'day_of_week',
  'distance_km',
  'duration_seconds',
  'is_medical',
  'is_urgent',
  'is_round_trip',
  'driver_total_bookings',
  'traffic_density',
  'weather_factor',
  'driver_experience_level',
];
const MOST_CATEGORIES = 7;
const OUTER_PART = 0.2;
const SIGNIFICANT_DIGITS = 4;

/** The plain inputs of a model, by the names of its columns in order, and its prediction. */
export function sliceColumns(names: readonly FeatureName[]): SliceColumn[] {
  const columns = names.flatMap((name, column) =>
    PLAIN_FEATURES.includes(name) ? [{ name, read: ({ features }: ScoredRow) => features[column]! }] : [],
  );
  return [...columns, { name: 'prediction', read: ({ modelMinutes }) => modelMinutes }];
}

/** For each column: its single values where they are few, else its lowest and highest fifth; and its absence. */
export function conditionsOf(rows: readonly ScoredRow[], columns: readonly SliceColumn[]): Condition[] {
  return columns.flatMap((column) => {
    const values = Float64Array.from(rows, column.read).filter(Number.isFinite).sort();
    if (values.length === 0) return [];
    const distinct = [...new Set(values)];
    const missing = values.length < rows.length ? [isMissing(column)] : [];
    if (distinct.length === 1) return missing;
    if (distinct.length <= MOST_CATEGORIES)
      return [...missing, ...distinct.map((value) => is(column, value))];
    const [low, high] = [quantileOfSorted(values, OUTER_PART), quantileOfSorted(values, 1 - OUTER_PART)];
    return [...missing, atMost(column, low), above(column, high)];
  });
}

export function atMost({ name, read }: SliceColumn, edge: number): Condition {
  return { feature: name, text: `${name} ≤ ${shown(edge)}`, holds: (row) => read(row) <= edge };
}

export function above({ name, read }: SliceColumn, edge: number): Condition {
  return { feature: name, text: `${name} > ${shown(edge)}`, holds: (row) => read(row) > edge };
}

function is({ name, read }: SliceColumn, value: number): Condition {
  return { feature: name, text: `${name} = ${shown(value)}`, holds: (row) => read(row) === value };
}

function isMissing({ name, read }: SliceColumn): Condition {
  return { feature: name, text: t`${name} unknown`, holds: (row) => !Number.isFinite(read(row)) };
}

/** Inputs are 32-bit numbers: 0.8 would read 0.800000011920929. */
function shown(value: number): string {
  return String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}
