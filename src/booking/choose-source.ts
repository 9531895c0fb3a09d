import { join } from 'node:path';
import type { Config } from '../config.js';
import { packageFolder } from '../config.js';
import { standardInput } from '../terminal.js';
import type { Booking } from './booking.js';
import { type BookingFileOptions, openBookings } from './source.js';

/** Bookings and where they come from, for saying so. */
export interface BookingSource {
  readonly name: string;
  /** True for the bookings that come with the package: a demonstration, nobody's history. */
  readonly shipped: boolean;
  readonly bookings: AsyncIterable<Booking>;
}

/** The bookings of `--source`; without one, those that come with the package. */
export function chooseSource(
  path: string | undefined,
  config: Config,
  options: Omit<BookingFileOptions, 'timeZone'>,
): BookingSource {
  const stdin = path === '-' ? { stdin: standardInput() } : {};
  const file = path ?? join(packageFolder(), 'fixtures', 'bookings.csv');
  return {
    name: path === '-' ? 'stdin' : (path ?? 'the shipped fixture fixtures/bookings.csv'),
    shipped: path === undefined,
    bookings: openBookings(file, { ...options, ...stdin, timeZone: config.timeZone }),
  };
}
