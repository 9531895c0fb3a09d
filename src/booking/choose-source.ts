import { join } from 'node:path';
import type { Config } from '../config.js';
import { packageFolder } from '../config.js';
import { AtmrError } from '../errors.js';
import { standardInput } from '../terminal.js';
import { t } from '../wording/t.js';
import { type Batches, oneByOne } from './batches.js';
import type { Booking } from './booking.js';
import { bookingDatabase } from './booking-database.js';
import type { Part } from './part.js';
import { noSuchBooking, openPostgresBookingBatches } from './postgres-source.js';
import { type BookingFileOptions, openBookingBatches } from './source.js';

/** Bookings and where they come from, for saying so. */
export interface BookingSource {
  readonly name: string;
  /** True for the bookings that come with the package: a demonstration, nobody's history. */
  readonly shipped: boolean;
  /** What `--source` takes to mean the same again; `null` where nothing does. */
  readonly argument: string | null;
  readonly batches: AsyncIterable<readonly Booking[]>;
}

export interface SourceOptions extends Omit<BookingFileOptions, 'timeZone' | 'stdin'> {
  /** The one booking that is wanted; BAD_INPUT where there is none of that id. */
  readonly id?: string;
  /** Of a database, what is wanted of it. */
  readonly part?: Part;
}

/** What `--source` calls the database; a file of that name is `./postgres`. */
export const POSTGRES = 'postgres';

/** The bookings of `--source`; without one, those of the configured database, else those that come with the package. */
export function chooseSource(
  path: string | undefined,
  config: Config,
  options: SourceOptions,
): BookingSource {
  const database = path === undefined || path === POSTGRES ? bookingDatabase(config) : null;
  if (database !== null) {
    const batches = openPostgresBookingBatches(database, options);
    return { name: database.name, shipped: false, argument: POSTGRES, batches };
  }
  if (path === POSTGRES) {
    const fact = t`--source postgres needs DATABASE_URL or BOOKINGS_DATABASE_URL, and neither is set`;
    throw new AtmrError('BAD_CONFIG', t`${fact}. Set one, or name a file.`);
  }
  return fileSource(path, config, options);
}

function fileSource(path: string | undefined, { timeZone }: Config, options: SourceOptions): BookingSource {
  const stdin = path === '-' ? { stdin: standardInput() } : {};
  const file = path ?? join(packageFolder(), 'fixtures', 'bookings.csv');
  const name = path === '-' ? 'stdin' : (path ?? t`the shipped fixture fixtures/bookings.csv`);
  const all = openBookingBatches(file, { ...options, ...stdin, timeZone });
  const batches = options.id === undefined ? all : only(all, options.id, name);
  return { name, shipped: path === undefined, argument: path === '-' ? null : (path ?? null), batches };
}

async function* only(batches: Batches<Booking>, id: string, name: string): AsyncGenerator<[Booking]> {
  for await (const booking of oneByOne(batches)) {
    if (booking.id !== id) continue;
    yield [booking];
    return;
  }
  throw noSuchBooking(id, name);
}
