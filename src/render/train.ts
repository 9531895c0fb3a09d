import type { ScoreSummary } from '../model/manifest.js';
import type { TrainDocument } from '../training/train-source.js';
import { t } from '../wording/t.js';
import { leftOutText } from './exclusions.js';
import { localDays } from './local-days.js';
import { count, counted, decimal, percent } from './number.js';
import { shellWord } from './shell-word.js';
import type { Style } from './style.js';
import { tableText } from './table.js';

/** The document of `train` as text for a terminal; days are those of `timeZone`. */
export function trainText(result: TrainDocument, style: Style, timeZone: string): string {
  return [
    ...heading(result, style, timeZone),
    '',
    scoreTable(result, style),
    '',
    ...details(result),
    ...result.notices.map((notice) => style.dim(t`notice: ${notice}`)),
    '',
    t`written to ${result.path}; compare it with the heuristic by`,
    t`  ${replayCommand(result)}`,
    t`and have it answer, once it is in the models folder, by`,
    `  atmr-ml model use ${shellWord(result.model.name)}`,
  ].join('\n');
}

function heading({ model, data, source }: TrainDocument, style: Style, timeZone: string): string[] {
  const { from, to } = data;
  const when = from === null || to === null ? t`no times` : localDays(from, to, timeZone);
  const title = t`Trained ${model.name} ${model.version} on ${counted(data.rows, t`booking`)}`;
  return [
    style.bold(title),
    t`from ${source.name} (${when})`,
    ...(data.simulated ? [style.warn(t`! simulated bookings: this says nothing about your rides`)] : []),
  ];
}

function scoreTable({ metrics, split }: TrainDocument, { columns }: Style): string {
  const test = split.by === 'time' ? t`test (the latest)` : t`test (drawn at random)`;
  const rows = [
    [t`learned from`, ...scoreCells(metrics.train)],
    [t`cross-validation`, ...scoreCells(metrics.crossValidation)],
    [test, ...scoreCells(metrics.test)],
  ];
  return tableText(['', t`bookings`, t`MAE, min`, t`RMSE, min`, t`R²`], rows, { columns, ruled: true });
}

function scoreCells(scores: ScoreSummary | null): string[] {
  if (scores === null) return ['–', '–', '–', '–'];
  return [count(scores.n), decimal(scores.mae), decimal(scores.rmse), decimal(scores.r2)];
}

function details({ split, excluded, interval, rounds, features, seed }: TrainDocument): string[] {
  const how =
    split.by === 'time'
      ? t`split by time: the latest bookings test`
      : t`no times, so split by a shuffle with seed ${seed}`;
  return [
    how,
    t`${counted(rounds, t`tree`)} over ${counted(features.length, t`feature`)}`,
    ...(interval === null
      ? []
      : [t`${percent(interval.level, 0)} intervals covered ${percent(interval.coverage)} of the test part`]),
    leftOutText(excluded),
  ];
}

/** The replay of the same bookings, of which the test part alone was not learned from. */
function replayCommand({ source, path }: TrainDocument): string {
  const { shipped, argument } = source;
  const option = shipped ? '' : ` --source ${argument === null ? 'FILE' : shellWord(argument)}`;
  return `atmr-ml ab-test${option} --model ${shellWord(path)}`;
}
