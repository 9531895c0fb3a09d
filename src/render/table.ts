import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import { wrapped } from './wrapped.js';

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

/** Of a last column whose texts go on below. */
const NARROWEST_TEXT = 20;

/**
 * Columns as wide as their widest cells, without a box: a table for terminals of 80 columns. Where it is wider than the
 * terminal, the texts of the last column go on below; {@link plainRows} where that leaves them no room. A row of one cell
 * is a title, which may reach over the columns.
 */
export function alignedRows(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((cells) => widthInColumn(cells, i))));
  const taken = widths.reduce((sum, width) => sum + width, 0);
  const gap = GAPS.find((one) => taken + one.length * (widths.length - 1) <= columns);
  if (gap === undefined) return rowsWithText(all, widths, columns) ?? plainRows(head, rows);
  return all.map((cells) => paddedRow(cells, widths, gap));
}

function widthInColumn(cells: readonly string[], i: number): number {
  return cells.length === 1 ? 0 : seenLength(cells[i] ?? '');
}

function paddedRow(cells: readonly string[], widths: readonly number[], gap: string): string {
  const padded = cells.map((cell, i) => cell + ' '.repeat(Math.max(0, widths[i]! - seenLength(cell))));
  return padded.join(gap).trimEnd();
}

/** `null` where the last column has no room, or colours, which would be torn. */
function rowsWithText(
  all: readonly (readonly string[])[],
  widths: readonly number[],
  columns: number,
): string[] | null {
  const [gap = ''] = GAPS;
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + gap.length, 0);
  const texts = all.map((cells) => (cells.length < widths.length ? '' : cells.at(-1)!));
  if (columns - before < NARROWEST_TEXT || texts.some((text) => seenLength(text) < text.length)) return null;
  return all.flatMap((cells, row) => {
    const [first = '', ...more] = wrapped(texts[row]!, columns - before, '');
    const line = paddedRow(cells.length < widths.length ? cells : cells.with(-1, first), widths, gap);
    return [line, ...more.map((text) => ' '.repeat(before) + text)];
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
