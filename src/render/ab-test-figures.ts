import { dayLabel } from '../booking/local-time.js';
import type { AbTestDocument } from '../replay/ab-test.js';
import type { CalibrationGroup, Histogram } from '../replay/distributions.js';
import type { AbTestPicture } from '../replay/picture.js';
import { t } from '../wording/t.js';
import { type Answer, otherName, SEGMENT_ANSWERS } from './ab-test-words.js';
import { count, decimal, percent, signedPercent } from './number.js';
import { calibrationPlot } from './plot/calibration.js';
import type { Figure, LegendEntry, Tone } from './plot/figure.js';
import { forestPlot } from './plot/forest.js';
import { histogramPlot } from './plot/histogram.js';
import { sequencePlot } from './plot/sequence.js';
import { segmentCells, segmentHead, segmentName } from './segment-table.js';

export function legendOf(result: AbTestDocument): LegendEntry[] {
  return [
    { tone: 'model', label: t`model` },
    { tone: 'other', label: otherName(result) },
  ];
}

export function errorFigure(histogram: Histogram, legend: LegendEntry[]): Figure {
  const [model = [], other = []] = histogram.series;
  return {
    id: 'error-distributions',
    title: t`Errors`,
    description: t`Predicted minus actual, minutes: right of zero too late was predicted, left of it too early. ${outsideText(
      histogram,
      legend.map(
        ({ label }) =>
          (part) =>
            t`${part} of the ${label}’s`,
      ),
    )}`,
    legend,
    plot: histogramPlot({
      edges: histogram.edges,
      series: [
        { tone: 'model', shares: model },
        { tone: 'other', shares: other },
      ],
      xLabel: t`predicted − actual, min`,
      yLabel: t`share of bookings`,
      reference: 0,
    }),
    table: {
      head: [t`minutes`, ...legend.map(({ label }) => label)],
      rows: model.map((share, i) => [barLabel(histogram, i), percent(share), percent(other[i] ?? null)]),
    },
  };
}

export function differenceFigure(histogram: Histogram): Figure {
  const [shares = []] = histogram.series;
  return {
    id: 'paired-differences',
    title: t`Paired differences`,
    description: t`How much larger the model’s error is than the other’s on the same booking: left of zero the model is better. ${outsideText(histogram, [(part) => t`${part} of the bookings`])}`,
    legend: [],
    plot: histogramPlot({
      edges: histogram.edges,
      series: [{ tone: 'model', shares }],
      xLabel: t`|model error| − |other error|, min`,
      yLabel: t`share of bookings`,
      reference: 0,
    }),
    table: {
      head: [t`minutes`, t`share`],
      rows: shares.map((share, i) => [barLabel(histogram, i), percent(share)]),
    },
  };
}

function barLabel({ edges }: Histogram, bar: number): string {
  return t`${decimal(edges[bar] ?? null, 1)} to ${decimal(edges[bar + 1] ?? null, 1)}`;
}

function outsideText({ outside }: Histogram, says: readonly ((part: string) => string)[]): string {
  const parts = outside.flatMap(({ below, above }, i) =>
    below + above === 0 ? [] : [says[i]!(percent(below + above))],
  );
  return parts.length === 0 ? '' : t`Not drawn, farther out: ${parts.join(', ')}.`;
}

export function calibrationFigure(result: AbTestDocument, { calibration }: AbTestPicture): Figure {
  return {
    id: 'calibration-by-decile',
    title: t`Predicted and actual delay`,
    description: t`Each dot is about a tenth of the bookings, those with similar predictions, with the 95 % interval of their mean delay. On the dotted line a prediction is right on average.`,
    legend: legendOf(result),
    plot: calibrationPlot(
      [
        { tone: 'other', points: calibration.other },
        { tone: 'model', points: calibration.model },
      ],
      'min',
    ),
    table: {
      head: [t`arm`, 'n', t`predicted`, t`actual`, t`lower`, t`upper`],
      rows: [...groupRows(t`model`, calibration.model), ...groupRows(otherName(result), calibration.other)],
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
    title: t`Difference by day`,
    description: t`Dots are the mean difference of single days; the line is the mean of all days so far, in its 95 % confidence sequence, which may be read after any day. Below zero the model is better.`,
    legend: [{ tone: 'model', label: t`mean of the days so far` }],
    plot: sequencePlot({
      points: days.map(({ dayNumber, difference, running, lower, upper }) => ({
        at: dayNumber,
        value: difference,
        running,
        lower,
        upper,
      })),
      xLabel: t`day`,
      xFormat: days.length > LONG_DAYS ? (day) => dayLabel(day).slice(0, 7) : (day) => dayLabel(day).slice(5),
      yLabel: t`difference, min`,
      reference: 0,
    }),
    table: {
      head: [t`day`, t`bookings`, t`difference`, t`so far`, t`lower`, t`upper`],
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
    title: t`Improvement by segment`,
    description: t`A dot and its 95 % interval for each part of the bookings, with their number; left of zero the model is better. Green and red are proven after adjusting for the number of segments; grey is not enough data.`,
    legend: [],
    plot: forestPlot({
      rows: segments.map(({ by, segment, n, value, lower, upper, result }) => ({
        ...segmentName(by, segment),
        count: count(n),
        note: signedPercent(value, 0),
        tone: TONES[SEGMENT_ANSWERS[result]],
        value,
        lower,
        upper,
      })),
      format: (value) => signedPercent(value, 0),
      xLabel: t`improvement`,
      reference: 0,
    }),
    table: { head: segmentHead(), rows: segments.map(segmentCells) },
  };
}
