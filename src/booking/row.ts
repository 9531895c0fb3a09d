import { t } from '../wording/t.js';
import { type ColumnPlan, type Field, printable } from './columns.js';

/** Why one record is not a booking. */
export interface RowFault {
  /** What `line` counts: the lines of the file, the bookings of a JSON document (in a database their ids), or the rows of a query. */
  readonly unit: 'line' | 'booking' | 'row';
  /** From 1; of a row that spans lines, the first. */
  readonly line: number;
  /** The column, or empty when the whole record is at fault. */
  readonly field: string;
  /** What stands there, at most 40 characters; empty when nothing does. */
  readonly value: string;
  readonly reason: string;
}

const SPACE = 32;

/** "line 17, pickup_lat: 91 is not a latitude (expected −90 to 90)". */
export function describeFault({ unit, line, field, value, reason }: RowFault): string {
  const place = `${UNITS[unit]()} ${line}${field === '' ? '' : `, ${field}`}`;
  return value === '' ? `${place} ${reason}` : t`${place}: ${value} ${reason}`;
}

const UNITS: Readonly<Record<RowFault['unit'], () => string>> = {
  line: () => t`line`,
  booking: () => t`booking`,
  row: () => t`row`,
};

/** A record while it is read: the readers note the first thing that is wrong and go on with `null`. */
export interface Row {
  readonly plan: ColumnPlan;
  readonly values: readonly unknown[];
  fault: { readonly field: string; readonly value: string; readonly reason: string } | null;
}

/** The value of a field; `null` when there is no such column or nothing in it. */
export function cell(row: Row, field: Field): unknown {
  return cellAt(row, row.plan.at[field]);
}

/** The value at a position; `null` for -1, and where there is nothing but spaces. */
export function cellAt(row: Row, at: number): unknown {
  const value = at < 0 ? null : row.values[at];
  if (value === undefined || value === null) return null;
  return typeof value === 'string' && isBlank(value) ? null : value;
}

/** Trims only what begins with a space: there are twenty cells a row and nearly none does. */
function isBlank(text: string): boolean {
  return text === '' || (text.charCodeAt(0) <= SPACE && text.trim() === '');
}

/** Notes a fault of a field, and is `null`, the value of a field at fault. */
export function fail(row: Row, field: Field, reason: string): null {
  const at = row.plan.at[field];
  return failAt(row, at < 0 ? field : row.plan.names[at]!, at < 0 ? null : row.values[at], reason);
}

/** {@link fail} for a column by its name. */
export function failAt(row: Row, name: string, value: unknown, reason: string): null {
  row.fault ??= { field: printable(name), value: shown(value), reason };
  return null;
}

/** Objects and lists may hold anything, names of patients included: they are named, not shown. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return Array.isArray(value) ? t`a list` : t`an object`;
  return printable(String(value).trim());
}
