import { dayLabel } from '../booking/local-time.js';
import type { AbTestDocument } from '../replay/ab-test.js';
import type { CalibrationGroup, Histogram } from '../replay/distributions.js';
import type { AbTestPicture } from '../replay/picture.js';
import { type Answer, otherName, SEGMENT_ANSWERS } from './ab-test-words.js';
import { count, decimal, percent, signedPercent } from './number.js';
import { calibrationPlot } from './plot/calibration.js';
import type { Figure, LegendEntry, Tone } from './plot/figure.js';
import { forestPlot } from './plot/forest.js';
import { histogramPlot } from './plot/histogram.js';
import { sequencePlot } from './plot/sequence.js';
import { SEGMENT_HEAD, segmentCells } from './segment-table.js';

export function legendOf(result: AbTestDocument): LegendEntry[] {
  return [
    { tone: 'model', label: 'model' },
    { tone: 'other', label: otherName(result) },
  ];
}

export function errorFigure(histogram: Histogram, legend: LegendEntry[]): Figure {
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

export function differenceFigure(histogram: Histogram): Figure {
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

export function calibrationFigure(result: AbTestDocument, { calibration }: AbTestPicture): Figure {
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

export function dayFigure({ days }: AbTestPicture): Figure {
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

export function segmentFigure(segments: AbTestDocument['segments']): Figure {
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
