import type { Figure, FigureName, PeriodReport } from '../../report/report.js';
import type { Showing } from '../../report/showing.js';
import { type Section, type Table, type TableCell, textBlock } from './blocks.js';

/** Answers, the share of the model, and the guide's figures. */
export function happenedSection(report: PeriodReport, showing: Showing): Section {
  const { words } = showing;
  const { heading, intro } = words.happened;
  return {
    ...{ id: 'happened', heading, intro },
    blocks: [sourceTable(report, showing), sharesText(report, showing), figureTable(report, showing)],
  };
}

const SOURCES = ['model', 'heuristic', 'fallback'] as const;

function sourceTable({ traffic }: PeriodReport, { words, formats }: Showing): Table {
  const { bySource, bySourceBefore, answers, answersBefore } = traffic;
  const cell = (count: number, all: number) =>
    all === 0 ? formats.count(count) : `${formats.count(count)} (${formats.percent(count / all)})`;
  return {
    ...{ kind: 'table', caption: words.happened.traffic, head: [...words.happened.head], words: 1 },
    rows: [
      ...SOURCES.map((source) => [
        words.monitoring.predictions.sources[source],
        cell(bySource[source], answers),
        cell(bySourceBefore[source], answersBefore),
      ]),
      [words.happened.answers, formats.count(answers), formats.count(answersBefore)],
    ],
  };
}

function sharesText({ traffic }: PeriodReport, { words, formats }: Showing) {
  const { shares, shareAt, shareFrom } = words.happened;
  const [first, ...moved] = traffic.shares;
  const parts = [
    shareFrom(formats.share(first?.percentage ?? null)),
    ...moved.map(({ at, percentage }) => shareAt(formats.dateTime(at), formats.share(percentage))),
  ];
  return textBlock(`${shares} – ${parts.join(words.alerts.semicolon)}.`);
}

type Show = (formats: Showing['formats'], value: number | null) => string;

const share: Show = (formats, value) => formats.percent(value);

/** How each figure is written. */
const UNITS: Readonly<Record<FigureName, Show>> = {
  mae: (formats, value) => formats.minutes(value),
  r2: (formats, value) => formats.decimal(value),
  predictionTime: (formats, value) => formats.milliseconds(value),
  uptime: (formats, value) => formats.percent(value, 2),
  ...{ accuracyRate: share, missRate: share, lateRecall: share, intervalCoverage: share },
  ...{ failureRate: share, fallbackRate: share, weatherDefaultRate: share },
};

function figureTable({ figures }: PeriodReport, showing: Showing): Table {
  const { figures: caption, figureHead } = showing.words.happened;
  return {
    ...{ kind: 'table', caption, head: [...figureHead], words: 1 },
    rows: figures.map((figure) => figureRow(figure, showing)),
  };
}

function figureRow(figure: Figure, { words, formats }: Showing): TableCell[] {
  const { name, value, before, target, of, count } = figure;
  const show = (one: number | null) => UNITS[name](formats, one);
  return [
    words.figures[name],
    show(value),
    show(before),
    target === null ? '' : `${target.direction === 'below' ? '<' : '>'}\u00A0${show(target.value)}`,
    resultCell(figure, words),
    words.bases[of](formats.count(count)),
  ];
}

function resultCell({ target, meets }: Figure, { monitoring: words }: Showing['words']): TableCell {
  if (target === null) return '';
  if (meets === null) return { tone: 'warn', text: words.notEnough };
  return meets ? { tone: 'good', text: words.figures.meets } : { tone: 'bad', text: words.figures.misses };
}
