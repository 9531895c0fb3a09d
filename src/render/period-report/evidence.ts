import { dayLabel } from '../../booking/local-time.js';
import type { ArmEvidence, PeriodReport } from '../../report/report.js';
import type { Showing } from '../../report/showing.js';
import type { Figure } from '../plot/figure.js';
import { linePlot } from '../plot/lines.js';
import { sequencePlot } from '../plot/sequence.js';
import { type Block, type Section, type Table, textBlock } from './blocks.js';
import { gateTable } from './gates.js';

/** Both arms on the same bookings, day by day, and what is proven. */
export function evidenceSection(report: PeriodReport, showing: Showing): Section {
  const { evidence } = report;
  const { words } = showing;
  const { heading, intro } = words.evidence;
  const why = whyNot(evidence.sinceBaseline, showing) ?? whyNot(evidence.period, showing);
  const gates = gateTable(evidence.gates, showing);
  return {
    ...{ id: 'evidence', heading, intro },
    blocks: [
      armTable(report, showing),
      ...(why === null ? [] : [textBlock(why)]),
      ...figuresOf(report, showing),
      ...(gates.rows.length === 0 ? [textBlock(words.monitoring.gates.none)] : [gates]),
    ],
  };
}

function armTable({ evidence, period }: PeriodReport, showing: Showing): Table {
  const { words, date } = showing;
  const row = (name: string, of: ArmEvidence) => [name, ...armCells(of, showing)];
  return {
    ...{ kind: 'table', caption: words.evidence.arms, head: [...words.evidence.head], words: 1 },
    rows: [
      row(words.thisOne[period.kind], evidence.period),
      row(words.theOneBefore[period.kind], evidence.before),
      row(words.evidence.sinceBaseline(date(evidence.sinceBaseline.since)), evidence.sinceBaseline),
    ],
  };
}

function armCells({ settled, asked, modelMae, heuristicMae, improvement }: ArmEvidence, showing: Showing) {
  const { words, formats } = showing;
  const { value, lower, upper } = improvement;
  const signed = (one: number | null) => formats.signedPercent(one);
  return [
    words.evidence.settledOf(formats.count(settled), formats.count(asked)),
    formats.minutes(modelMae),
    formats.minutes(heuristicMae),
    value === null ? words.monitoring.notEnough : words.ends(signed(value), signed(lower), signed(upper)),
  ];
}

/** In the reader's language: the statistics speak one. */
function whyNot({ lacks, coverage }: ArmEvidence, { words, formats }: Showing): string | null {
  switch (lacks) {
    case null:
      return null;
    case 'due':
      return words.evidence.noneDue;
    case 'outcomes':
      return words.evidence.lowCoverage(formats.percent(coverage, 0));
    case 'days':
      return words.monitoring.arms.tooFewDays;
  }
}

/** A line between two days is the least there is to see. */
const FEWEST_DAYS = 2;

function figuresOf(report: PeriodReport, showing: Showing): Block[] {
  const { days, improvementByDay } = report.evidence;
  const known = improvementByDay.filter(({ value }) => value !== null);
  return [
    ...(days.filter(({ settled }) => settled > 0).length < FEWEST_DAYS ? [] : [dayFigure(report, showing)]),
    ...(known.length < FEWEST_DAYS ? [] : [sequenceFigure(report, showing)]),
  ].map((figure) => ({ kind: 'figure', figure }));
}

function dayFigure({ evidence, period }: PeriodReport, { words, formats }: Showing): Figure {
  const { arms } = words.monitoring;
  // What was before the first outcome would be an empty half.
  const days = evidence.days.slice(evidence.days.findIndex(({ settled }) => settled > 0));
  const first = days.findIndex(({ date }) => date >= period.firstDay);
  return {
    ...{ id: 'mae-by-day', title: words.evidence.chart, description: words.evidence.chartNote },
    legend: [
      { tone: 'model', label: arms.model },
      { tone: 'other', label: arms.heuristic },
    ],
    plot: linePlot({
      series: [
        { tone: 'model', values: days.map(({ modelMae }) => modelMae) },
        { tone: 'other', values: days.map(({ heuristicMae }) => heuristicMae) },
      ],
      xFormat: (place) => formats.day(days[place]?.date ?? ''),
      ...{ xLabel: words.evidence.day, yLabel: 'min', mark: first <= 0 ? null : first - HALF },
    }),
    table: {
      head: [words.evidence.day, arms.settled, arms.model, arms.heuristic],
      rows: days.map(({ date, settled, modelMae, heuristicMae }) => [
        ...[formats.day(date), formats.count(settled)],
        ...[formats.decimal(modelMae), formats.decimal(heuristicMae)],
      ]),
    },
  };
}

/** Between two days. */
const HALF = 0.5;
const DAY_MS = 86_400_000;

function sequenceFigure({ evidence }: PeriodReport, { words, formats }: Showing): Figure {
  const { arms } = words.monitoring;
  const known = evidence.improvementByDay.filter(({ value }) => value !== null);
  const percent = (fraction: number | null) => (fraction === null ? null : fraction * 100);
  return {
    ...{ id: 'improvement-by-day', title: arms.improvement, description: arms.improvementNote },
    legend: [],
    plot: sequencePlot({
      points: known.map(({ date, value, lower, upper }) => {
        const running = percent(value) ?? 0;
        return {
          ...{ at: Date.parse(date) / DAY_MS, value: running, running },
          ...{ lower: percent(lower), upper: percent(upper) },
        };
      }),
      xFormat: (day) => formats.day(dayLabel(day)),
      ...{ xLabel: words.evidence.day, yLabel: '%', reference: 0 },
    }),
    table: {
      head: [words.evidence.day, arms.improvement, arms.lower, arms.upper],
      rows: known.map(({ date, value, lower, upper }) => [
        formats.day(date),
        ...[value, lower, upper].map((fraction) => formats.signedPercent(fraction)),
      ]),
    },
  };
}
