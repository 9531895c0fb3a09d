import type { Segment } from '../replay/segments.js';
import { SEGMENT_ANSWERS, SEGMENT_RESULTS } from './ab-test-words.js';
import { count, decimal, signedPercent } from './number.js';
import type { Style } from './style.js';
import { alignedRows } from './table.js';

export const SEGMENT_HEAD = ['by', 'segment', 'n', 'improvement', '95 % interval', 'adjusted p', 'result'];
/** On a terminal the kind of segment stands in a line of its own: a column would be too wide. */
const LINE_HEAD = ['segment', 'n', 'improvement', '95 % interval', 'p, Holm', 'result'];

/** How the arms compare in each part of the bookings, as aligned lines; nothing where there are no parts. */
export function segmentLines(segments: readonly Segment[], style: Style): string[] {
  if (segments.length === 0) return [];
  const note = style.dim('(result: on p adjusted by Holm for all segments; intervals: each its own)');
  const rows = segments.map((segment) => {
    const [, name = '', ...cells] = segmentCells(segment);
    const painted = style[SEGMENT_ANSWERS[segment.result]](cells.at(-1)!);
    return [`  ${name}`, ...cells.with(-1, painted)];
  });
  const lines = alignedRows(LINE_HEAD, withKinds(rows, segments), style.columns);
  return [...lines, note, ''];
}

/** A row with only the kind's name before the first of its segments. */
function withKinds(rows: readonly string[][], segments: readonly Segment[]): string[][] {
  return rows.flatMap((row, i) => {
    const { by } = segments[i]!;
    return by === segments[i - 1]?.by ? [row] : [[by], row];
  });
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
