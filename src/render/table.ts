import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';

interface TableOptions {
  /** Of the terminal. */
  readonly columns: number;
  /** Whether lines part the rows. */
  readonly ruled: boolean;
}

/** A line between any two rows would double the height for nothing. */
const NO_RULES = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

/** A table in a box; where the terminal is too narrow for that, {@link plainRows}. */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { columns, ruled }: TableOptions,
): string {
  const chars = ruled ? {} : { chars: NO_RULES };
  const table = new Table({ head: [...head], ...chars, style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  const box = table.toString();
  const [border = ''] = box.split('\n');
  return border.length <= columns ? box : plainRows(head, rows).join('\n');
}

const GAPS = ['  ', ' '];

/**
 * Columns as wide as their widest cells, without a box: a table for terminals of 80 columns. {@link plainRows} where it
 * is wider than the terminal still.
 */
export function alignedRows(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((cells) => seenLength(cells[i] ?? ''))));
  const taken = widths.reduce((sum, width) => sum + width, 0);
  const gap = GAPS.find((one) => taken + one.length * (widths.length - 1) <= columns);
  if (gap === undefined) return [...plainRows(head, rows)];
  return all.map((cells) => {
    const padded = cells.map((cell, i) => cell + ' '.repeat(widths[i]! - seenLength(cell)));
    return padded.join(gap).trimEnd();
  });
}

/** Colour codes have no width on the screen, but they have a length. */
function seenLength(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** Each row as lines: its first cell, then the others below with the names of their columns. */
export function plainRows(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...head.slice(1).map((name) => name.length));
  return rows.flatMap(([first = '', ...cells]) => [
    first,
    ...cells.map((cell, i) => `  ${(head[i + 1] ?? '').padEnd(width)}  ${cell}`),
  ]);
}
