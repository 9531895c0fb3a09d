import type { Segment } from '../replay/segments.js';
import { SEGMENT_ANSWERS, SEGMENT_RESULTS } from './ab-test-words.js';
import { count, decimal, signedPercent } from './number.js';
import type { Style } from './style.js';
import { plainRows } from './table.js';

export const SEGMENT_HEAD = ['by', 'segment', 'n', 'improvement', '95 % interval', 'adjusted p', 'result'];
const WIDTHS = [16, 11, 8, 12, 20, 11];
/** Those, a space after each, and the longest result. */
const WIDTH = 99;

/** How the arms compare in each part of the bookings, as aligned lines; nothing where there are no parts. */
export function segmentLines(segments: readonly Segment[], style: Style): string[] {
  if (segments.length === 0) return [];
  const rows = segments.map(segmentCells);
  const last = SEGMENT_HEAD.length - 1;
  const painted = rows.map((cells, i) =>
    cells.with(last, style[SEGMENT_ANSWERS[segments[i]!.result]](cells[last]!)),
  );
  const note = style.dim(
    '(results on p adjusted by Holm for all segments; the intervals are each their own)',
  );
  if (style.columns < WIDTH) return [...plainRows(SEGMENT_HEAD, painted), note, ''];
  return [style.dim(aligned(SEGMENT_HEAD)), ...painted.map(aligned), note, ''];
}

/** In the order of {@link SEGMENT_HEAD}. */
export function segmentCells({ by, segment, n, value, lower, upper, adjustedP, result }: Segment): string[] {
  const known = value !== null && lower !== null && upper !== null;
  return [
    by,
    segment,
    count(n),
    signedPercent(value),
    known ? `[${signedPercent(lower)}, ${signedPercent(upper)}]` : '–',
    adjustedP === null ? '–' : adjustedP < SMALLEST_P ? `< ${SMALLEST_P}` : decimal(adjustedP, 3),
    SEGMENT_RESULTS[result],
  ];
}

const SMALLEST_P = 0.001;

function aligned(cells: readonly string[]): string {
  return cells
    .map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0))
    .join(' ')
    .trimEnd();
}
