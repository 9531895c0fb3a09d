/** A table, whose first columns, so many as `words` says, hold words, and the others numbers. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  words = 1,
): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(inline).join(' | ')} |`;
  const rule = head.map((_, i) => (i < words ? '---' : '---:'));
  return [line(head), `|${rule.join('|')}|`, ...rows.map(line), ''];
}

/** A text in which nothing is markup, whatever it begins with. */
export function markdownText(raw: string): string {
  return inline(raw).replace(/^\s*>/, (start) => start.replace('>', '\\>'));
}

/**
 * Nothing of a name is to be taken for markup, and no more is escaped than that takes: it is read as it is, too. A bracket
 * is one only where it can begin a link, and a sign only where it can begin a tag.
 */
function inline(raw: string): string {
  const marks = /\](?=[[(:])/.test(raw) ? /[\\|`*_[\]]/g : /[\\|`*_]/g;
  return raw
    .replaceAll(marks, (mark) => `\\${mark}`)
    .replaceAll(/<(?=[A-Za-z/!?])/g, '\\<')
    .replaceAll('\n', ' ');
}
