/** Anything that is no character of a line: breaks, tabs, escapes for a terminal, marks that turn the direction, halves of a pair. */
const NOT_OF_A_LINE = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/**
 * A text as one line of at most `most` characters. Whatever it came from, it can begin no line, no header and no sequence of
 * a terminal.
 */
export function oneLine(text: string, most: number): string {
  const line = text.replace(NOT_OF_A_LINE, ' ').replace(/ {2,}/g, ' ').trim();
  if (line.length <= most) return line;
  // By code points: half a pair would be no text at all.
  let cut = '';
  for (const character of line) {
    if (cut.length + character.length >= most) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}
