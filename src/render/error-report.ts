import type { Details, ErrorAnalysis } from '../analysis/document.js';
import { dayLabel, localTime } from '../booking/local-time.js';
import { t } from '../wording/t.js';
import { causeLines, factsOf, headlineOf, sentenceOf, warningsOf } from './error-evidence.js';
import { type ErrorTable, errorTables } from './error-tables.js';
import { html, type Markup } from './html.js';
import { dataTable } from './html-table.js';
import { leftOutErrors } from './left-out-errors.js';
import { decimal, percent } from './number.js';
import { calibrationPlot } from './plot/calibration.js';
import type { Figure } from './plot/figure.js';
import { histogramPlot } from './plot/histogram.js';
import { sequencePlot } from './plot/sequence.js';
import { type ReportSection, reportPage } from './report-page.js';

const title = () => t`Analysis of errors`;
const TONES = { findings: 'bad', nothing_found: 'good', not_enough_data: 'warn' } as const;

/** The analysis as one HTML file that needs nothing else. */
export function errorReportHtml(analysis: ErrorAnalysis, timeZone: string): string {
  const { verdict, details, untested, excluded } = analysis;
  return reportPage({
    title: title(),
    banners: warningsOf(analysis).map((text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`),
    verdict: { tone: TONES[verdict], headline: headlineOf(analysis), sentence: sentenceOf(analysis) },
    facts: factsOf(analysis, timeZone),
    sections: [causesSection(analysis), ...(details === null ? [] : detailSections(details, timeZone))],
    footer: [leftOutErrors(excluded), ...untested.map((text) => t`Not tested: ${text}.`)].join(' '),
  });
}

/** The same as Markdown, for a ticket or a wiki. */
export function errorReportMarkdown(analysis: ErrorAnalysis, timeZone: string): string {
  const { details, causes, untested, excluded } = analysis;
  return [
    `# ${t`${title()}: ${headlineOf(analysis)}`}`,
    sentenceOf(analysis),
    ...warningsOf(analysis).map((text) => `> ${t`**Note:** ${text}`}`),
    factsOf(analysis, timeZone)
      .map(([label, value]) => `- ${t`${label}: ${value}`}`)
      .join('\n'),
    ...causes.map((cause, i) => {
      const { evidence, next } = causeLines(cause);
      const list = evidence.map((text) => `- ${text}`).join('\n');
      return `## ${i + 1}. ${cause.name}\n\n${cause.sentence}\n\n${list}\n\n${t`Next: \`${next}\``}`;
    }),
    ...(details === null ? [] : tablesOf(details, timeZone).map(markdownTable)),
    ...untested.map((text) => t`Not tested: ${text}.`),
    leftOutErrors(excluded),
  ].join('\n\n');
}

function causesSection({ causes }: ErrorAnalysis): ReportSection {
  return {
    id: 'causes',
    heading: t`Likely causes`,
    intro:
      causes.length === 0
        ? t`None stands out.`
        : t`Most telling first, each with its evidence and what to do next.`,
    content: causes.map((cause): Markup => {
      const { evidence, next } = causeLines(cause);
      return html`<h3>${cause.name}</h3><p>${cause.sentence}</p>
<ul>${evidence.map((text) => html`<li>${text}</li>`)}</ul><p>${t`Next:`} <code>${next}</code></p>
`;
    }),
    figures: [],
  };
}

function detailSections(details: Details, timeZone: string): ReportSection[] {
  const figures: Readonly<Record<string, readonly Figure[]>> = {
    errors: [errorFigure(details), ...timeFigure(details)],
    confidence: confidenceFigure(details),
  };
  return tablesOf(details, timeZone).map(({ id, heading, intro, table }) => {
    const shape = id === 'worst' ? 'whole wordy' : 'whole';
    const content = [html`<div class="${shape}">${dataTable(t`${heading}: table`, table)}</div>`];
    return { id, heading, intro, content, figures: figures[id] ?? [] };
  });
}

function tablesOf(details: Details, timeZone: string): ErrorTable[] {
  return errorTables(details, (iso) => dayLabel(localTime(Date.parse(iso), timeZone).dayNumber));
}

function errorFigure({ histogram }: Details): Figure {
  const total = histogram.reduce((sum, { count }) => sum + count, 0);
  const shares = histogram.map(({ count }) => count / total);
  const edges = [
    ...histogram.map(({ fromMinutes }) => fromMinutes),
    (histogram.at(-1)?.fromMinutes ?? 0) + 1,
  ];
  return {
    id: 'error-histogram',
    title: t`Errors in whole minutes`,
    description: t`Left of zero the model predicted too early, right of it too late; the outermost bins hold all that is farther off.`,
    legend: [],
    plot: histogramPlot({
      edges,
      series: [{ tone: 'model', shares }],
      xLabel: t`predicted − actual, min`,
      yLabel: t`share of bookings`,
      reference: 0,
    }),
    table: {
      head: [t`from, min`, t`share`],
      rows: shares.map((share, i) => [String(edges[i]), percent(share)]),
    },
  };
}

function timeFigure({ perDay }: Details): Figure[] {
  if (perDay.length < 2) return [];
  let sum = 0;
  const points = perDay.map(({ day, bias }, i) => {
    sum += bias;
    return { at: Date.parse(day) / DAY_MS, value: bias, running: sum / (i + 1), lower: null, upper: null };
  });
  return [
    {
      id: 'error-days',
      title: t`Mean error of each day`,
      description: t`Dots are days, the line is their mean so far; below zero rides came later than predicted.`,
      legend: [],
      plot: sequencePlot({
        points,
        xLabel: t`day`,
        xFormat: (at) => new Date(at * DAY_MS).toISOString().slice(5, 10),
        yLabel: t`predicted − actual, min`,
        reference: 0,
      }),
      table: { head: [t`day`, t`mean error`], rows: perDay.map(({ day, bias }) => [day, decimal(bias)]) },
    },
  ];
}

const DAY_MS = 86_400_000;

function confidenceFigure({ confidence }: Details): Figure[] {
  if (confidence.length === 0) return [];
  const points = confidence.map(({ promised, observed }) => {
    return { predicted: promised * 100, actual: observed * 100, lower: null, upper: null };
  });
  return [
    {
      id: 'confidence-calibration',
      title: t`Promised against observed`,
      description: t`On the diagonal, an error of at most 3 min is as frequent as the confidence says.`,
      legend: [],
      plot: calibrationPlot([{ tone: 'model', points }], '%'),
      table: {
        head: [t`promised`, t`observed`],
        rows: confidence.map(({ promised, observed }) => [percent(promised), percent(observed)]),
      },
    },
  ];
}

function markdownTable({ heading, intro, table: { head, rows } }: ErrorTable): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = line(head.map((_, i) => (i === 0 ? '---' : '---:')));
  return [`## ${heading}`, '', intro, '', line(head), rule, ...rows.map(line)].join('\n');
}
