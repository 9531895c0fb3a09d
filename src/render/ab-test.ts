import type { AbTestDocument } from '../replay/ab-test.js';
import type { ArmResult, IntervalResult } from '../replay/assess.js';
import type { WilcoxonResult } from '../replay/compare.js';
import { leftOutText } from './exclusions.js';
import { gateLines } from './gate-table.js';
import { localDays } from './local-days.js';
import { counted, decimal, percent, signedPercent } from './number.js';
import type { Style } from './style.js';
import { tableText } from './table.js';

/** The replay's document as text for a terminal; days are those of `timeZone`. */
export function abTestText(result: AbTestDocument, style: Style, timeZone: string): string {
  return [
    ...heading(result, style, timeZone),
    '',
    armTable(result, style),
    '',
    ...improvementLines(result),
    '',
    ...verdictLines(result, style),
    '',
    ...gateLines(result.gates, style),
    '',
    ...timeLines(result),
    leftOutText(result.excluded),
  ].join('\n');
}

function heading(result: AbTestDocument, style: Style, timeZone: string): string[] {
  const { n, source, period, model, simulated } = result;
  const title =
    n === 0
      ? 'No booking was scored'
      : `Replay of ${counted(n, 'booking')} through the model and the heuristic`;
  return [
    style.bold(title),
    `model     ${model.name} ${model.version}`,
    `bookings  ${source.name}`,
    `outcomes  ${coverageText(result)}`,
    ...(n === 0
      ? []
      : [`period    ${period === null ? 'without times' : localDays(period.from, period.to, timeZone)}`]),
    ...simulationWarnings(simulated, model.simulated).map((line) => style.warn(line)),
  ];
}

function coverageText({ coverage, inWindow, excluded }: AbTestDocument): string {
  const where = excluded.outside_window === undefined ? '' : ' in the chosen time';
  return `known for ${percent(coverage, 0)} of the ${counted(inWindow, 'booking')}${where}`;
}

function simulationWarnings(bookings: boolean, model: boolean): string[] {
  if (bookings && model) return ['! simulated bookings, and a model trained on simulated bookings'];
  if (bookings) return ['! simulated bookings: this says nothing about your rides'];
  return model ? ['! the model was trained on simulated bookings: train your own with `atmr-ml train`'] : [];
}

type ArmRow = readonly [
  label: string,
  metric: keyof ArmResult & string,
  show: (value: number | null) => string,
];

const ARM_ROWS: readonly ArmRow[] = [
  ['MAE, min', 'mae', decimal],
  ['RMSE, min', 'rmse', decimal],
  ['R²', 'r2', decimal],
  ['bias, min', 'bias', decimal],
  ['error below 3 min', 'accuracy', percent],
  ['error above 5 min', 'missRate', percent],
  ['late rides foreseen', 'lateRecall', percent],
  ['foreseen that came late', 'latePrecision', percent],
];

function armTable({ arms }: AbTestDocument, { columns }: Style): string {
  const rows = ARM_ROWS.map(([label, metric, show]) => [
    label,
    armCell(arms.model, metric, show),
    armCell(arms.heuristic, metric, show),
  ]);
  return tableText(['', 'model', 'heuristic'], rows, { columns, ruled: false });
}

function armCell(arm: ArmResult | null, metric: ArmRow[1], show: ArmRow[2]): string {
  const value = arm?.[metric];
  if (arm === null || typeof value !== 'number') return show(null);
  const ends = arm.intervals[metric] ?? null;
  return ends === null ? show(value) : `${show(value)}  [${show(ends[0])}, ${show(ends[1])}]`;
}

function improvementLines({ improvement, difference, wilcoxon }: AbTestDocument): string[] {
  if (improvement.value === null) return ['improvement: not enough data'];
  const minutes = (value: number | null): string => decimal(value);
  return [
    `improvement  ${signedPercent(improvement.value)}  [${signedPercent(improvement.lower)}, ${signedPercent(improvement.upper)}]`,
    `difference   ${minutes(difference.value)} min  [${minutes(difference.lower)}, ${minutes(difference.upper)}]`,
    `intervals    95 %, ${basis(improvement)}`,
    ...(wilcoxon === null ? [] : [wilcoxonLine(wilcoxon)]),
  ];
}

function wilcoxonLine({ pValue, rankBiserial, hodgesLehmannMinutes }: WilcoxonResult): string {
  const p = pValue < SMALLEST_P ? `p < ${SMALLEST_P}` : `p = ${decimal(pValue, 3)}`;
  const shift = `Hodges–Lehmann ${decimal(hodgesLehmannMinutes)} min`;
  return `Wilcoxon     ${p}, rank-biserial ${decimal(rankBiserial)}, ${shift}, by booking`;
}

const SMALLEST_P = 0.001;

/** Whole days and drivers are resampled too: bookings that share one are less news than they seem. */
function basis({ decidedBy, dimensions }: IntervalResult): string {
  const notes = dimensions.flatMap(({ name, clusters, standing }) => {
    if (standing === 'too few') return [`by ${name} not used: ${counted(clusters, name)}, 8 needed`];
    return standing === 'indicative' ? [`by ${name} indicative: ${counted(clusters, name)}`] : [];
  });
  return [`the widest is by ${decidedBy}`, ...notes].join('; ');
}

function verdictLines(result: AbTestDocument, style: Style): string[] {
  const { verdict, insufficient } = result;
  if (verdict === 'better') {
    return [
      style.good('Verdict: BETTER. The whole interval of the improvement is below zero.'),
      ...powerLines(result),
    ];
  }
  if (verdict === 'worse') {
    return [
      style.bad('Verdict: WORSE. The whole interval of the improvement is above zero.'),
      ...powerLines(result),
    ];
  }
  const why =
    insufficient === null
      ? 'The interval of the improvement contains zero.'
      : `No interval: ${insufficient}.`;
  return [style.warn(`Verdict: NOT ENOUGH DATA. ${why}`), ...powerLines(result)];
}

function powerLines({ n, needed, detectableMinutes, dayCorrelation }: AbTestDocument): string[] {
  const lines: string[] = [];
  if (detectableMinutes !== null) {
    lines.push(
      `${counted(n, 'booking')} can show a difference of ${decimal(detectableMinutes)} min or more.`,
    );
  }
  if (needed !== null) lines.push(`To prove what was seen, some ${counted(needed, 'booking')} are needed.`);
  if (lines.length === 0) return [];
  return [...lines, `(in 80 % of replays, at a correlation of ${dayCorrelation} within a day)`];
}

function timeLines({ predictionTimeMs }: AbTestDocument): string[] {
  if (predictionTimeMs === null) return [];
  const { n, p50, p95, p99 } = predictionTimeMs;
  return [
    `Prediction time over ${counted(n, 'single prediction')}: p50 ${decimal(p50, 3)} ms, p95 ${decimal(p95, 3)} ms, p99 ${decimal(p99, 3)} ms`,
  ];
}
