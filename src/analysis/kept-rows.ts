import { reservoir } from '../statistics/reservoir.js';
import { absoluteErrorOf, type ScoredRow } from './scored-row.js';

/** What is left of scored rows once they have passed: no more memory for a million of them than for fifty thousand. */
export interface KeptRows {
  /** How many passed. */
  readonly n: number;
  /** A random choice of at most {@link MOST_ANALYSED}, in their order. */
  readonly rows: readonly ScoredRow[];
  /** The largest errors of all, largest first. */
  readonly worst: readonly ScoredRow[];
  /** Of all, in minutes; `null` where none passed. */
  readonly meanPrediction: number | null;
  /** First and last scheduled time; `null` in tables without times. */
  readonly period: { readonly fromMs: number; readonly toMs: number } | null;
}

export interface RowKeeper {
  add(row: ScoredRow): void;
  kept(): KeptRows;
}

/** More would take minutes, and show nothing that so many do not. */
export const MOST_ANALYSED = 50_000;

/** Keeps `worst` rows of the largest errors beside the random choice that `seed` makes. */
export function rowKeeper({ seed, worst }: { seed: number; worst: number }): RowKeeper {
  const chosen = reservoir<ScoredRow>(MOST_ANALYSED, seed);
  const farthest = largestErrors(worst);
  let [n, sum, firstMs, lastMs] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    add(row) {
      n += 1;
      sum += row.modelMinutes;
      chosen.add(row);
      farthest.add(row);
      if (row.atMs === null) return;
      firstMs = Math.min(firstMs, row.atMs);
      lastMs = Math.max(lastMs, row.atMs);
    },
    kept: () => ({
      n,
      rows: chosen.items(),
      worst: farthest.rows(),
      meanPrediction: n === 0 ? null : sum / n,
      period: firstMs > lastMs ? null : { fromMs: firstMs, toMs: lastMs },
    }),
  };
}

/** So many more than are wanted wait, and are sorted away at once. */
const WAITING = 1000;

function largestErrors(count: number) {
  let rows: ScoredRow[] = [];
  const cut = () => {
    rows = rows.sort((a, b) => absoluteErrorOf(b) - absoluteErrorOf(a)).slice(0, count);
  };
  return {
    add(row: ScoredRow): void {
      rows.push(row);
      if (rows.length >= count + WAITING) cut();
    },
    rows(): readonly ScoredRow[] {
      cut();
      return rows;
    },
  };
}
