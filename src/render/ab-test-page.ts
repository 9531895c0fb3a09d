import type { AbTestDocument } from '../replay/ab-test.js';
import type { AbTestPicture } from '../replay/picture.js';
import { t } from '../wording/t.js';
import { armCell, basis, scoreRows, textbookLine, wilcoxonLine } from './ab-test.js';
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
import { gateCells, gateHead, RESULT_COLUMN } from './gate-table.js';
import { type Cell, glanceTable } from './html-table.js';
import { localDays } from './local-days.js';
import { count, counted, decimal, percent, signedPercent } from './number.js';
import { badge, type ReportSection, reportPage } from './report-page.js';

/** The report of a replay as one HTML file; days are those of `timeZone`. */
export function abTestPage(result: AbTestDocument, picture: AbTestPicture, timeZone: string): string {
  const { answer, headline, sentence } = verdictWords(result);
  return reportPage({
    title: t`Replay of ${counted(result.n, t`booking`)}: model against ${otherName(result)}`,
    banners: simulationWarnings(result).map(asSentence),
    verdict: {
      tone: answer,
      headline,
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
    footer: t`${leftOutText(result.excluded)}. ${actedOnSentence(result)} Made by atmr-ml ab-test with seed ${result.seed}; the same bookings and seed give the same report, but for prediction times.`,
  });
}

/** A line must not end between a number and its unit. */
const withUnits = (text: string): string => text.replaceAll(/(?<=\d) (?=%|min\b)/g, '\u00a0');

const asSentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

function verdictSentence(result: AbTestDocument, sentence: string): string {
  const { improvement } = result;
  if (improvement.value === null) return sentence;
  const size = percent(Math.abs(improvement.value));
  const ends = t`${signedPercent(improvement.lower)} to ${signedPercent(improvement.upper)}`;
  const isBelow = improvement.value < 0;
  if (result.against === null) {
    return isBelow
      ? t`Its mean absolute error is ${size} below the heuristic’s (95 % interval ${ends}). ${sentence}`
      : t`Its mean absolute error is ${size} above the heuristic’s (95 % interval ${ends}). ${sentence}`;
  }
  const other = otherName(result);
  return isBelow
    ? t`Its mean absolute error is ${size} below that of ${other} (95 % interval ${ends}). ${sentence}`
    : t`Its mean absolute error is ${size} above that of ${other} (95 % interval ${ends}). ${sentence}`;
}

function facts(result: AbTestDocument, timeZone: string): [string, string][] {
  const { model, against, source, period, seed, n, coverage, predictionTimeMs } = result;
  return [
    [t`Model`, `${model.name} ${model.version} (${model.sha256.slice(0, 12)})`],
    [t`Against`, against === null ? t`the heuristic` : `${against.name} ${against.version}`],
    [t`Source`, source.name],
    [t`Period`, period === null ? t`without times` : localDays(period.from, period.to, timeZone)],
    [t`Bookings scored`, count(n)],
    [t`Outcomes known`, percent(coverage, 0)],
    [t`Seed`, String(seed)],
    [
      t`Prediction time, p95`,
      predictionTimeMs === null
        ? '–'
        : t`${decimal(predictionTimeMs.p95, 3)} ms of ${count(predictionTimeMs.n)}`,
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
    heading: t`Gates`,
    intro: t`Each is decided on its own one-sided 95 % bounds: it passes when the whole range meets the target, and fails when none of it does. “Point” is what the bare number says; “needs” is about how many bookings would decide it.`,
    content: [glanceTable(t`Gates`, gateHead(), rows)],
    figures: [],
  };
}

function armSection(result: AbTestDocument, { errors, differences }: AbTestPicture): ReportSection {
  const { arms, improvement, difference, wilcoxon, textbook } = result;
  const other = arms.against ?? arms.heuristic;
  const rows = scoreRows().map(([label, metric, show]) => [
    label,
    armCell(arms.model, metric, show),
    armCell(other, metric, show),
  ]);
  const notes = [
    improvement.value === null ? null : t`Intervals are 95 %; ${basis(improvement)}.`,
    difference.value === null
      ? null
      : t`Mean difference ${decimal(difference.value)} min [${decimal(difference.lower)}, ${decimal(difference.upper)}].`,
    wilcoxon === null ? null : `${wilcoxonLine(wilcoxon).replaceAll(/\s+/g, ' ')}.`,
    textbook === null ? null : `${textbookLine(textbook).replaceAll(/\s+/g, ' ')}.`,
  ].filter((note) => note !== null);
  return {
    id: 'errors',
    heading: t`Both arms on the same bookings`,
    intro: notes.length === 0 ? t`Too few bookings for an interval.` : notes.join(' '),
    content: [glanceTable(t`Scores of both arms`, ['', t`model`, otherName(result)], rows)],
    figures:
      errors.edges.length === 0 ? [] : [errorFigure(errors, legendOf(result)), differenceFigure(differences)],
  };
}

function calibrationSection(result: AbTestDocument, picture: AbTestPicture): ReportSection {
  const { model, other } = picture.calibration;
  return {
    id: 'calibration',
    heading: t`Calibration, and the days`,
    intro: t`Are predicted delays those that come, and did the gain hold from day to day? One mean a day enters the sequence, because bookings of a day share its weather and traffic; days count alike in it, so it may differ a little from the mean over bookings.`,
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
    heading: t`Segments`,
    intro: isKnown
      ? t`Results are on p-values adjusted by Holm for all segments together, so that one in twenty reports at most names a difference where there is none. Segments of fewer than 20 bookings are not judged.`
      : t`There is nothing to compare: no part of the bookings, such as those of an hour, has the 20 that an interval takes.`,
    content: [],
    figures: isKnown ? [segmentFigure(segments)] : [],
  };
}
