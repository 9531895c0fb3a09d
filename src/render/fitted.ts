import { displayWidth } from './display-width.js';

/** Deeper than this share of the terminal, a label leaves no room for what stands beside it. */
const DEEPEST = 0.5;
const USUAL_INDENT = 2;
/** What stays together: a command in backquotes, to be copied; an interval; a number with its sign of a percentage. */
const WORD = /`[^`]{1,40}`[^ ]*|\[[^[\]]{1,30}\][^ ]*|[^ ]+(?: %[^ ]*)?/g;

/**
 * A text of finished lines for a terminal of that width: what would be cut in the middle of a word goes on below, under
 * the text beside its label. Documents and commands, which are there to be copied, and boxes stay as they are.
 */
export function fitted(text: string, columns: number): string {
  if (!Number.isFinite(columns) || /^\s*[{[]/.test(text)) return text;
  return text
    .split('\n')
    .flatMap((line) => fittedLine(line, columns))
    .join('\n');
}

function fittedLine(line: string, columns: number): string[] {
  if (displayWidth(line) <= columns || /^\s*(atmr-ml|npm) |[│┌└]/.test(line)) return [line];
  const indent = ' '.repeat(indentOf(line, columns));
  const lines: string[] = [];
  let current = '';
  let end = 0;
  for (const { 0: word, index } of line.matchAll(WORD)) {
    const longer = current + line.slice(end, index) + word;
    if (current.trim() !== '' && displayWidth(longer) > columns) {
      lines.push(current);
      current = indent + word;
    } else current = longer;
    end = index + word.length;
  }
  return [...lines, current];
}

/** Where the text beside the first label begins; a line without a label goes on a little to the right of its begin. */
function indentOf(line: string, columns: number): number {
  const label = /^\s*\S(?:(?! {2}).)*? {2,}(?=\S)/.exec(line)?.[0];
  const beside = label === undefined ? Number.POSITIVE_INFINITY : displayWidth(label);
  if (beside <= columns * DEEPEST) return beside;
  return displayWidth(/^\s*/.exec(line)![0]) + USUAL_INDENT;
}
