/** A table, whose first columns, so many as `words` says, hold words, and the others numbers. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  words = 1,
): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;
  const rule = head.map((_, i) => (i < words ? '---' : '---:'));
  return [line(head), `|${rule.join('|')}|`, ...rows.map(line), ''];
}

/** Nothing of a name is to be taken for markup. */
export function markdownText(raw: string): string {
  return raw.replaceAll(/[\\|`*_<>[\]]/g, (mark) => `\\${mark}`).replaceAll('\n', ' ');
}
