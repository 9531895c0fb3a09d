import { scaleLinear } from 'd3-scale';
import { html, type Markup } from '../html.js';
import { decimal, percent } from '../number.js';
import type { Plot, Tone } from './figure.js';
import { at, frame, INNER, PLOT_HEIGHT, PLOT_WIDTH, verticalRule } from './frame.js';

/** Shares of values between ascending edges, one fewer than edges. */
export interface HistogramSeries {
  readonly tone: Tone;
  readonly shares: readonly number[];
}

export interface HistogramData {
  readonly edges: readonly number[];
  readonly series: readonly HistogramSeries[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** Where a line is drawn from top to bottom; `null` for none. */
  readonly reference: number | null;
}

/** Distributions over the same bins, as outlines that may cross. */
export function histogramPlot({ edges, series, xLabel, yLabel, reference }: HistogramData): Plot {
  const highest = Math.max(0, ...series.flatMap(({ shares }) => shares));
  const x = scaleLinear([edges[0] ?? 0, edges.at(-1) ?? 1], [INNER.left, INNER.right]);
  const y = scaleLinear([0, highest || 1], [INNER.bottom, INNER.top]).nice(4);
  const outlines = series.map(({ tone, shares }) => outline(shares, edges, tone, x, y));
  const axes = frame(
    {
      scale: x,
      ticks: x.ticks(6),
      format: (value) => decimal(value, value % 1 === 0 ? 0 : 1),
      label: xLabel,
    },
    { scale: y, ticks: y.ticks(4), format: (value) => percent(value, highest < 0.04 ? 1 : 0), label: yLabel },
  );
  const rule = reference === null ? [] : [verticalRule({ scale: x }, reference)];
  return { width: PLOT_WIDTH, height: PLOT_HEIGHT, drawing: html`${axes}${rule}${outlines}` };
}

type Scale = (value: number) => number;

function outline(
  shares: readonly number[],
  edges: readonly number[],
  tone: Tone,
  x: Scale,
  y: Scale,
): Markup {
  const steps = shares.map((share, i) => `H${at(x(edges[i]!))}V${at(y(share))}H${at(x(edges[i + 1]!))}`);
  const start = `M${at(x(edges[0] ?? 0))} ${at(y(0))}`;
  const path = `${start}${steps.join('')}V${at(y(0))}`;
  return html`<path class="area tone-${tone}" d="${path}"/><path class="line tone-${tone}" d="${path}"/>
`;
}
