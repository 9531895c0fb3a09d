import type { Segment } from '../replay/segments.js';
import { t } from '../wording/t.js';
import { resultInColumn, SEGMENT_ANSWERS, segmentResults } from './ab-test-words.js';
import { count, decimal, endsText, signedPercent } from './number.js';
import type { Style } from './style.js';
import { alignedRows } from './table.js';

export const segmentHead = () => [
  t`by`,
  t`segment`,
  'n',
  t`improvement`,
  t`95 % interval`,
  t`adjusted p`,
  t`result`,
];
/** On a terminal the kind of segment stands in a line of its own: a column would be too wide. */
const lineHead = () => [t`segment`, 'n', t`improvement`, t`95 % interval`, t`p, Holm`, t`result`];

/** How the arms compare in each part of the bookings, as aligned lines; nothing where there are no parts. */
export function segmentLines(segments: readonly Segment[], style: Style): string[] {
  if (segments.length === 0) return [];
  const note = style.dim(t`(result: on p adjusted by Holm for all segments; intervals: each its own)`);
  const rows = segments.map((segment) => {
    const [, name = '', ...cells] = segmentCells(segment);
    const painted = style[SEGMENT_ANSWERS[segment.result]](resultInColumn(cells.at(-1)!, style));
    return [`  ${name}`, ...cells.with(-1, painted)];
  });
  const lines = alignedRows(lineHead(), withKinds(rows, segments), style.columns);
  return [...lines, note, ''];
}

/** A row with only the kind's name before the first of its segments. */
function withKinds(rows: readonly string[][], segments: readonly Segment[]): string[][] {
  return rows.flatMap((row, i) => {
    const { by } = segments[i]!;
    return by === segments[i - 1]?.by ? [row] : [[segmentName(by, '').group], row];
  });
}

/** In the order of {@link segmentHead}. */
export function segmentCells({ by, segment, n, value, lower, upper, adjustedP, result }: Segment): string[] {
  const known = value !== null && lower !== null && upper !== null;
  const { group, label } = segmentName(by, segment);
  return [
    group,
    label,
    count(n),
    signedPercent(value),
    known ? endsText(signedPercent(lower), signedPercent(upper)) : '–',
    adjustedP === null ? '–' : adjustedP < SMALLEST_P ? `< ${decimal(SMALLEST_P, 3)}` : decimal(adjustedP, 3),
    segmentResults()[result],
  ];
}

const SMALLEST_P = 0.001;

/** What a kind of segment and one of its segments are called. */
export function segmentName(by: string, segment: string): { readonly group: string; readonly label: string } {
  const words: Readonly<Record<string, string>> = {
    hour: t`hour`,
    distance: t`distance`,
    urgent: t`urgent`,
    medical: t`medical`,
    'weather known': t`weather known`,
    'driver bookings': t`driver bookings`,
    yes: t`yes`,
    no: t`no`,
    'up to 5 km': t`up to 5 km`,
    'over 20 km': t`over 20 km`,
    'up to 50': t`up to 50`,
    'over 200': t`over 200`,
    'not told': t`not told`,
  };
  return { group: words[by] ?? by, label: words[segment] ?? segment };
}
