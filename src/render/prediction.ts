import type { Explanation } from '../model/explain.js';
import type { Prediction } from '../model/prediction.js';
import { t } from '../wording/t.js';
import { saidValue, weatherReasonSaid } from '../wording/values-said.js';
import { count, counted, decimal, percent } from './number.js';
import type { Style } from './style.js';
import { tableText } from './table.js';

const BAR_WIDTH = 20;
const NAME_WIDTH = 22;
const MOST_ROWS = 20;

/** One prediction for people. */
export function predictionText(prediction: Prediction, style: Style): string {
  return [
    style.bold(
      t`Predicted: ${minutes(prediction.predicted_minutes)} late, risk ${saidValue(prediction.risk_level)}`,
    ),
    ...sourceLines(prediction),
    ...uncertaintyLines(prediction),
    t`heuristic   ${minutes(prediction.heuristic_minutes)}`,
    t`weather     ${weatherText(prediction)}`,
    ...noticeLines(prediction).map(style.warn),
    ...factorLines(prediction),
  ].join('\n');
}

/** Many predictions for people: the first of them, and how many of each kind. */
export function predictionsText(predictions: readonly Prediction[], style: Style): string {
  const rows = predictions
    .slice(0, MOST_ROWS)
    .map((one) => [
      one.booking_id,
      decimal(one.predicted_minutes),
      intervalText(one.interval),
      saidValue(one.risk_level),
      saidValue(one.source),
    ]);
  const head = [t`booking`, t`minutes late`, t`interval`, t`risk`, t`answered by`];
  const more = predictions.length - MOST_ROWS;
  return [
    tableText(head, rows, { columns: style.columns, ruled: true }),
    ...(more > 0
      ? [
          style.dim(
            t`and ${counted(more, t`more prediction`, t`more predictions`)}; --json or --csv give all`,
          ),
        ]
      : []),
    countLine(predictions),
    ...(predictions.some(({ simulated }) => simulated) ? [style.warn(simulatedNote())] : []),
  ].join('\n');
}

const simulatedNote = () =>
  t`! simulated: the model or the bookings are, so this says nothing about your rides`;

function sourceLines({ source, reason, detail, model_version }: Prediction): string[] {
  const why = reason === null ? '' : ` (${reason})`;
  return [
    t`answered by ${saidValue(source)}${why}, model ${model_version}`,
    ...(detail === null ? [] : [t`because     ${detail}`]),
  ];
}

function uncertaintyLines({ interval, confidence }: Prediction): string[] {
  if (interval === null) return [];
  return [
    t`interval    ${intervalText(interval)}, ${percent(interval.level, 0)} of outcomes lie in theirs`,
    t`confidence  ${percent(confidence, 0)} to be off by 3 min at most`,
  ];
}

function weatherText({ weather }: Prediction): string {
  const origin = weather.is_default
    ? t`default: ${weather.reason === null ? '' : weatherReasonSaid(weather.reason)}`
    : t`as reported`;
  return t`factor ${decimal(weather.factor)} (${origin})`;
}

function noticeLines({ out_of_range, simulated }: Prediction): string[] {
  return [
    ...out_of_range.map(
      ({ name, value, min, max }) =>
        t`! ${name} is ${decimal(value)}; training saw ${decimal(min)} to ${decimal(max)}`,
    ),
    ...(simulated ? [simulatedNote()] : []),
  ];
}

const methods = () =>
  ({
    tree_shap: t`against the mean of training`,
    occlusion: t`against a booking of training medians, one feature at a time`,
  }) satisfies Record<Explanation['method'], string>;

/** Rounded so that the shown minutes add up to the shown prediction. */
function factorLines({ contributing_factors: explanation, predicted_minutes }: Prediction): string[] {
  if (explanation === null) return [];
  const { method, base, factors } = explanation;
  const shown = [base, ...factors.map((factor) => factor.minutes)].map(hundredths);
  const rest = hundredths(predicted_minutes) - shown.reduce((a, b) => a + b, 0);
  const largest = Math.max(...shown.slice(1), ...shown.slice(1).map((value) => -value), 1);
  const line = (name: string, value: number, bar: boolean): string => {
    const length = bar ? Math.round((Math.abs(value) / largest) * BAR_WIDTH) : 0;
    const sign = value > 0 && bar ? '+' : '';
    const amount = `${sign}${decimal(value / 100)}`.padStart(8);
    return `  ${name.padEnd(NAME_WIDTH)}${amount}  ${(value < 0 ? '░' : '█').repeat(length)}`.trimEnd();
  };
  return [
    '',
    t`What moved it, in minutes ${methods()[method]}:`,
    line(t`base`, shown[0]!, false),
    ...factors.map(({ name }, i) => line(name, shown[i + 1]!, true)),
    line(t`rest`, rest, false),
  ];
}

function countLine(predictions: readonly Prediction[]): string {
  const by = (source: Prediction['source']) => predictions.filter((one) => one.source === source).length;
  const high = predictions.filter(({ risk_level }) => risk_level === 'high').length;
  const heuristic = by('heuristic') === 0 ? '' : t`, ${count(by('heuristic'))} by the heuristic`;
  return t`${counted(predictions.length, t`booking`)}: ${count(by('model'))} answered by the model${heuristic}; ${count(high)} of high risk`;
}

function intervalText(interval: Prediction['interval']): string {
  return interval === null ? '–' : t`${decimal(interval.lower)} to ${decimal(interval.upper)}`;
}

function minutes(value: number): string {
  return `${decimal(value)} min`;
}

function hundredths(value: number): number {
  return Math.round(value * 100);
}
