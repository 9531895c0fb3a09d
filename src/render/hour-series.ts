import type { WindowMetrics } from '../ledger/ledger.js';
import { t } from '../wording/t.js';
import { count, counted, decimal, percent } from './number.js';
import { type Range, rangeOf, sparkline } from './sparkline.js';
import type { Style } from './style.js';

/** Hours of the ledger, oldest first; the last one ends with the look. */
export type Hours = readonly WindowMetrics[];

interface Series {
  readonly label: string;
  /** `null` where nothing is known. */
  readonly of: (hour: WindowMetrics) => number | null;
  readonly show: (value: number) => string;
  readonly range: (hours: Hours) => Range;
}

const fromZero = (of: Series['of']) => (hours: Hours) => [0, rangeOf(hours.map(of))[1]] as const;
const answersOf: Series['of'] = ({ traffic }) => traffic.requests;
const modelMaeOf: Series['of'] = ({ accuracy }) => accuracy.model.mae;
const heuristicMaeOf: Series['of'] = ({ accuracy }) => accuracy.heuristic.mae;
const p95Of: Series['of'] = ({ traffic }) => traffic.predictionTimeMs?.p95 ?? null;
/** Of both arms, so that the eye compares them. */
const maeRange = (hours: Hours) => rangeOf([...hours.map(modelMaeOf), ...hours.map(heuristicMaeOf)]);
const minutes = (value: number) => `${decimal(value)} min`;

const allSeries = (): readonly Series[] => [
  { label: t`answers`, of: answersOf, show: count, range: fromZero(answersOf) },
  { label: t`failures`, of: failureRate, show: percent, range: fromZero(failureRate) },
  { label: t`MAE model`, of: modelMaeOf, show: minutes, range: maeRange },
  { label: t`MAE heuristic`, of: heuristicMaeOf, show: minutes, range: maeRange },
  { label: t`time p95`, of: p95Of, show: (value) => `${decimal(value, 0)} ms`, range: fromZero(p95Of) },
];

/** Between columns. */
const GAP = 2;
const notEnough = () => t`not enough data`;

/** A line for each series: the last hour's figure, then as many of the hours as have room, newest at the end. */
export function hourLines(hours: Hours, style: Style, unicode: boolean): string[] {
  const series = allSeries();
  const labelWidth = Math.max(...series.map(({ label }) => label.length)) + GAP;
  const figureWidth = notEnough().length + GAP;
  const room = Math.max(0, style.columns - labelWidth - figureWidth);
  const shown = room === 0 ? [] : hours.slice(-room);
  const lines = series.map(({ label, of, show, range }) => {
    const newest = hours.at(-1);
    const value = newest === undefined ? null : of(newest);
    const figure = value === null ? notEnough() : show(value);
    const curve = sparkline(shown.map(of), unicode, range(shown));
    return `${label.padEnd(labelWidth)}${figure.padEnd(figureWidth)}${curve}`.trimEnd();
  });
  const head = `${''.padEnd(labelWidth)}${t`last 60 min`.padEnd(figureWidth)}${t`last ${shown.length} h`}`;
  return [style.dim(head.trimEnd()), ...lines];
}

/** The last hour for a log: "412 answers in the last hour, 0.0 % failures, MAE 1.62 / 2.71 min". */
export function hourText(hours: Hours): string {
  const newest = hours.at(-1);
  if (newest === undefined) return notEnough();
  const failures = failureRate(newest);
  const [model, heuristic] = [modelMaeOf(newest), heuristicMaeOf(newest)];
  const noScores = model === null && heuristic === null;
  return [
    t`${counted(newest.traffic.requests, t`answer`)} in the last hour`,
    failures === null ? t`failures: ${notEnough()}` : t`${percent(failures)} failures`,
    noScores ? t`MAE: ${notEnough()}` : t`MAE ${decimal(model)} / ${decimal(heuristic)} min`,
  ].join(', ');
}

/** Of the model's attempts, shadow included. */
function failureRate({ traffic }: WindowMetrics): number | null {
  return traffic.attempts === 0 ? null : traffic.failures / traffic.attempts;
}
