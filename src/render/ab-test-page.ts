import type { AbTestDocument } from '../replay/ab-test.js';
import type { AbTestPicture } from '../replay/picture.js';
import { ARM_ROWS, armCell, basis, textbookLine, wilcoxonLine } from './ab-test.js';
import {
  calibrationFigure,
  dayFigure,
  differenceFigure,
  errorFigure,
  legendOf,
  segmentFigure,
} from './ab-test-figures.js';
import {
  actedOnSentence,
  GATE_ANSWERS,
  otherName,
  powerLines,
  simulationWarnings,
  verdictWords,
} from './ab-test-words.js';
import { leftOutText } from './exclusions.js';
import { GATE_HEAD, gateCells, RESULT_COLUMN } from './gate-table.js';
import { type Cell, glanceTable } from './html-table.js';
import { localDays } from './local-days.js';
import { count, counted, decimal, percent, signedPercent } from './number.js';
import { badge, type ReportSection, reportPage } from './report-page.js';

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
