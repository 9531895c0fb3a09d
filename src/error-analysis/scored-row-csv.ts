import { absoluteErrorOf, errorOf, type ScoredRow } from '../analysis/scored-row.js';
import { idCell } from '../csv-cell.js';
import { writeWholeFile } from '../whole-file.js';

const HEADER = [
  'booking_id',
  'scheduled_time',
  'actual_minutes',
  'model_minutes',
  'heuristic_minutes',
  'error',
  'absolute_error',
  'lower_minutes',
  'upper_minutes',
  'confidence',
  'weather_factor',
  'out_of_range',
];

/** Writes the file of `--csv`: one row a scored booking, by id and figures alone. */
export function writeScoredRows(path: string, rows: readonly ScoredRow[]): Promise<void> {
  return writeWholeFile(path, '--csv', linesOf(rows));
}

function* linesOf(rows: readonly ScoredRow[]): Generator<string> {
  yield `${HEADER.join(',')}\n`;
  for (const row of rows) yield `${lineOf(row)}\n`;
}

function lineOf(row: ScoredRow): string {
  const { actualMinutes, modelMinutes, heuristicMinutes, lowerMinutes, upperMinutes, confidence } = row;
  const minutes = [actualMinutes, modelMinutes, heuristicMinutes, errorOf(row), absoluteErrorOf(row)];
  const promised = [lowerMinutes, upperMinutes, confidence, row.weatherFactor];
  return [
    idCell(row.bookingId),
    row.atMs === null ? '' : new Date(row.atMs).toISOString(),
    ...[...minutes, ...promised].map((value) => value?.toFixed(4) ?? ''),
    row.outOfRange.join(' '),
  ].join(',');
}
