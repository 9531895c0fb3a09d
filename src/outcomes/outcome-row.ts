import { printable } from '../booking/columns.js';
import { LARGEST_DELAY_MINUTES, type NotCounting } from '../booking/outcome.js';
import type { PlannedRecord, TablePlan } from '../booking/records.js';
import type { RowFault } from '../booking/row.js';
import { readTimestamp } from '../booking/timestamp.js';
import { ANY_NUMBER, readId, readNumber } from '../booking/values.js';
import type { Outcome } from '../ledger/ledger.js';
import { t } from '../wording/t.js';

const COLUMNS = ['id', 'booking_id', 'scheduled_time', 'actual_pickup_at', 'actual_delay_minutes'] as const;
type Column = (typeof COLUMNS)[number];

/** Where the values of an outcome are; -1 for a column that is not there. */
export interface OutcomePlan extends TablePlan {
  readonly at: Readonly<Record<Column, number>>;
}

export type OutcomeRecord = PlannedRecord<OutcomePlan>;

const MINUTE_MS = 60_000;

/** Assigns the columns of a table of outcomes. */
export function planOutcomes(rawNames: readonly string[]): OutcomePlan {
  const names = rawNames.map((name) => name.trim());
  const at = Object.fromEntries(
    COLUMNS.map((column) => [column, names.indexOf(column)]),
  ) as OutcomePlan['at'];
  return { names, at, problem: problemOf(names, at) };
}

function problemOf(names: readonly string[], at: OutcomePlan['at']): (() => string) | null {
  const repeated = COLUMNS.find((column) => names.indexOf(column) < names.lastIndexOf(column));
  if (repeated !== undefined) return () => t`has the column ${repeated} twice. Keep one`;
  if (at.id < 0 && at.booking_id < 0) return () => t`has no column id (or booking_id)`;
  if (at.actual_delay_minutes >= 0) return null;
  if (at.actual_pickup_at < 0)
    return () => t`has no column actual_delay_minutes, and no actual_pickup_at in its place`;
  return at.scheduled_time < 0
    ? () => t`has actual_pickup_at and no scheduled_time to measure it from`
    : null;
}

/** What one record says, or why it says nothing; a fault when it cannot be read. */
export function readOutcomeRow(record: OutcomeRecord, timeZone: string): Outcome | NotCounting | RowFault {
  const { plan, values } = record;
  if (plan.problem !== null) return faultAt(record, '', null, plan.problem());
  if (values.length !== plan.names.length) {
    const reason = t`has ${values.length} cells (expected ${plan.names.length}, as the header has)`;
    return faultAt(record, '', null, reason);
  }
  const row: Row = { record, fault: null };
  const outcome = readCells(row, timeZone);
  return row.fault ?? outcome;
}

/** A record while it is read: the readers note the first fault and go on with `null`. */
interface Row {
  readonly record: OutcomeRecord;
  fault: RowFault | null;
}

function readCells(row: Row, timeZone: string): Outcome | NotCounting {
  const bookingId = idOf(row);
  const scheduledMs = timeOf(row, 'scheduled_time', timeZone);
  const pickupMs = timeOf(row, 'actual_pickup_at', timeZone);
  const delay = minutesOf(row) ?? minutesLate(row, scheduledMs, pickupMs);
  if (delay === null) return 'not_settled';
  if (Math.abs(delay) > LARGEST_DELAY_MINUTES) return 'delay_over_180_min';
  const atMs = pickupMs ?? (scheduledMs === null ? null : scheduledMs + delay * MINUTE_MS);
  const actualPickupMs = atMs === null ? null : Math.round(atMs);
  return { bookingId, actualDelayMinutes: delay, actualPickupMs, origin: 'file' };
}

function idOf(row: Row): string {
  const column = row.record.plan.at.id >= 0 ? 'id' : 'booking_id';
  const id = readId(cell(row, column));
  if (id === null) fail(row, column, t`is missing or no id (expected a text or a whole number)`);
  return id ?? '';
}

function timeOf(row: Row, column: 'scheduled_time' | 'actual_pickup_at', timeZone: string): number | null {
  const value = cell(row, column);
  if (value === null) return null;
  const time = readTimestamp(value, timeZone);
  return typeof time === 'string' ? fail(row, column, time) : time.epochMs;
}

function minutesOf(row: Row): number | null {
  const value = cell(row, 'actual_delay_minutes');
  if (value === null) return null;
  const minutes = readNumber(value, ANY_NUMBER);
  return typeof minutes === 'string' ? fail(row, 'actual_delay_minutes', minutes) : minutes;
}

/** `null` for a ride that is not over. */
function minutesLate(row: Row, scheduledMs: number | null, pickupMs: number | null): number | null {
  if (pickupMs === null) return null;
  if (scheduledMs !== null) return (pickupMs - scheduledMs) / MINUTE_MS;
  const reason = t`is missing, and without a scheduled_time the pickup tells no delay`;
  return fail(row, 'actual_delay_minutes', reason);
}

/** `null` where there is no such column or nothing in it. */
function cell({ record: { plan, values } }: Row, column: Column): unknown {
  const value = plan.at[column] < 0 ? null : values[plan.at[column]];
  if (value === undefined || value === null) return null;
  return typeof value === 'string' && value.trim() === '' ? null : value;
}

function fail(row: Row, column: Column, reason: string): null {
  row.fault ??= faultAt(row.record, column, cell(row, column), reason);
  return null;
}

function faultAt({ unit, line }: OutcomeRecord, field: string, value: unknown, reason: string): RowFault {
  return { unit, line, field, value: typeof value === 'object' ? '' : printable(String(value)), reason };
}
