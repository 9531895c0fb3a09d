import type { ScoreSummary } from '../model/manifest.js';
import type { TrainDocument } from '../training/train-source.js';
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
    ...result.notices.map((notice) => style.dim(`notice: ${notice}`)),
    '',
    `written to ${result.path}; compare it with the heuristic by`,
    `  ${replayCommand(result)}`,
  ].join('\n');
}

function heading({ model, data, source }: TrainDocument, style: Style, timeZone: string): string[] {
  const { from, to } = data;
  const when = from === null || to === null ? 'no times' : localDays(from, to, timeZone);
  const title = `Trained ${model.name} ${model.version} on ${counted(data.rows, 'booking')}`;
  return [
    style.bold(title),
    `from ${source.name} (${when})`,
    ...(data.simulated ? [style.warn('! simulated bookings: this says nothing about your rides')] : []),
  ];
}

function scoreTable({ metrics, split }: TrainDocument, { columns }: Style): string {
  const test = split.by === 'time' ? 'test (the latest)' : 'test (drawn at random)';
  const rows = [
    ['learned from', ...scoreCells(metrics.train)],
    ['cross-validation', ...scoreCells(metrics.crossValidation)],
    [test, ...scoreCells(metrics.test)],
  ];
  return tableText(['', 'bookings', 'MAE, min', 'RMSE, min', 'R²'], rows, { columns, ruled: true });
}

function scoreCells(scores: ScoreSummary | null): string[] {
  if (scores === null) return ['–', '–', '–', '–'];
  return [count(scores.n), decimal(scores.mae), decimal(scores.rmse), decimal(scores.r2)];
}

function details({ split, excluded, interval, rounds, features, seed }: TrainDocument): string[] {
  const how =
    split.by === 'time'
      ? 'split by time: the latest bookings test'
      : `no times, so split by a shuffle with seed ${seed}`;
  return [
    how,
    `${counted(rounds, 'tree')} over ${counted(features.length, 'feature')}`,
    ...(interval === null
      ? []
      : [`${percent(interval.level, 0)} intervals covered ${percent(interval.coverage)} of the test part`]),
    leftOutText(excluded),
  ];
}

/** The replay of the same bookings, of which the test part alone was not learned from. */
function replayCommand({ source, path }: TrainDocument): string {
  const { shipped, argument } = source;
  const option = shipped ? '' : ` --source ${argument === null ? 'FILE' : shellWord(argument)}`;
  return `atmr-ml ab-test${option} --model ${shellWord(path)}`;
}
