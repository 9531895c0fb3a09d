import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { AtmrError } from '../errors.js';
import { writeWholeFile } from '../whole-file.js';
import { t } from '../wording/t.js';
import { bookingJson } from './booking-json.js';
import { BOOKING_COLUMNS, bookingLine } from './booking-table.js';
import { READY_COLUMNS, readyLine } from './ready-table.js';
import type { SimulationSettings } from './settings.js';
import { type SimulatedBooking, simulateBookings } from './simulate.js';
import { createSummaryMeter, type SimulationSummary } from './summary.js';

/** One way to write bookings down. */
export interface TableFormat {
  /** The first line; `null` for none. */
  readonly header: string | null;
  line(simulated: SimulatedBooking): string;
}

/** By `--table` and `--format`. */
const TABLE_FORMATS = {
  'bookings csv': { header: BOOKING_COLUMNS.join(','), line: bookingLine },
  'bookings ndjson': { header: null, line: bookingJson },
  'ready csv': { header: READY_COLUMNS.join(','), line: readyLine },
} as const satisfies Record<string, TableFormat>;

const CHUNK_CHARACTERS = 65_536;

/** The format of `--table` and `--format`; `USAGE` for a pair that does not exist. */
export function tableFormat(table: string, format: string): TableFormat {
  const found = Object.entries(TABLE_FORMATS).find(([name]) => name === `${table} ${format}`);
  if (found !== undefined) return found[1];
  throw new AtmrError(
    'USAGE',
    t`There is no table "${table}" in format "${format}"; expected bookings as csv or ndjson, or ready as csv.`,
  );
}

/**
 * Simulates bookings and writes them to the file `out`, or to a stream, as fast as that takes them.
 * The file appears complete or not at all, compressed when its name ends in `.gz`. Returns what was written, summed up.
 */
export async function exportSimulation(
  settings: SimulationSettings,
  format: TableFormat,
  out: string | NodeJS.WritableStream,
): Promise<SimulationSummary> {
  const meter = createSummaryMeter(settings);
  const chunks = interruptible(tableChunks(metered(simulateBookings(settings), meter.add), format));
  if (typeof out === 'string') {
    await writeWholeFile(out, '--out', out.endsWith('.gz') ? gzipped(chunks) : chunks);
  } else await pipeline(Readable.from(chunks), out, { end: false });
  return meter.summary();
}

/** The text of a table in pieces of some 64 kB. Every line ends with a line feed. */
function* tableChunks(bookings: Iterable<SimulatedBooking>, format: TableFormat): Iterable<string> {
  let chunk = format.header === null ? '' : `${format.header}\n`;
  for (const simulated of bookings) {
    chunk += `${format.line(simulated)}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** Whoever names a file `.gz` means it; gzip's header holds no time here, so the bytes stay the same. */
function gzipped(chunks: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  // The reader of the stream meets every error of the pipeline.
  const gzip = createGzip();
  pipeline(chunks, gzip).catch(() => {});
  return gzip;
}

/** A file takes all it is given at once: without a turn of the loop in between, Ctrl-C would never be heard. */
async function* interruptible(chunks: Iterable<string>): AsyncGenerator<string> {
  for (const chunk of chunks) {
    yield chunk;
    await turnOfTheLoop();
  }
}

function* metered(
  bookings: Iterable<SimulatedBooking>,
  add: (simulated: SimulatedBooking) => void,
): Iterable<SimulatedBooking> {
  for (const simulated of bookings) {
    add(simulated);
    yield simulated;
  }
}
