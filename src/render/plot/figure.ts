import { html, type Markup, NO_MARKUP } from '../html.js';
import { type DataTable, dataTable } from '../html-table.js';

/** A plot for a page, with what stands in for it where it cannot be seen: a description, and its numbers. */
export interface Figure {
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  /** What is drawn and how to read it, in one or two sentences. */
  readonly description: string;
  readonly legend: readonly LegendEntry[];
  readonly plot: Plot;
  readonly table: DataTable;
}

/** What the plot functions of this folder draw. */
export interface Plot {
  readonly width: number;
  readonly height: number;
  readonly drawing: Markup;
}

/** Which of the page's colours; `model` and `other` are the two arms. */
export type Tone = 'model' | 'other' | 'good' | 'bad' | 'warn' | 'muted';

export interface LegendEntry {
  readonly tone: Tone;
  readonly label: string;
}

/** What unfolds the numbers, and whose they are for who cannot see it. */
interface NumbersWords {
  readonly numbers: string;
  readonly numbersOf: (title: string) => string;
}

/** The figure with its caption, and its numbers folded away below it. */
export function figureHtml(
  { id, title, description, legend, plot, table }: Figure,
  { numbers, numbersOf }: NumbersWords,
): Markup {
  return html`<figure class="plot">
<figcaption><strong>${title}</strong> <span>${description}</span>${legendHtml(legend)}</figcaption>
<svg viewBox="0 0 ${plot.width} ${plot.height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>
${plot.drawing}</svg>
<details><summary>${numbers}<span class="unseen">${numbersOf(title)}</span></summary>${dataTable(title, table)}</details>
</figure>
`;
}

function legendHtml(legend: readonly LegendEntry[]): Markup {
  if (legend.length === 0) return NO_MARKUP;
  const entries = legend.map(
    ({ tone, label }) => html`<span class="entry tone-${tone}"><i aria-hidden="true"></i>${label}</span>`,
  );
  return html`<span class="legend">${entries}</span>`;
}
