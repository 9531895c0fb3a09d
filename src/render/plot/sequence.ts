import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { html } from '../html.js';
import { decimal } from '../number.js';
import type { Plot } from './figure.js';
import { at, frame, horizontalRule, INNER, PLOT_HEIGHT, PLOT_WIDTH } from './frame.js';

/** One moment of a sequence: its own value, what all up to it come to, and between which ends that is known. */
export interface SequencePoint {
  /** Position on the x axis. */
  readonly at: number;
  readonly value: number;
  readonly running: number;
  /** `null` while too little is known. */
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface SequenceData {
  readonly points: readonly SequencePoint[];
  readonly xLabel: string;
  readonly xFormat: (at: number) => string;
  readonly yLabel: string;
  /** The value at which a line is drawn across. */
  readonly reference: number;
}

/** Most ticks on an axis of dates: each is as long as six digits. */
const DATE_TICKS = 4;

/** So many dots would cover each other and the line. */
const CROWDED = 150;

/** Values over time as dots, their running mean as a line, and its confidence sequence as a band. */
export function sequencePlot({ points, xLabel, xFormat, yLabel, reference }: SequenceData): Plot {
  const known = points.filter((point) => point.lower !== null && point.upper !== null);
  const x = scaleLinear([points[0]?.at ?? 0, points.at(-1)?.at ?? 1], [INNER.left + 6, INNER.right - 14]);
  const y = scaleLinear(rangeOf(points, known, reference), [INNER.bottom, INNER.top])
    .nice(5)
    .clamp(true);
  const band = area<SequencePoint>(
    (p) => x(p.at),
    (p) => y(p.lower ?? p.running),
    (p) => y(p.upper ?? p.running),
  );
  const mean = line<SequencePoint>(
    (p) => x(p.at),
    (p) => y(p.running),
  );
  const whole = x.ticks(DATE_TICKS).filter(Number.isInteger);
  const axes = frame(
    { scale: x, ticks: whole, format: xFormat, label: xLabel },
    { scale: y, ticks: y.ticks(5), format: (value) => decimal(value, digitsOf(y.ticks(5))), label: yLabel },
  );
  const radius = points.length > CROWDED ? 1.1 : 2;
  const dots = points.map(
    (p) => html`<circle class="faint" cx="${at(x(p.at))}" cy="${at(y(p.value))}" r="${radius}"/>`,
  );
  const drawing = html`${axes}<path class="band tone-model" d="${band.digits(1)(known) ?? ''}"/>${dots}
${horizontalRule({ scale: y }, reference)}<path class="line tone-model" d="${mean.digits(1)(points) ?? ''}"/>`;
  return { width: PLOT_WIDTH, height: PLOT_HEIGHT, drawing };
}

/** The band's first days are so wide that all else would be flat: the axis shows it from where it has settled. */
function rangeOf(points: readonly SequencePoint[], known: readonly SequencePoint[], reference: number) {
  const settled = known.slice(Math.floor(known.length / 4));
  const values = [
    reference,
    ...points.map((point) => point.value),
    ...settled.flatMap(({ lower, upper }) => [lower ?? reference, upper ?? reference]),
  ];
  return [Math.min(...values), Math.max(...values)];
}

function digitsOf(ticks: readonly number[]): number {
  return ticks.every(Number.isInteger) ? 0 : ticks.every((tick) => Number.isInteger(tick * 10)) ? 1 : 2;
}
