import type { AbTestDocument } from '../replay/ab-test.js';
import type { ArmResult, IntervalResult } from '../replay/assess.js';
import type { Bootstrap } from '../replay/bootstrap.js';
import type { WilcoxonResult } from '../replay/compare.js';
import type { TextbookTests } from '../replay/textbook.js';
import { dimensionName } from '../wording/dimension-name.js';
import { t } from '../wording/t.js';
import { actedOnLines, powerLines, simulationWarnings, verdictWords } from './ab-test-words.js';
import { leftOutText } from './exclusions.js';
import { gateLines } from './gate-table.js';
import { localDays } from './local-days.js';
import { counted, decimal, endsText, percent, signedPercent } from './number.js';
import { segmentLines } from './segment-table.js';
import type { Style } from './style.js';
import { alignedRows } from './table.js';

/** The replay's document as text for a terminal; days are those of `timeZone`. */
export function abTestText(result: AbTestDocument, style: Style, timeZone: string): string {
  return [
    ...heading(result, style, timeZone),
    '',
    ...armLines(result, style),
    '',
    ...improvementLines(result),
    '',
    ...verdictLines(result, style),
    '',
    ...gateLines(result.gates, style),
    '',
    ...segmentLines(result.segments, style),
    ...actedOnLines(result),
    '',
    ...timeLines(result),
    leftOutText(result.excluded),
  ].join('\n');
}

function heading(result: AbTestDocument, style: Style, timeZone: string): string[] {
  const { n, source, period, model, against } = result;
  const scored = counted(n, t`booking`);
  const title =
    n === 0
      ? t`No booking was scored`
      : against === null
        ? t`Replay of ${scored} through the model and the heuristic`
        : t`Replay of ${scored} through two models`;
  return [
    style.bold(title),
    t`model     ${model.name} ${model.version}`,
    ...(against === null ? [] : [t`against   ${against.name} ${against.version}`]),
    t`bookings  ${source.name}`,
    t`outcomes  ${coverageText(result)}`,
    ...(n === 0
      ? []
      : [t`period    ${period === null ? t`without times` : localDays(period.from, period.to, timeZone)}`]),
    ...simulationWarnings(result).map((line) => style.warn(`! ${line}`)),
  ];
}

export function coverageText({ coverage, inWindow, excluded }: AbTestDocument): string {
  const where = excluded.outside_window === undefined ? '' : t` in the chosen time`;
  return t`known for ${percent(coverage, 0)} of the ${counted(inWindow, t`booking`)}${where}`;
}

export type ArmRow = readonly [
  label: string,
  metric: keyof ArmResult & string,
  show: (value: number | null) => string,
];

export const scoreRows = (): readonly ArmRow[] => [
  [t`MAE, min`, 'mae', decimal],
  [t`RMSE, min`, 'rmse', decimal],
  ['R²', 'r2', decimal],
  [t`bias, min`, 'bias', decimal],
  [t`error below 3 min`, 'accuracy', percent],
  [t`error above 5 min`, 'missRate', percent],
  [t`late rides foreseen`, 'lateRecall', percent],
  [t`foreseen that came late`, 'latePrecision', percent],
];

function armLines(result: AbTestDocument, { columns }: Style): string[] {
  const { arms } = result;
  const other = arms.against ?? arms.heuristic;
  const rows = scoreRows().map(([label, metric, show]) => [
    label,
    armCell(arms.model, metric, show),
    armCell(other, metric, show),
  ]);
  return alignedRows(['', t`model`, arms.against ? t`against` : t`heuristic`], rows, columns);
}

export function armCell(arm: ArmResult | null, metric: ArmRow[1], show: ArmRow[2]): string {
  const value = arm?.[metric];
  if (arm === null || typeof value !== 'number') return show(null);
  const ends = arm.intervals[metric] ?? null;
  return ends === null ? show(value) : `${show(value)} ${endsText(show(ends[0]), show(ends[1]))}`;
}

function improvementLines({
  improvement,
  bootstrap,
  difference,
  wilcoxon,
  textbook,
}: AbTestDocument): string[] {
  if (improvement.value === null) return [t`improvement: not enough data`];
  const minutes = (value: number | null): string => decimal(value);
  return [
    t`improvement  ${signedPercent(improvement.value)}  [${signedPercent(improvement.lower)}, ${signedPercent(improvement.upper)}]`,
    t`difference   ${minutes(difference.value)} min  [${minutes(difference.lower)}, ${minutes(difference.upper)}]`,
    t`intervals    95 %, ${basis(improvement)}`,
    ...(bootstrap === undefined ? [] : [bootstrapLine(bootstrap)]),
    ...(wilcoxon === null ? [] : [wilcoxonLine(wilcoxon)]),
    ...(textbook === null ? [] : [textbookLine(textbook)]),
  ];
}

export function bootstrapLine({ replicates, booking, day, driver }: Bootstrap): string {
  const intervals = Object.entries({ booking, day, driver }).flatMap(([by, interval]) =>
    interval === null
      ? []
      : t`by ${dimensionName(by)} [${signedPercent(interval.lower)}, ${signedPercent(interval.upper)}]`,
  );
  return t`bootstrap    ${intervals.join(', ')}; ${counted(replicates, t`replicate`)}`;
}

export function wilcoxonLine({ pValue, rankBiserial, hodgesLehmannMinutes }: WilcoxonResult): string {
  const shift = t`shift ${decimal(hodgesLehmannMinutes)} min`;
  return t`Wilcoxon     ${pText(pValue)}, rank-biserial ${decimal(rankBiserial)}, ${shift}, by booking`;
}

export function textbookLine({ pairedT, improvementByFieller }: TextbookTests): string {
  const fieller =
    improvementByFieller === null
      ? []
      : [
          `Fieller ${endsText(signedPercent(improvementByFieller.lower), signedPercent(improvementByFieller.upper))}`,
        ];
  const parts = [pText(pairedT.pValue), `d_z ${decimal(pairedT.effectSize)}`, ...fieller, t`by booking`];
  return t`t-test       ${parts.join(', ')}`;
}

function pText(p: number): string {
  return p < SMALLEST_P ? `p < ${decimal(SMALLEST_P, 3)}` : `p = ${decimal(p, 3)}`;
}

const SMALLEST_P = 0.001;

/** Whole days and drivers are resampled too: bookings that share one are less news than they seem. */
export function basis({ decidedBy, dimensions }: IntervalResult): string {
  const notes = dimensions.flatMap(({ name, clusters, standing }) => {
    if (standing === 'too few')
      return [t`by ${dimensionName(name)} not used: ${clusterCount(clusters, name)}, 8 needed`];
    return standing === 'indicative'
      ? [t`by ${dimensionName(name)} indicative: ${clusterCount(clusters, name)}`]
      : [];
  });
  return [t`the widest is by ${dimensionName(decidedBy ?? '')}`, ...notes].join(t`; `);
}

/** `8 drivers`; of bookings of the same day and driver, `8 day and drivers`. */
function clusterCount(clusters: number, dimension: string): string {
  const [first = '', second] = dimension.split(' and ').map(dimensionName);
  return second === undefined
    ? counted(clusters, first)
    : counted(clusters, t`${first} and ${second}`, t`${first} and ${second}s`);
}

function verdictLines(result: AbTestDocument, style: Style): string[] {
  const { answer, word, sentence } = verdictWords(result);
  return [style[answer](t`Verdict: ${word}. ${sentence}`), ...powerLines(result)];
}

function timeLines({ predictionTimeMs }: AbTestDocument): string[] {
  if (predictionTimeMs === null) return [];
  const { n, p50, p95, p99 } = predictionTimeMs;
  return [
    t`Prediction time of ${counted(n, t`booking`)}, one by one: p50 ${decimal(p50, 3)}, p95 ${decimal(p95, 3)}, p99 ${decimal(p99, 3)} ms`,
  ];
}
