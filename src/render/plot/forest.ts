import { scaleLinear } from 'd3-scale';
import { html, type Markup } from '../html.js';
import type { Plot, Tone } from './figure.js';
import { at, PLOT_WIDTH } from './frame.js';

/** One estimate. Without ends there is only its label and note. */
export interface ForestRow {
  /** A heading above this row when it differs from that of the row before; empty for none. */
  readonly group: string;
  readonly label: string;
  /** How many it rests on. */
  readonly count: string;
  /** Beside the interval on the right, such as the estimate itself. */
  readonly note: string;
  readonly tone: Tone;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface ForestData {
  readonly rows: readonly ForestRow[];
  readonly format: (value: number) => string;
  readonly xLabel: string;
  /** Where there is no effect. */
  readonly reference: number;
}

const ROW = 20;
const GROUP = 22;
const TOP = 6;
const FOOT = 40;
const LEFT = 158;
const RIGHT = 338;

/** Estimates below each other, each a dot on its interval. Intervals that leave the drawing end in an arrow. */
export function forestPlot({ rows, format, xLabel, reference }: ForestData): Plot {
  const x = scaleLinear(rangeOf(rows, reference), [LEFT, RIGHT]).nice(3);
  const placed = place(rows);
  const bottom = placed.height + TOP;
  const ticks = x.ticks(3).map(
    (tick) => html`<path class="grid" d="M${at(x(tick))} ${TOP}V${bottom}"/>
<text class="tick" x="${at(x(tick))}" y="${bottom + 15}" text-anchor="middle">${format(tick)}</text>
`,
  );
  const drawing = html`${ticks}<path class="rule" d="M${at(x(reference))} ${TOP}V${bottom}"/>
${placed.headings.map(({ y, text }) => html`<text class="group" x="0" y="${y + 4}">${text}</text>`)}
${rows.map((row, i) => rowMarkup(row, placed.centres[i]!, x))}
<text class="label" x="${(LEFT + RIGHT) / 2}" y="${bottom + 34}" text-anchor="middle">${xLabel}</text>`;
  return { width: PLOT_WIDTH, height: bottom + FOOT, drawing };
}

function place(rows: readonly ForestRow[]) {
  const headings: { readonly y: number; readonly text: string }[] = [];
  let [height, group] = [0, ''];
  const centres = rows.map((row) => {
    if (row.group !== group) {
      group = row.group;
      headings.push({ y: TOP + height + GROUP / 2, text: group });
      height += GROUP;
    }
    height += ROW;
    return TOP + height - ROW / 2;
  });
  return { headings, centres, height };
}

function rowMarkup(row: ForestRow, y: number, x: (value: number) => number): Markup {
  return html`<text class="name" x="8" y="${y + 4}">${row.label}</text>
<text class="tick" x="${LEFT - 10}" y="${y + 4}" text-anchor="end">${row.count}</text>${estimate(row, y, x)}
<text class="note" x="${PLOT_WIDTH}" y="${y + 4}" text-anchor="end">${row.note}</text>
`;
}

function estimate(
  { tone, value, lower, upper }: ForestRow,
  y: number,
  x: (value: number) => number,
): Markup[] {
  if (value === null || lower === null || upper === null) return [];
  const [from, to] = [Math.max(LEFT, x(lower)), Math.min(RIGHT, x(upper))];
  const arrows = [
    ...(x(lower) < LEFT
      ? [html`<path class="whisker tone-${tone}" d="M${LEFT + 4} ${y - 3}l-4 3l4 3"/>`]
      : []),
    ...(x(upper) > RIGHT
      ? [html`<path class="whisker tone-${tone}" d="M${RIGHT - 4} ${y - 3}l4 3l-4 3"/>`]
      : []),
  ];
  const dot = Math.min(RIGHT, Math.max(LEFT, x(value)));
  return [
    html`<path class="whisker tone-${tone}" d="M${at(from)} ${y}H${at(to)}"/>${arrows}`,
    html`<circle class="dot tone-${tone}" cx="${at(dot)}" cy="${y}" r="3.6"/>`,
  ];
}

/** From the estimates and half their widest distance on either side: one vague row must not flatten all others. */
function rangeOf(rows: readonly ForestRow[], reference: number): [number, number] {
  const values = rows.flatMap(({ value }) => (value === null ? [] : [value]));
  const [least, most] = [Math.min(reference, ...values), Math.max(reference, ...values)];
  const margin = (most - least) / 2 || 0.1;
  const ends = rows.flatMap(({ lower, upper }) => (lower === null || upper === null ? [] : [lower, upper]));
  return [
    Math.max(least - margin, Math.min(least, ...ends)),
    Math.min(most + margin, Math.max(most, ...ends)),
  ];
}
