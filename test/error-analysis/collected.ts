import type { ScoredRow } from '../../src/analysis/scored-row.js';
import type { RowSinks } from '../../src/error-analysis/replayed-rows.js';

/** Sinks that hold every row, which is what few of them need. */
export function collected() {
  const rows: ScoredRow[] = [];
  const baseline: ScoredRow[] = [];
  const sinks: RowSinks = { row: (row) => void rows.push(row), earlier: (row) => void baseline.push(row) };
  return { rows, baseline, sinks };
}
