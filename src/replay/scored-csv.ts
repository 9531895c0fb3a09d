import type { SettledBooking } from '../booking/outcome.js';
import { idCell } from '../csv-cell.js';
import { openWholeFile } from '../whole-file.js';
import type { ScoredBooking } from './score.js';

/** A CSV that grows with the replay. */
export interface ScoredCsv {
  add(scored: ScoredBooking<SettledBooking>): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** Opens the file of `--csv`: one row a scored booking; errors are absolute, all in minutes. `other` is the second arm. */
export async function scoredCsv(path: string, other: 'heuristic' | 'against'): Promise<ScoredCsv> {
  const file = await openWholeFile(path, '--csv');
  await file.write(`${header(other).join(',')}\n`);
  return {
    add: (scored) => file.write(`${row(scored)}\n`),
    finish: file.finish,
    abandon: file.abandon,
  };
}

function header(other: string): string[] {
  return [
    'booking_id',
    'scheduled_time',
    'actual_minutes',
    'model_minutes',
    `${other}_minutes`,
    'model_error',
    `${other}_error`,
    'difference',
  ];
}

function row({ booking, modelMinutes, heuristicMinutes }: ScoredBooking<SettledBooking>): string {
  const actual = booking.actualDelayMinutes;
  const modelError = Math.abs(modelMinutes - actual);
  const heuristicError = Math.abs(heuristicMinutes - actual);
  const minutes = [
    actual,
    modelMinutes,
    heuristicMinutes,
    modelError,
    heuristicError,
    modelError - heuristicError,
  ];
  const at = booking.scheduled === null ? '' : new Date(booking.scheduled.epochMs).toISOString();
  return [idCell(booking.id), at, ...minutes.map((value) => value.toFixed(4))].join(',');
}
