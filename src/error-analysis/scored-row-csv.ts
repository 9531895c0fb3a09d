import { absoluteErrorOf, errorOf, type ScoredRow } from '../analysis/scored-row.js';
import { idCell } from '../csv-cell.js';
import { openWholeFile, type WholeFile } from '../whole-file.js';

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

/** The file of `--csv`: one row a scored booking as it passes, by id and figures alone. It appears whole or not at all. */
export interface ScoredCsv extends Pick<WholeFile, 'finish' | 'abandon'> {
  add(row: ScoredRow): Promise<void>;
}

export async function openScoredCsv(path: string): Promise<ScoredCsv> {
  const { write, finish, abandon } = await openWholeFile(path, '--csv');
  try {
    await write(`${HEADER.join(',')}\n`);
  } catch (failure) {
    await abandon();
    throw failure;
  }
  return { add: (row) => write(`${lineOf(row)}\n`), finish, abandon };
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
