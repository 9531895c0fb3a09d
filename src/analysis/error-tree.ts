import { quantileOfSorted } from '../statistics/quantile.js';
import { t } from '../wording/t.js';
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

/** What was grown: a split and its two sides, or a leaf. */
export interface GrownNode {
  readonly condition: Candidate | null;
  readonly children: readonly GrownNode[];
}

/** Regression tree by the largest fall in squared deviation; unknown values go with the small ones. */
export function growTree({ found }: Halves, columns: readonly SliceColumn[]): GrownNode {
  return grow(null, found, columns, DEPTH);
}

function grow(
  condition: Candidate | null,
  found: readonly ScoredRow[],
  columns: readonly SliceColumn[],
  depth: number,
): GrownNode {
  const split = depth === 0 ? null : bestSplit(found, columns);
  const sides = split === null ? [] : sidesOf(split);
  return {
    condition,
    children: sides.map((side) => grow(side, found.filter(side.holds), columns, depth - 1)),
  };
}

/** The tree with the figures of the half that it was not grown on. */
export function errorTree({ condition, children }: GrownNode, tested: readonly ScoredRow[]): ErrorNode {
  const mean = (of: (row: ScoredRow) => number) =>
    tested.length === 0 ? null : tested.reduce((sum, row) => sum + of(row), 0) / tested.length;
  return {
    text: condition?.text ?? null,
    n: tested.length,
    mae: mean(absoluteErrorOf),
    bias: mean(errorOf),
    children: children.map((child) => errorTree(child, tested.filter(child.condition!.holds))),
  };
}

/** The leaves as slices, each with all that leads to it; none of a tree that did not grow. */
export function leavesOf({ children }: GrownNode, path: readonly Candidate[] = []): Candidate[] {
  return children.flatMap((child) => {
    const parts = [...path, child.condition!];
    if (child.children.length > 0) return leavesOf(child, parts);
    return [
      {
        text: parts.map(({ text }) => text).join(t` and `),
        holds: (row) => parts.every(({ holds }) => holds(row)),
      },
    ];
  });
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
