import { html, type Markup, NO_MARKUP } from '../html.js';

/** Units of the drawing. As wide as a phone's page, so that text keeps its size there. */
export const PLOT_WIDTH = 400;
export const PLOT_HEIGHT = 240;

/** The rectangle in which values are drawn. */
export const INNER = { left: 54, right: 392, top: 10, bottom: 198 } as const;

/** One axis: where its ticks are, what stands there, and what it measures. */
export interface Axis {
  readonly scale: (value: number) => number;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  readonly label: string;
}

/** Grid lines, tick labels and axis labels, to be drawn below the values. */
export function frame(x: Axis, y: Axis): Markup {
  const { left, right, top, bottom } = INNER;
  const rules = y.ticks.map(
    (tick) => html`<path class="grid" d="M${left} ${at(y.scale(tick))}H${right}"/>
<text class="tick" x="${left - 6}" y="${at(y.scale(tick) + 4)}" text-anchor="end">${y.format(tick)}</text>
`,
  );
  const marks = x.ticks.map(
    (tick) => html`<path class="axis" d="M${at(x.scale(tick))} ${bottom}v4"/>
<text class="tick" x="${at(x.scale(tick))}" y="${bottom + 17}" text-anchor="middle">${x.format(tick)}</text>
`,
  );
  return html`${rules}<path class="axis" d="M${left} ${bottom}H${right}"/>${marks}
<text class="label" x="${(left + right) / 2}" y="${PLOT_HEIGHT - 5}" text-anchor="middle">${x.label}</text>
<text class="label" transform="translate(11 ${(top + bottom) / 2})rotate(-90)" text-anchor="middle">${y.label}</text>
`;
}

/** A line across the drawing at a value of the y axis, such as "no difference". */
export function horizontalRule({ scale }: Pick<Axis, 'scale'>, value: number): Markup {
  return html`<path class="rule" d="M${INNER.left} ${at(scale(value))}H${INNER.right}"/>`;
}

/** A line from top to bottom at a value of the x axis; nothing where it is outside the drawing. */
export function verticalRule({ scale }: Pick<Axis, 'scale'>, value: number): Markup {
  const x = scale(value);
  if (x < INNER.left || x > INNER.right) return NO_MARKUP;
  return html`<path class="rule" d="M${at(x)} ${INNER.top}V${INNER.bottom}"/>`;
}

/** A coordinate to a tenth of a unit: more digits are never seen and would double the size of a page. */
export function at(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}
