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

/** Each row as lines: its first cell, then the others below with the names of their columns. */
export function plainRows(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...head.slice(1).map((name) => name.length));
  return rows.flatMap(([first = '', ...cells]) => [
    first,
    ...cells.map((cell, i) => `  ${(head[i + 1] ?? '').padEnd(width)}  ${cell}`),
  ]);
}
