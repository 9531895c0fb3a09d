import type { Readable } from 'node:stream';
import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import { mapKnown, oneByOne } from './batches.js';
import type { Booking } from './booking.js';
import { planColumns, printable } from './columns.js';
import { type Repetition, watchDuplicates } from './duplicates.js';
import { parseBooking, type RawRecord } from './parse.js';
import { readRecords } from './records.js';
import { describeFault, type RowFault } from './row.js';
import { standardInputName, type TextFile, textFile } from './text.js';

/** How a file of bookings is read. */
export interface BookingFileOptions {
  /** The zone of times without an offset. */
  readonly timeZone: string;
  /** `fail` stops at the first record that is no booking; `skip` leaves those out. */
  readonly onBadRow: 'fail' | 'skip';
  /** Refuses a file without the column `actual_delay_minutes`; its cells may be empty. */
  readonly needsOutcome?: boolean;
  /** What the path `-` stands for. */
  readonly stdin?: Readable;
  /** Told of every record left out. */
  readonly onSkipped?: (fault: RowFault) => void;
  /** Told once of each column that is not used. */
  readonly onIgnoredColumns?: (names: readonly string[]) => void;
}

/**
 * The bookings of a CSV, JSON or NDJSON file, plain or gzipped, in its order and in constant memory but for 8 bytes
 * a booking. Throws BAD_INPUT for a file that cannot be read, holds no booking, or holds an id twice (also with `skip`:
 * nothing tells which of the two is right); the last is known at once among the first 65,536 bookings, and at the end of a longer file.
 */
export function openBookings(path: string, options: BookingFileOptions): AsyncGenerator<Booking> {
  return oneByOne(openBookingBatches(path, options));
}

/** {@link openBookings}, as many at once as are read at once. What was read before a fault comes before the error. */
export async function* openBookingBatches(
  path: string,
  options: BookingFileOptions,
): AsyncGenerator<readonly Booking[]> {
  const file = textFile(path, options.stdin);
  const duplicates = watchDuplicates();
  const noticeColumns = columnNotice(options.onIgnoredColumns);
  const counts = { read: 0, skipped: 0 };
  let hasOutcomes = !options.needsOutcome;
  let unit: RowFault['unit'] = 'line';
  const read = (item: RawRecord | RowFault): Booking | null => {
    if ('plan' in item) {
      noticeColumns(item);
      hasOutcomes ||= item.plan.at.actual_delay_minutes >= 0;
    }
    const booking = 'plan' in item ? parseBooking(item, options.timeZone) : item;
    if ('reason' in booking) {
      reject(booking, file.name, options);
      counts.skipped += 1;
      return null;
    }
    const repetition = duplicates.add(booking.id, item.line);
    if (repetition !== null) throw repeated(repetition, item.unit, file.name, booking.id);
    unit = item.unit;
    counts.read += 1;
    return booking;
  };
  for await (const batch of readRecords(file, planColumns)) yield* mapKnown(batch, read);
  if (counts.read === 0) throw noBookings(file.name, counts.skipped);
  if (!hasOutcomes) throw noOutcomes(file.name);
  const repetition = duplicates.atEnd();
  if (repetition === null) return;
  const id = path === '-' ? undefined : await idAt(file, repetition.second, options.timeZone);
  throw repeated(repetition, unit, file.name, id);
}

function reject(fault: RowFault, file: string, options: BookingFileOptions): void {
  if (options.onBadRow === 'skip') {
    options.onSkipped?.(fault);
    return;
  }
  const remedy = t`Correct it, or skip such rows with --on-bad-row skip.`;
  throw new AtmrError('BAD_INPUT', `${file} ${describeFault(fault)}. ${remedy}`);
}

function repeated(
  { first, second }: Repetition,
  unit: RowFault['unit'],
  file: string,
  id?: string,
): AtmrError {
  const units = UNITS[unit]();
  const fact =
    id === undefined
      ? t`${file}: ${units} ${first} and ${second} have the same id`
      : t`${file}: ${units} ${first} and ${second} both have the id ${printable(id)}`;
  return new AtmrError('BAD_INPUT', t`${fact}. An id names one booking: remove one of them.`);
}

const UNITS: Readonly<Record<RowFault['unit'], () => string>> = {
  line: () => t`lines`,
  booking: () => t`bookings`,
  row: () => t`rows`,
};

/** Reads the file again for an id of which only the hash was kept. */
async function idAt(file: TextFile, line: number, timeZone: string): Promise<string | undefined> {
  for await (const batch of readRecords(file, planColumns)) {
    const record = batch.find((item) => item.line === line);
    if (record === undefined || !('plan' in record)) continue;
    const booking = parseBooking(record, timeZone);
    return 'id' in booking ? booking.id : undefined;
  }
  return undefined;
}

function noBookings(file: string, skipped: number): AtmrError {
  const fact = t`There are no bookings in ${file}`;
  if (skipped > 0) {
    const remedy = t`Correct what was reported of the first`;
    return new AtmrError('BAD_INPUT', t`${fact}: all ${skipped} rows were skipped. ${remedy}.`);
  }
  const remedy = file === standardInputName() ? t`Check the command that writes to it` : t`Check the path`;
  return new AtmrError('BAD_INPUT', `${fact}. ${remedy}.`);
}

function noOutcomes(file: string): AtmrError {
  const fact = t`${file} has no column actual_delay_minutes, so nobody knows how late its bookings were`;
  const remedy = t`Add it: minutes late, negative when early, empty while a booking is not settled`;
  return new AtmrError('BAD_INPUT', `${fact}. ${remedy}.`);
}

/** Tells of unused columns when they first turn up; a CSV file has one plan, JSON objects may have many. */
function columnNotice(tell: BookingFileOptions['onIgnoredColumns']): (record: RawRecord) => void {
  const told = new Set<string>();
  let lastPlan: RawRecord['plan'] | null = null;
  return ({ plan }) => {
    if (plan === lastPlan) return;
    lastPlan = plan;
    const fresh = plan.ignored.filter((name) => name !== '' && !told.has(name)).map(printable);
    for (const name of plan.ignored) told.add(name);
    if (fresh.length > 0) tell?.(fresh);
  };
}
