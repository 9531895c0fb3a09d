import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import type { Booking } from './booking.js';
import { planColumns, printable } from './columns.js';
import { parseBooking } from './parse.js';
import { describeFault } from './row.js';

/** Longer ids are a mistake, and index pages have an end. */
export const LONGEST_ID = 200;
/** Control characters and halves of surrogate pairs, which no database keeps as they are. */
const UNPRINTABLE = /\p{C}/u;

/**
 * A function that reads bookings from JSON objects, whose times without an offset are in `timeZone`. What is no field
 * of a booking is not looked at and not kept. BAD_INPUT names the first thing that is wrong.
 */
export function documentReader(timeZone: string): (document: object) => Booking {
  // The objects of one caller nearly always have the same keys.
  let plan = planColumns([]);
  return (document) => {
    const names = Object.keys(document);
    if (names.length !== plan.names.length || names.some((name, i) => name !== plan.names[i])) {
      plan = planColumns(names);
    }
    const record = { plan, values: Object.values(document), unit: 'booking', line: 1 } as const;
    const read = parseBooking(record, timeZone);
    if ('reason' in read) throw new AtmrError('BAD_INPUT', `${describeFault(read)}.`);
    requireId('id', read.id);
    if (read.driverId !== null) requireId('driver_id', read.driverId);
    return read;
  };
}

/** BAD_INPUT for an id that is too long or holds what cannot be printed. */
export function requireId(name: string, id: string): void {
  if (id.length <= LONGEST_ID && id !== '' && !UNPRINTABLE.test(id)) return;
  throw new AtmrError(
    'BAD_INPUT',
    t`${name} is "${printable(id)}"; expected 1 to ${LONGEST_ID} printable characters.`,
  );
}
