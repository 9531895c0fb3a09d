import { quantileOfSorted } from '../statistics/quantile.js';
import { above, atMost, type SliceColumn } from './conditions.js';
import type { Halves } from './halves.js';
import { absoluteErrorOf, errorOf, type ScoredRow } from './scored-row.js';
import type { Candidate } from './slices.js';

/** A tree of |error|: grown on one half of the days, with the figures of the other. */
export interface ErrorNode {
  /** What holds of these bookings and not of the sibling's; `null` at the root. */
  readonly text: string | null;
  /** Of the half that the tree was not grown on. */
  readonly n: number;
  /** `null` where none of them came here. */
  readonly mae: number | null;
  readonly bias: number | null;
  /** None, or two. */
  readonly children: readonly ErrorNode[];
}

const DEPTH = 3;
const LEAST_BOOKINGS = 20;
const DECILES = 10;

interface Split {
  readonly column: SliceColumn;
  readonly edge: number;
  readonly gain: number;
}

/** Regression tree by the largest fall in squared deviation; unknown values go with the small ones. */
export function errorTree({ found, tested }: Halves, columns: readonly SliceColumn[]): ErrorNode {
  return grow(null, found, tested, columns, DEPTH);
}

/** The leaves as slices, each with all that leads to it. */
export function leavesOf({ found }: Halves, columns: readonly SliceColumn[]): Candidate[] {
  return leaves(found, columns, DEPTH, []).filter(({ text }) => text !== '');
}

function grow(
  text: string | null,
  found: readonly ScoredRow[],
  tested: readonly ScoredRow[],
  columns: readonly SliceColumn[],
  depth: number,
): ErrorNode {
  const split = depth === 0 ? null : bestSplit(found, columns);
  const mean = (of: (row: ScoredRow) => number) =>
    tested.length === 0 ? null : tested.reduce((sum, row) => sum + of(row), 0) / tested.length;
  const children =
    split === null
      ? []
      : sidesOf(split).map((side) =>
          grow(side.text, found.filter(side.holds), tested.filter(side.holds), columns, depth - 1),
        );
  return { text, n: tested.length, mae: mean(absoluteErrorOf), bias: mean(errorOf), children };
}

function leaves(
  found: readonly ScoredRow[],
  columns: readonly SliceColumn[],
  depth: number,
  path: readonly Candidate[],
): Candidate[] {
  const split = depth === 0 ? null : bestSplit(found, columns);
  if (split === null) {
    return [
      {
        text: path.map(({ text }) => text).join(' and '),
        holds: (row) => path.every(({ holds }) => holds(row)),
      },
    ];
  }
  return sidesOf(split).flatMap((side) =>
    leaves(found.filter(side.holds), columns, depth - 1, [...path, side]),
  );
}

function sidesOf({ column, edge }: Split): [Candidate, Candidate] {
  const larger = above(column, edge);
  return [{ text: atMost(column, edge).text, holds: (row) => !larger.holds(row) }, larger];
}

function bestSplit(rows: readonly ScoredRow[], columns: readonly SliceColumn[]): Split | null {
  if (rows.length < 2 * LEAST_BOOKINGS) return null;
  const errors = Float64Array.from(rows, absoluteErrorOf);
  let best: Split | null = null;
  for (const column of columns) {
    const values = Float64Array.from(rows, column.read);
    for (const edge of edgesOf(values)) {
      const gain = gainOf(values, errors, edge);
      if (gain > (best?.gain ?? 0)) best = { column, edge, gain };
    }
  }
  return best;
}

function edgesOf(values: Float64Array): Set<number> {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return new Set();
  return new Set(Array.from({ length: DECILES - 1 }, (_, i) => quantileOfSorted(sorted, (i + 1) / DECILES)));
}

/** By how much two means fit better than one; 0 where a side has too few. */
function gainOf(values: Float64Array, errors: Float64Array, edge: number): number {
  let [count, sum, total] = [0, 0, 0];
  for (let i = 0; i < values.length; i += 1) {
    total += errors[i]!;
    if (!(values[i]! > edge)) continue;
    count += 1;
    sum += errors[i]!;
  }
  const rest = values.length - count;
  if (Math.min(count, rest) < LEAST_BOOKINGS) return 0;
  return sum ** 2 / count + (total - sum) ** 2 / rest - total ** 2 / values.length;
}
