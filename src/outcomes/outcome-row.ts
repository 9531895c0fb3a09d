import { printable } from '../booking/columns.js';
import { LARGEST_DELAY_MINUTES, type NotCounting } from '../booking/outcome.js';
import type { PlannedRecord, TablePlan } from '../booking/records.js';
import type { RowFault } from '../booking/row.js';
import { readTimestamp } from '../booking/timestamp.js';
import { ANY_NUMBER, readId, readNumber } from '../booking/values.js';
import type { Outcome } from '../ledger/ledger.js';

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

function problemOf(names: readonly string[], at: OutcomePlan['at']): string | null {
  const repeated = COLUMNS.find((column) => names.indexOf(column) < names.lastIndexOf(column));
  if (repeated !== undefined) return `has the column ${repeated} twice. Keep one`;
  if (at.id < 0 && at.booking_id < 0) return 'has no column id (or booking_id)';
  if (at.actual_delay_minutes >= 0) return null;
  if (at.actual_pickup_at < 0)
    return 'has no column actual_delay_minutes, and no actual_pickup_at in its place';
  return at.scheduled_time < 0 ? 'has actual_pickup_at and no scheduled_time to measure it from' : null;
}

/** What one record says, or why it says nothing; a fault when it cannot be read. */
export function readOutcomeRow(
  { plan, values, unit, line }: OutcomeRecord,
  timeZone: string,
): Outcome | NotCounting | RowFault {
  const fault = (field: string, value: unknown, reason: string): RowFault => {
    return { unit, line, field, value: typeof value === 'object' ? '' : printable(String(value)), reason };
  };
  if (plan.problem !== null) return fault('', null, plan.problem);
  if (values.length !== plan.names.length) {
    return fault('', null, `has ${values.length} cells (expected ${plan.names.length}, as the header has)`);
  }
  const cell = (column: Column): unknown => filled(plan.at[column] < 0 ? null : values[plan.at[column]]);
  const idColumn = plan.at.id >= 0 ? 'id' : 'booking_id';
  const bookingId = readId(cell(idColumn));
  if (bookingId === null)
    return fault(idColumn, cell(idColumn), 'is missing or no id (expected a text or a whole number)');
  const times = { scheduled_time: cell('scheduled_time'), actual_pickup_at: cell('actual_pickup_at') };
  const read = {
    scheduled: timeOf(times.scheduled_time, timeZone),
    pickup: timeOf(times.actual_pickup_at, timeZone),
  };
  if (typeof read.scheduled === 'string')
    return fault('scheduled_time', times.scheduled_time, read.scheduled);
  if (typeof read.pickup === 'string') return fault('actual_pickup_at', times.actual_pickup_at, read.pickup);
  const delay = delayOf(cell('actual_delay_minutes'), read.scheduled, read.pickup);
  if (typeof delay === 'string')
    return fault('actual_delay_minutes', cell('actual_delay_minutes') ?? null, delay);
  if (delay === null) return 'not_settled';
  if (Math.abs(delay) > LARGEST_DELAY_MINUTES) return 'delay_over_180_min';
  const pickupMs = read.pickup ?? (read.scheduled === null ? null : read.scheduled + delay * MINUTE_MS);
  return {
    bookingId,
    actualDelayMinutes: delay,
    actualPickupMs: pickupMs === null ? null : Math.round(pickupMs),
    origin: 'file',
  };
}

/** The minutes where they are given, else from the times; `null` for a ride that is not over. */
function delayOf(
  value: unknown,
  scheduledMs: number | null,
  pickupMs: number | null,
): number | string | null {
  if (value !== null) return readNumber(value, ANY_NUMBER);
  if (pickupMs === null) return null;
  if (scheduledMs === null) return 'is missing, and without a scheduled_time the pickup tells no delay';
  return (pickupMs - scheduledMs) / MINUTE_MS;
}

function timeOf(value: unknown, timeZone: string): number | string | null {
  if (value === null) return null;
  const time = readTimestamp(value, timeZone);
  return typeof time === 'string' ? time : time.epochMs;
}

function filled(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' && value.trim() === '' ? null : value;
}
