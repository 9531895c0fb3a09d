import type { PeriodReport } from '../../report/report.js';
import type { Showing } from '../../report/showing.js';
import { html, type Markup, NO_MARKUP } from '../html.js';
import { type Cell, glanceTable } from '../html-table.js';
import { badge, type ReportSection, reportPage } from '../report-page.js';
import type { Block, ListItem, Section, Table, TableCell } from './blocks.js';
import { bannersOf, factsOf, headlineOf } from './headline.js';
import { sectionsOf } from './sections.js';

/** The report as one HTML file that needs nothing else, and prints on A4. */
export function periodReportPage(report: PeriodReport, showing: Showing): string {
  const { words, language } = showing;
  const { period, flag, timeZone } = report;
  return reportPage({
    title: words.title(period.kind, period.name),
    banners: bannersOf(report, showing),
    verdict: headlineOf(report, showing),
    facts: factsOf(report, showing),
    sections: sectionsOf(report, showing).map(pageSection),
    footer: words.footer(flag, timeZone),
    frame: { language, ...words.page },
  });
}

function pageSection({ id, heading, intro, blocks }: Section): ReportSection {
  return {
    ...{ id, heading, intro: html`${withCode(intro)}` },
    content: blocks.map((block) => blockMarkup(block, heading)),
    figures: blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure] : [])),
  };
}

function blockMarkup(block: Block, heading: string): Markup {
  switch (block.kind) {
    case 'text':
      return html`<p>${withCode(block.text)}</p>
`;
    case 'list':
      return html`<ul>${block.items.map(itemMarkup)}</ul>
`;
    case 'table':
      return tableMarkup(block, heading);
    case 'command':
      return html`<p class="command">${block.label} <code>${block.command}</code></p>
`;
    case 'figure':
      return NO_MARKUP;
  }
}

function itemMarkup({ label, text }: ListItem): Markup {
  return label === '' ? html`<li>${withCode(text)}</li>` : html`<li>${label}${withCode(text)}</li>`;
}

/** More rows may not fit on a page of paper. */
const MOST_ON_A_PAGE = 25;

/** A table that is all of its section needs no name of its own. */
function tableMarkup({ caption, head, rows, words }: Table, heading: string): Markup {
  const columns = words >= head.length ? 'words' : `w${words}`;
  const length = rows.length > MOST_ON_A_PAGE ? ' long' : '';
  const table = glanceTable(
    caption,
    head,
    rows.map((cells) => cells.map(cellMarkup)),
  );
  return html`<div class="tabled ${columns}${length}">${caption === heading ? NO_MARKUP : html`<h3>${caption}</h3>`}
<div class="wide" role="region" aria-label="${caption}" tabindex="0">${table}</div></div>
`;
}

function cellMarkup(cell: TableCell): Cell {
  return typeof cell === 'string' ? cell : badge(cell.tone, cell.text);
}

/** What stands in backquotes is to be typed. */
function withCode(text: string): Markup[] {
  return text
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? html`<code>${part.slice(1, -1)}</code>` : html`${part}`));
}
