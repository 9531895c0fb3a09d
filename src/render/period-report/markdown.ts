import type { PeriodReport } from '../../report/report.js';
import type { Showing } from '../../report/showing.js';
import { markdownTable, markdownText } from '../markdown.js';
import { type Block, cellText, type ListItem, type Section } from './blocks.js';
import { bannersOf, factsOf, headlineOf } from './headline.js';
import { sectionsOf } from './sections.js';

/** The report as Markdown: for a terminal, a wiki, or readers of plain e-mail. */
export function periodReportMarkdown(report: PeriodReport, showing: Showing): string {
  const { words } = showing;
  const { headline, sentence } = headlineOf(report, showing);
  const { period, flag, timeZone } = report;
  const banners = bannersOf(report, showing).map((text) => `> **${markdownText(text)}**`);
  const facts = factsOf(report, showing).map(([label, text]) =>
    itemLine({ label: `${label}${words.monitoring.colon}`, text }),
  );
  return [
    `# ${words.title(period.kind, period.name)}`,
    ...banners.flatMap((line) => ['', line]),
    ...['', `**${markdownText(headline)}**`, '', markdownText(sentence), '', ...facts],
    ...sectionsOf(report, showing).flatMap(sectionLines),
    ...['', '---', '', markdownText(words.footer(flag, timeZone)), ''],
  ]
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n');
}

function sectionLines({ heading, intro, blocks }: Section): string[] {
  const lines = ['', `## ${heading}`, '', ...(intro === '' ? [] : [ownText(intro), ''])];
  return [...lines, ...blocks.flatMap((block) => blockLines(block, heading))];
}

function blockLines(block: Block, heading: string): string[] {
  switch (block.kind) {
    case 'text':
      return [ownText(block.text), ''];
    case 'list':
      return [...block.items.map(itemLine), ''];
    case 'table': {
      const rows = block.rows.map((cells) => cells.map(cellText));
      const name = block.caption === heading ? [] : [`**${markdownText(block.caption)}**`, ''];
      return [...name, ...markdownTable(block.head, rows, block.words)];
    }
    case 'command':
      return [`${block.label} \`${block.command}\``, ''];
    case 'figure': {
      const { title, table } = block.figure;
      return [`**${markdownText(title)}**`, '', ...markdownTable(table.head, table.rows)];
    }
  }
}

function itemLine({ label, text }: ListItem): string {
  return label === '' ? `- ${ownText(text)}` : `- ${markdownText(label)}${ownText(text)}`;
}

/** Commands stay as they are typed; whatever else looks like markup is none. */
function ownText(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? part : markdownText(part)))
    .join('');
}
