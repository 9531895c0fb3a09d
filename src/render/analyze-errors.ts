import type { Details, ErrorAnalysis } from '../analysis/document.js';
import { dayLabel, localTime } from '../booking/local-time.js';
import { t } from '../wording/t.js';
import { balance, bar } from './bars.js';
import { causeLines, factsOf, headlineOf, probability, sentenceOf, warningsOf } from './error-evidence.js';
import { type ErrorTable, errorTables } from './error-tables.js';
import { leftOutErrors } from './left-out-errors.js';
import { count, decimal } from './number.js';
import type { Style } from './style.js';
import { wrapped as wrappedAt } from './wrapped.js';

export interface ErrorTextOptions {
  readonly timeZone: string;
  /** Whether the terminal shows more than ASCII. */
  readonly unicode: boolean;
}

/** Of 80 columns: ASCII takes two characters for each ≤, and a line has few. */
const WIDTH = 77;
const FACT_WIDTH = 14;
const BAR_WIDTH = 40;
const MOST_PERIODS = 14;
/** Of a bar; more where a language takes it. */
const LABEL_WIDTH = 10;

/** The analysis as text for a terminal, at most 80 columns wide where its names allow that. */
export function analyzeErrorsText(analysis: ErrorAnalysis, style: Style, options: ErrorTextOptions): string {
  const day = (iso: string) => dayLabel(localTime(Date.parse(iso), options.timeZone).dayNumber);
  const { details, untested } = analysis;
  const lines = [
    ...headingLines(analysis, style, options.timeZone),
    ...causesLines(analysis, style),
    ...(details === null ? [] : plotLines(details, style, options.unicode)),
    ...(details === null ? [] : errorTables(details, day).flatMap((table) => tableLines(table, style))),
    ...(untested.length === 0 ? [] : ['', t`Not tested`, ...untested.flatMap((text) => wrapped(text, '  '))]),
    '',
    ...wrapped(leftOutErrors(analysis.excluded), ''),
  ];
  return (options.unicode ? lines : lines.map(ascii)).join('\n');
}

function headingLines(analysis: ErrorAnalysis, style: Style, timeZone: string): string[] {
  const { verdict } = analysis;
  const facts = factsOf(analysis, timeZone);
  const factWidth = Math.max(FACT_WIDTH, ...facts.map(([label]) => label.length + GAP.length));
  const paint = verdict === 'findings' ? style.bad : verdict === 'nothing_found' ? style.good : style.warn;
  return [
    style.bold(t`What is wrong with the predictions, and why`),
    ...facts.map(([label, value]) => `${label.padEnd(factWidth)}${value}`),
    ...warningsOf(analysis).flatMap((text) => wrapped(`! ${text}`, '').map(style.warn)),
    '',
    paint(`${headlineOf(analysis).toUpperCase()}.`),
    ...(verdict === 'findings' ? [] : wrapped(sentenceOf(analysis), '')),
  ];
}

function causesLines({ causes }: ErrorAnalysis, style: Style): string[] {
  return causes.flatMap((cause, i) => {
    const { evidence, next } = causeLines(cause);
    return [
      '',
      ...wrapped(`${i + 1}. ${t`${cause.name}: ${cause.sentence}`}`, '   ', '').map((line, at) =>
        at === 0 ? style.bold(line) : line,
      ),
      ...evidence.flatMap((text) => wrapped(`- ${text}`, '     ', '   ')),
      `   ${t`Next:`} ${style.bold(next)}`,
    ];
  });
}

function plotLines(details: Details, style: Style, unicode: boolean): string[] {
  const { histogram, perDay, shift } = details;
  const most = Math.max(...histogram.map((bin) => bin.count));
  const last = histogram.length - 1;
  const labels = histogram.map(({ fromMinutes }, i) => binLabel(fromMinutes, i, last));
  const labelWidth = Math.max(LABEL_WIDTH, ...labels.map((label) => label.length));
  const periods = grouped(perDay);
  const farthest = Math.max(...periods.map(({ bias }) => Math.abs(bias)));
  return [
    '',
    style.bold(t`Errors, predicted − actual in whole minutes`),
    ...histogram.map(
      ({ count: n }, i) =>
        `${labels[i]!.padStart(labelWidth)}  ${bar(n, most, BAR_WIDTH, unicode)} ${count(n)}`,
    ),
    ...(periods.length < 2
      ? []
      : [
          '',
          style.bold(t`Mean error over time: too early to the left, too late to the right`),
          ...periods.map(
            ({ day, bias }) =>
              `${day}  ${balance(bias, farthest, BAR_WIDTH, unicode).padEnd(BAR_WIDTH + 1)}  ${decimal(bias)}`,
          ),
        ]),
    ...(shift === null ? [] : wrapped(shiftText(shift), '')),
  ];
}

function binLabel(fromMinutes: number, bin: number, last: number): string {
  const label =
    bin === 0
      ? t`below ${fromMinutes + 1}`
      : bin === last
        ? t`from ${fromMinutes}`
        : t`${fromMinutes} to ${fromMinutes + 1}`;
  return label.replaceAll('-', '−');
}

function shiftText({ from, to, lasting, inside, outside, p }: NonNullable<Details['shift']>): string {
  const stretch = lasting ? t`since ${from}` : t`from ${from} to ${to}`;
  return t`The largest change: ${decimal(inside)} min ${stretch}, ${decimal(outside)} otherwise (${probability(p)}).`;
}

/** Days in so many groups that they fit on a screen, each with its first day. */
function grouped(perDay: Details['perDay']): { day: string; bias: number }[] {
  const each = Math.max(1, Math.ceil(perDay.length / MOST_PERIODS));
  return Array.from({ length: Math.ceil(perDay.length / each) }, (_, i) => {
    const days = perDay.slice(i * each, (i + 1) * each);
    return { day: days[0]!.day, bias: days.reduce((sum, { bias }) => sum + bias, 0) / days.length };
  });
}

/**
 * Columns beside each other, without rules. Where they are wider than the screen the last one goes below, and a first
 * cell that is still too long gets a line of its own.
 */
function tableLines({ heading, intro, table }: ErrorTable, style: Style): string[] {
  const all = [table.head, ...table.rows];
  const widths = table.head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const fold = totalOf(widths) > WIDTH;
  const [first = 0, ...rest] = fold ? widths.slice(0, -1) : widths;
  const room = Math.min(first, WIDTH - totalOf(rest) - GAP.length);
  const cells = (row: readonly string[]) => rest.map((width, i) => (row[i + 1] ?? '').padStart(width));
  const lines = ([label = '', ...others]: readonly string[]): string[] => {
    const row = [label, ...others];
    const isLong = label.length > room;
    const start = isLong ? [...wrapped(label, '  ', '')] : [];
    const below = fold && row.at(-1) ? wrapped(row.at(-1)!, '    ') : [];
    return [...start, [(isLong ? '' : label).padEnd(room), ...cells(row)].join(GAP).trimEnd(), ...below];
  };
  return [
    '',
    style.bold(heading),
    ...wrapped(intro, '').map(style.dim),
    ...lines(table.head).map(style.dim),
    ...table.rows.flatMap(lines),
  ];
}

const GAP = '  ';

function totalOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length);
}

function wrapped(text: string, indent: string, first?: string): string[] {
  return wrappedAt(text, WIDTH, indent, first);
}

const ASCII: readonly (readonly [RegExp, string])[] = [
  [/−/g, '-'],
  [/[–—]/g, '-'],
  [/≤/g, '<='],
  [/²/g, '2'],
  [/×/g, 'x'],
  [/[\u00a0\u202f]/g, ' '],
  [/’/g, "'"],
  [/[«»]/g, '"'],
  [/œ/g, 'oe'],
  [/[^\p{ASCII}]/gu, '?'],
];

function ascii(line: string): string {
  // Letters without their accents.
  const bare = line.normalize('NFD').replace(/\p{Mn}/gu, '');
  return ASCII.reduce((text, [pattern, plain]) => text.replace(pattern, plain), bare);
}
