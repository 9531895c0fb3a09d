import { dayLabel } from '../booking/local-time.js';
import type { AbTestDocument } from '../replay/ab-test.js';
import type { CalibrationGroup, Histogram } from '../replay/distributions.js';
import type { AbTestPicture } from '../replay/picture.js';
import { ARM_ROWS, armCell, basis, textbookLine, wilcoxonLine } from './ab-test.js';
import {
  type Answer,
  actedOnSentence,
  GATE_ANSWERS,
  otherName,
  powerLines,
  SEGMENT_ANSWERS,
  simulationWarnings,
  verdictWords,
} from './ab-test-words.js';
import { leftOutText } from './exclusions.js';
import { GATE_HEAD, gateCells, RESULT_COLUMN } from './gate-table.js';
import { type Cell, glanceTable } from './html-table.js';
import { localDays } from './local-days.js';
import { count, counted, decimal, percent, signedPercent } from './number.js';
import { calibrationPlot } from './plot/calibration.js';
import type { Figure, LegendEntry, Tone } from './plot/figure.js';
import { forestPlot } from './plot/forest.js';
import { histogramPlot } from './plot/histogram.js';
import { sequencePlot } from './plot/sequence.js';
import { badge, type ReportSection, reportPage } from './report-page.js';
import { SEGMENT_HEAD, segmentCells } from './segment-table.js';

/** The report of a replay as one HTML file; days are those of `timeZone`. */
export function abTestPage(result: AbTestDocument, picture: AbTestPicture, timeZone: string): string {
  const { answer, word, sentence } = verdictWords(result);
  return reportPage({
    title: `Replay of ${counted(result.n, 'booking')}: model against ${otherName(result)}`,
    banners: simulationWarnings(result).map(asSentence),
    verdict: {
      tone: answer,
      headline: asHeadline(word),
      sentence: withUnits(verdictSentence(result, sentence)),
      note: withUnits(powerLines(result).join(' ')),
    },
    facts: facts(result, timeZone),
    sections: [
      gateSection(result),
      armSection(result, picture),
      calibrationSection(result, picture),
      segmentSection(result),
    ],
    footer: `${leftOutText(result.excluded)}. ${actedOnSentence(result)} Made by atmr-ml ab-test with seed ${result.seed}; the same bookings and seed give the same report, but for prediction times.`,
  });
}

/** A line must not end between a number and its unit. */
const withUnits = (text: string): string => text.replaceAll(/(?<=\d) (?=%|min\b)/g, '\u00a0');

const asSentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

function asHeadline(word: string): string {
  return word === 'NOT ENOUGH DATA' ? 'Not enough data to say' : `The model is ${word.toLowerCase()}`;
}

function verdictSentence(result: AbTestDocument, sentence: string): string {
  const { improvement } = result;
  if (improvement.value === null) return sentence;
  const size = percent(Math.abs(improvement.value));
  const side = improvement.value < 0 ? 'below' : 'above';
  const other = result.against === null ? 'the heuristic’s' : `that of ${otherName(result)}`;
  const ends = `${signedPercent(improvement.lower)} to ${signedPercent(improvement.upper)}`;
  return `Its mean absolute error is ${size} ${side} ${other} (95 % interval ${ends}). ${sentence}`;
}

function facts(result: AbTestDocument, timeZone: string): [string, string][] {
  const { model, against, source, period, seed, n, coverage, predictionTimeMs } = result;
  return [
    ['Model', `${model.name} ${model.version} (${model.sha256.slice(0, 12)})`],
    ['Against', against === null ? 'the heuristic' : `${against.name} ${against.version}`],
    ['Source', source.name],
    ['Period', period === null ? 'without times' : localDays(period.from, period.to, timeZone)],
    ['Bookings scored', count(n)],
    ['Outcomes known', percent(coverage, 0)],
    ['Seed', String(seed)],
    [
      'Prediction time, p95',
      predictionTimeMs === null
        ? '–'
        : `${decimal(predictionTimeMs.p95, 3)} ms of ${count(predictionTimeMs.n)}`,
    ],
  ];
}

function gateSection({ gates }: AbTestDocument): ReportSection {
  const rows = gates.map((gate): Cell[] => {
    const cells = gateCells(gate);
    return cells.map((cell, i) =>
      i === RESULT_COLUMN ? badge(GATE_ANSWERS[gate.result], cell) : cell || '–',
    );
  });
  return {
    id: 'gates',
    heading: 'Gates',
    intro:
      'Each is decided on its own one-sided 95 % bounds: it passes when the whole range meets the target, and fails when none of it does. “Point” is what the bare number says; “needs” is about how many bookings would decide it.',
    content: [glanceTable('Gates', GATE_HEAD, rows)],
    figures: [],
  };
}

function armSection(result: AbTestDocument, { errors, differences }: AbTestPicture): ReportSection {
  const { arms, improvement, difference, wilcoxon, textbook } = result;
  const other = arms.against ?? arms.heuristic;
  const rows = ARM_ROWS.map(([label, metric, show]) => [
    label,
    armCell(arms.model, metric, show),
    armCell(other, metric, show),
  ]);
  const notes = [
    improvement.value === null ? null : `Intervals are 95 %; ${basis(improvement)}.`,
    difference.value === null
      ? null
      : `Mean difference ${decimal(difference.value)} min [${decimal(difference.lower)}, ${decimal(difference.upper)}].`,
    wilcoxon === null ? null : `${wilcoxonLine(wilcoxon).replaceAll(/\s+/g, ' ')}.`,
    textbook === null ? null : `${textbookLine(textbook).replaceAll(/\s+/g, ' ')}.`,
  ].filter((note) => note !== null);
  return {
    id: 'errors',
    heading: 'Both arms on the same bookings',
    intro: notes.length === 0 ? 'Too few bookings for an interval.' : notes.join(' '),
    content: [glanceTable('Scores of both arms', ['', 'model', otherName(result)], rows)],
    figures:
      errors.edges.length === 0 ? [] : [errorFigure(errors, legendOf(result)), differenceFigure(differences)],
  };
}

function legendOf(result: AbTestDocument): LegendEntry[] {
  return [
    { tone: 'model', label: 'model' },
    { tone: 'other', label: otherName(result) },
  ];
}

function errorFigure(histogram: Histogram, legend: LegendEntry[]): Figure {
  const [model = [], other = []] = histogram.series;
  return {
    id: 'error-distributions',
    title: 'Errors',
    description: `Predicted minus actual, minutes: right of zero too late was predicted, left of it too early. ${outsideText(
      histogram,
      legend.map(({ label }) => `${label}’s`),
    )}`,
    legend,
    plot: histogramPlot({
      edges: histogram.edges,
      series: [
        { tone: 'model', shares: model },
        { tone: 'other', shares: other },
      ],
      xLabel: 'predicted − actual, min',
      yLabel: 'share of bookings',
      reference: 0,
    }),
    table: {
      head: ['minutes', ...legend.map(({ label }) => label)],
      rows: model.map((share, i) => [barLabel(histogram, i), percent(share), percent(other[i] ?? null)]),
    },
  };
}

function differenceFigure(histogram: Histogram): Figure {
  const [shares = []] = histogram.series;
  return {
    id: 'paired-differences',
    title: 'Paired differences',
    description: `How much larger the model’s error is than the other’s on the same booking: left of zero the model is better. ${outsideText(histogram, ['bookings'])}`,
    legend: [],
    plot: histogramPlot({
      edges: histogram.edges,
      series: [{ tone: 'model', shares }],
      xLabel: '|model error| − |other error|, min',
      yLabel: 'share of bookings',
      reference: 0,
    }),
    table: {
      head: ['minutes', 'share'],
      rows: shares.map((share, i) => [barLabel(histogram, i), percent(share)]),
    },
  };
}

function barLabel({ edges }: Histogram, bar: number): string {
  return `${decimal(edges[bar] ?? null, 1)} to ${decimal(edges[bar + 1] ?? null, 1)}`;
}

function outsideText({ outside }: Histogram, names: readonly string[]): string {
  const parts = outside.flatMap(({ below, above }, i) =>
    below + above === 0 ? [] : [`${percent(below + above)} of the ${names[i]}`],
  );
  return parts.length === 0 ? '' : `Not drawn, farther out: ${parts.join(', ')}.`;
}

function calibrationSection(result: AbTestDocument, picture: AbTestPicture): ReportSection {
  const { model, other } = picture.calibration;
  return {
    id: 'calibration',
    heading: 'Calibration, and the days',
    intro:
      'Are predicted delays those that come, and did the gain hold from day to day? One mean a day enters the sequence, because bookings of a day share its weather and traffic; days count alike in it, so it may differ a little from the mean over bookings.',
    content: [],
    figures: [
      ...(model.length + other.length === 0 ? [] : [calibrationFigure(result, picture)]),
      ...(picture.days.length < 2 ? [] : [dayFigure(picture)]),
    ],
  };
}

function calibrationFigure(result: AbTestDocument, { calibration }: AbTestPicture): Figure {
  return {
    id: 'calibration-by-decile',
    title: 'Predicted and actual delay',
    description:
      'Each dot is about a tenth of the bookings, those with similar predictions, with the 95 % interval of their mean delay. On the dotted line a prediction is right on average.',
    legend: legendOf(result),
    plot: calibrationPlot(
      [
        { tone: 'other', points: calibration.other },
        { tone: 'model', points: calibration.model },
      ],
      'min',
    ),
    table: {
      head: ['arm', 'n', 'predicted', 'actual', 'lower', 'upper'],
      rows: [...groupRows('model', calibration.model), ...groupRows(otherName(result), calibration.other)],
    },
  };
}

function groupRows(arm: string, groups: readonly CalibrationGroup[]): string[][] {
  return groups.map(({ n, predicted, actual, lower, upper }) => [
    arm,
    count(n),
    ...[predicted, actual, lower, upper].map((minutes) => decimal(minutes)),
  ]);
}

/** From here on the axis says years and months. */
const LONG_DAYS = 200;

function dayFigure({ days }: AbTestPicture): Figure {
  return {
    id: 'difference-by-day',
    title: 'Difference by day',
    description:
      'Dots are the mean difference of single days; the line is the mean of all days so far, in its 95 % confidence sequence, which may be read after any day. Below zero the model is better.',
    legend: [{ tone: 'model', label: 'mean of the days so far' }],
    plot: sequencePlot({
      points: days.map(({ dayNumber, difference, running, lower, upper }) => ({
        at: dayNumber,
        value: difference,
        running,
        lower,
        upper,
      })),
      xLabel: 'day',
      xFormat: days.length > LONG_DAYS ? (day) => dayLabel(day).slice(0, 7) : (day) => dayLabel(day).slice(5),
      yLabel: 'difference, min',
      reference: 0,
    }),
    table: {
      head: ['day', 'bookings', 'difference', 'so far', 'lower', 'upper'],
      rows: days.map(({ dayNumber, n, difference, running, lower, upper }) => [
        dayLabel(dayNumber),
        count(n),
        ...[difference, running, lower, upper].map((minutes) => decimal(minutes)),
      ]),
    },
  };
}

const TONES: Readonly<Record<Answer, Tone>> = { good: 'good', bad: 'bad', warn: 'muted' };

function segmentSection({ segments }: AbTestDocument): ReportSection {
  const isKnown = segments.some(({ value }) => value !== null);
  return {
    id: 'segments',
    heading: 'Segments',
    intro: isKnown ? SEGMENTS_KNOWN : SEGMENTS_UNKNOWN,
    content: [],
    figures: isKnown ? [segmentFigure(segments)] : [],
  };
}

const SEGMENTS_KNOWN =
  'Results are on p-values adjusted by Holm for all segments together, so that one in twenty reports at most names a difference where there is none. Segments of fewer than 20 bookings are not judged.';
const SEGMENTS_UNKNOWN =
  'There is nothing to compare: no part of the bookings, such as those of an hour, has the 20 that an interval takes.';

function segmentFigure(segments: AbTestDocument['segments']): Figure {
  return {
    id: 'segment-forest',
    title: 'Improvement by segment',
    description:
      'A dot and its 95 % interval for each part of the bookings, with their number; left of zero the model is better. Green and red are proven after adjusting for the number of segments; grey is not enough data.',
    legend: [],
    plot: forestPlot({
      rows: segments.map(({ by, segment, n, value, lower, upper, result }) => ({
        group: by,
        label: segment,
        count: count(n),
        note: signedPercent(value, 0),
        tone: TONES[SEGMENT_ANSWERS[result]],
        value,
        lower,
        upper,
      })),
      format: (value) => signedPercent(value, 0),
      xLabel: 'improvement',
      reference: 0,
    }),
    table: { head: SEGMENT_HEAD, rows: segments.map(segmentCells) },
  };
}
