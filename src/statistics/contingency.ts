import { t } from '../wording/t.js';
import { type Insufficient, insufficient } from './estimate.js';
import { chiSquareTail } from './special-functions.js';

export interface ContingencyTest {
  readonly kind: 'tested';
  readonly chiSquare: number;
  readonly degrees: number;
  readonly p: number;
}

/**
 * Chi-square test of independence of a table of counts, rows by columns; rows and columns without any count
 * are left out. A 2 × 2 table has Yates' correction. Source: Pearson (1900); Yates, JRSS Supplement 1 (1934).
 */
export function contingencyTest(table: readonly (readonly number[])[]): ContingencyTest | Insufficient {
  const rows = table.map(total);
  const columns = (table[0] ?? []).map((_, j) => total(table.map((row) => row[j]!)));
  if (filled(rows) < 2 || filled(columns) < 2) return insufficient(t`the counts fall in one category`);
  const degrees = (filled(rows) - 1) * (filled(columns) - 1);
  const correction = degrees === 1 ? 0.5 : 0;
  const all = total(rows);
  const terms = table.flatMap((row, i) =>
    row.map((count, j) => deviance(count, (rows[i]! * columns[j]!) / all, correction)),
  );
  const chiSquare = total(terms);
  return { kind: 'tested', chiSquare, degrees, p: chiSquareTail(chiSquare, degrees) };
}

function deviance(count: number, expected: number, correction: number): number {
  if (expected === 0) return 0;
  const distance = Math.abs(count - expected);
  return (distance - Math.min(correction, distance)) ** 2 / expected;
}

function filled(totals: readonly number[]): number {
  return totals.filter((count) => count > 0).length;
}

function total(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
