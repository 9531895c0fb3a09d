/**
 * The bones of a page, in order: its headings by level, its code blocks without what is quoted in them, its tables with
 * the guide's own words and the commands of each row. Two languages of one page have the same.
 */
export function structureOf(text: string): string[] {
  const bones: string[] = [];
  let block: string[] | null = null;
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) {
      if (block !== null) bones.push(block.join('\n'));
      block = block === null ? [line] : null;
    } else if (block !== null) block.push(unquoted(line));
    else if (/^#+ /.test(line)) bones.push(line.replace(/ .*/, ''));
    else if (line.startsWith('|')) bones.push(rowBones(line));
  }
  return bones;
}

/** How many cells a row has, and the commands and addresses in it. */
function rowBones(line: string): string {
  const cells = line.split(/(?<!\\)\|/).length - 2;
  const spans = [...line.matchAll(/`([^`]+)`/g)].map(([, span = '']) => unquoted(span));
  return [cells, ...spans.filter((span) => /^(atmr-ml|docker|curl|http|GET|POST) /.test(span))].join(' | ');
}

function unquoted(text: string): string {
  return text.replace(/"[^"]*"/g, 'TEXT').replace(/ +#.*$/, '');
}
