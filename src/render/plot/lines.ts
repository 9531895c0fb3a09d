import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { html } from '../html.js';
import { decimal } from '../number.js';
import type { Plot, Tone } from './figure.js';
import { at, frame, INNER, PLOT_HEIGHT, PLOT_WIDTH, verticalRule } from './frame.js';

/** One line: a value at each place of the x axis, `null` where there is none. */
export interface LineSeries {
  readonly tone: Tone;
  readonly values: readonly (number | null)[];
}

export interface LineData {
  readonly series: readonly LineSeries[];
  readonly xFormat: (place: number) => string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Where something begins; `null` for nowhere. */
  readonly mark: number | null;
}

const DATE_TICKS = 4;

/** Series side by side, from zero; what is not known leaves a gap. */
export function linePlot({ series, xFormat, xLabel, yLabel, mark }: LineData): Plot {
  const places = Math.max(2, ...series.map(({ values }) => values.length));
  const most = Math.max(0.1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const x = scaleLinear([0, places - 1], [INNER.left + 6, INNER.right - 14]);
  const y = scaleLinear([0, most], [INNER.bottom, INNER.top]).nice(5);
  const whole = x.ticks(DATE_TICKS).filter(Number.isInteger);
  const axes = frame(
    { scale: x, ticks: whole, format: xFormat, label: xLabel },
    { scale: y, ticks: y.ticks(5), format: (value) => decimal(value, 1), label: yLabel },
  );
  const drawn = series.map(({ tone, values }) => {
    const path = line<number | null>(
      (_, i) => x(i),
      (value) => y(value ?? 0),
    ).defined((value) => value !== null);
    // A day between two gaps is a line of no length.
    const dots = values.flatMap((value, i) =>
      value === null
        ? []
        : [html`<circle class="dot tone-${tone}" cx="${at(x(i))}" cy="${at(y(value))}" r="2.2"/>`],
    );
    return html`<path class="line tone-${tone}" d="${path.digits(1)(values) ?? ''}"/>${dots}
`;
  });
  const rule = mark === null ? [] : [verticalRule({ scale: x }, mark)];
  return { width: PLOT_WIDTH, height: PLOT_HEIGHT, drawing: html`${axes}${rule}${drawn}` };
}
