import { t } from '../wording/t.js';
import { cutToColumns, displayWidth } from './display-width.js';
import { counted } from './number.js';

/** Of a terminal, in letters. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

const moveTo = (row: number) => `\u001B[${row + 1};1H`;
const ERASE_TO_END_OF_LINE = '\u001B[K';
const ERASE_BELOW = '\u001B[J';
/** What comes between is shown at once; terminals that do not know it show it as it comes. */
const TOGETHER = { begin: '\u001B[?2026h', end: '\u001B[?2026l' };

/** The lines that fit; where there are more, the last one says how many. `mark` stands for what is cut off. */
export function fittedFrame(lines: readonly string[], { columns, rows }: ScreenSize, mark: string): string[] {
  const shown = lines.length <= rows ? lines.length : Math.max(0, rows - 1);
  const rest = lines.length - shown;
  const more = rest === 0 ? [] : [t`${mark} ${counted(rest, t`line`)} not shown`];
  return [...lines.slice(0, shown), ...more].map((line) => cutToColumns(line, columns, mark));
}

/**
 * What to write so that a screen of so many columns shows `after` where it shows `before`: the lines that differ, each in its
 * place. Nothing is erased that is written again, so nothing flickers; the empty text where they are alike.
 */
export function frameUpdate(before: readonly string[], after: readonly string[], columns: number): string {
  const changed = after.flatMap((line, row) =>
    line === before[row] ? [] : [`${moveTo(row)}${line}${restOfLine(line, columns)}`],
  );
  const gone = after.length < before.length ? [`${moveTo(after.length)}${ERASE_BELOW}`] : [];
  const update = [...changed, ...gone].join('');
  return update === '' ? '' : `${TOGETHER.begin}${update}${TOGETHER.end}`;
}

/** After a line that fills its row the cursor still stands on the last letter, which erasing would take away. */
function restOfLine(line: string, columns: number): string {
  return displayWidth(line) < columns ? ERASE_TO_END_OF_LINE : '';
}
