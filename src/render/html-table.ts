import { html, type Markup } from './html.js';

/** Texts in rows under a head; every column but the first holds numbers. */
export interface DataTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One cell: plain text, or markup such as a badge. */
export type Cell = string | Markup;

/** A table of many short rows, which scrolls by itself where it is wider than the page. */
export function dataTable(caption: string, { head, rows }: DataTable): Markup {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="data">
<thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(dataRow)}</tbody></table></div>`;
}

function dataRow([first = '', ...cells]: readonly string[]): Markup {
  return html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`;
}

/**
 * A table to be read at a glance. On a phone each row becomes a small card, in which every cell has its column's name
 * before it; the roles keep it a table for screen readers then.
 */
export function glanceTable(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): Markup {
  return html`<table class="glance" role="table"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${head.map((name) => html`<th scope="col" role="columnheader">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((cells) => glanceRow(head, cells))}</tbody></table>
`;
}

function glanceRow(head: readonly string[], [first = '', ...cells]: readonly Cell[]): Markup {
  const rest = cells.map((cell, i) => html`<td role="cell" data-label="${head[i + 1] ?? ''}">${cell}</td>`);
  return html`<tr role="row"><th scope="row" role="rowheader">${first}</th>${rest}</tr>
`;
}
