import { scaleLinear } from 'd3-scale';
import { t } from '../../wording/t.js';
import { html, type Markup } from '../html.js';
import { decimal } from '../number.js';
import type { Plot, Tone } from './figure.js';
import { at, frame, INNER, PLOT_HEIGHT, PLOT_WIDTH } from './frame.js';

/** A group of predictions: their mean, and the mean of what happened with its interval. */
export interface CalibrationPoint {
  readonly predicted: number;
  readonly actual: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface CalibrationSeries {
  readonly tone: Tone;
  readonly points: readonly CalibrationPoint[];
}

/** Predicted against actual; on the diagonal they are equal. */
export function calibrationPlot(series: readonly CalibrationSeries[], unit: string): Plot {
  const points = series.flatMap((one) => one.points);
  const seen = points.flatMap(({ predicted, actual, lower, upper }) => [
    predicted,
    actual,
    lower ?? actual,
    upper ?? actual,
  ]);
  const range = seen.length === 0 ? [0, 1] : [Math.min(...seen), Math.max(...seen)];
  const x = scaleLinear(range, [INNER.left, INNER.right]).nice(5);
  const y = scaleLinear(x.domain(), [INNER.bottom, INNER.top]);
  const [low = 0, high = 1] = x.domain();
  const format = (value: number): string => decimal(value, value % 1 === 0 ? 0 : 1);
  const axes = frame(
    { scale: x, ticks: x.ticks(5), format, label: t`predicted, ${unit}` },
    { scale: y, ticks: y.ticks(5), format, label: t`actual, ${unit}` },
  );
  const diagonal = html`<path class="rule" d="M${at(x(low))} ${at(y(low))}L${at(x(high))} ${at(y(high))}"/>`;
  const marks = series.map(({ tone, points: own }) => own.map((point) => mark(point, tone, x, y)));
  return { width: PLOT_WIDTH, height: PLOT_HEIGHT, drawing: html`${axes}${diagonal}${marks}` };
}

type Scale = (value: number) => number;

function mark({ predicted, actual, lower, upper }: CalibrationPoint, tone: Tone, x: Scale, y: Scale): Markup {
  const [cx, cy] = [at(x(predicted)), at(y(actual))];
  const whisker =
    lower === null || upper === null
      ? []
      : [html`<path class="whisker tone-${tone}" d="M${cx} ${at(y(lower))}V${at(y(upper))}"/>`];
  return html`${whisker}<circle class="dot tone-${tone}" cx="${cx}" cy="${cy}" r="3.4"/>
`;
}
