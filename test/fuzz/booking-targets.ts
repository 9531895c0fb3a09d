import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { binaryRowReader, type CellFormat } from '../../src/booking/binary-rows.js';
import type { Booking } from '../../src/booking/booking.js';
import { documentReader } from '../../src/booking/from-document.js';
import { readRecords } from '../../src/booking/records.js';
import { openBookingBatches } from '../../src/booking/source.js';
import { readTimestamp } from '../../src/booking/timestamp.js';
import { ANY_NUMBER, readBoolean, readId, readNumber } from '../../src/booking/values.js';
import { planOutcomes, readOutcomeRow } from '../../src/outcomes/outcome-row.js';
import { readReported, settleable } from '../../src/outcomes/reported.js';
import { mutatedBytes, mutatedJson, mutatedText } from './mutated.js';
import { require, requireSound, type Target, target } from './target.js';

const ZONE = 'Europe/Zurich';
const CSV = `id,scheduled_time,pickup_lat,pickup_lon,distance_meters,duration_seconds,medical_facility,is_urgent,driver_id,driver_total_bookings,weather.main.temp,weather.wind.speed,weather.clouds.all,actual_delay_minutes
1,2026-01-05T06:15:00+01:00,46.2471,6.0819,10271,1320,clinic-6,false,20,316,-0.2,1.4,83,4.90
"2, or so",2026-01-05 07:00,46.2170,6.1299,9349,1080,"Hôpital ""A""",true,,9,,,,8.09
3,2026-03-29T03:30:00Z,,,,,,,,,,,,
`;
const DOCUMENT = {
  ...{ id: 'b-1', scheduled_time: '2026-03-02T08:30:00Z', pickup_lat: 46.2, pickup_lon: 6.1 },
  ...{ distance_meters: 8000, duration_seconds: 900, is_urgent: false, medical_facility: 'clinic-1' },
  ...{ driver_id: 7, driver_total_bookings: 90, actual_delay_minutes: 4.5, simulated: true },
  weather: {
    main: { temp: 3.5 },
    wind: { speed: 2 },
    rain: { '1h': 0.4 },
    clouds: { all: 75 },
    visibility: 9000,
  },
};
const FEATURES = 'id,time_of_day,day_of_week,distance_km,actual_delay_minutes\n1,8.5,0,7.2,3\n2,23,6,1,-4\n';
const OUTCOMES =
  'booking_id,scheduled_time,actual_pickup_at,actual_delay_minutes\n1,2026-01-05T06:15,2026-01-05T06:20,\n2,,,7.5\n';
const REPORTED = [
  [
    { booking_id: 'b-1', actual_delay_minutes: 4 },
    { booking_id: 2, actual_pickup_at: '2026-03-02T08:34:00Z' },
  ],
  { booking_id: 'b-1', actual_delay_minutes: 4, actual_pickup_at: '2026-03-02T08:34:00Z' },
];

const bytesOf = (...texts: readonly string[]) => texts.map((text) => Buffer.from(text));
const TABLES = bytesOf(CSV, FEATURES, CSV.replaceAll(',', ';'), '');
const JSONS = bytesOf(
  JSON.stringify([DOCUMENT, { ...DOCUMENT, id: 'b-2' }]),
  JSON.stringify({ bookings: [DOCUMENT], more: { bookings: [1] } }),
  `${JSON.stringify(DOCUMENT)}\n\n${JSON.stringify({ ...DOCUMENT, id: 'b-2' })}\n`,
);
const UTF_16 = [Buffer.from(`\ufeff${CSV}`, 'utf16le'), gzipSync(CSV), Buffer.from(CSV, 'latin1')];

async function readBookings(bytes: Uint8Array, onBadRow: 'skip' | 'fail'): Promise<void> {
  // In two pieces: what is cut between them is one all the same.
  const cut = Math.floor(bytes.length / 3);
  const stdin = Readable.from([Buffer.from(bytes.subarray(0, cut)), Buffer.from(bytes.subarray(cut))]);
  const options = { timeZone: ZONE, onBadRow, stdin, onSkipped: requireSound };
  for await (const batch of openBookingBatches('-', options)) for (const one of batch) requireBooking(one);
}

function requireBooking(booking: Booking): void {
  requireSound(booking);
  const { scheduled, pickup, distanceMeters } = booking;
  require(typeof booking.id === 'string', 'an id is no text');
  require(scheduled === null || (scheduled.hour >= 0 && scheduled.hour < 24), 'an hour of no day');
  require(pickup === null || (Math.abs(pickup.lat) <= 90 && Math.abs(pickup.lon) <= 180), 'a place nowhere');
  require(distanceMeters === null || distanceMeters >= 0, 'a negative distance');
}

async function readOutcomes(bytes: Uint8Array): Promise<void> {
  const file = { name: 'outcomes', open: () => Readable.from([Buffer.from(bytes)]) };
  for await (const batch of readRecords(file, planOutcomes)) {
    for (const record of batch) {
      const outcome = 'plan' in record ? readOutcomeRow(record, ZONE) : record;
      requireSound(outcome);
      if (typeof outcome === 'object' && 'actualDelayMinutes' in outcome) {
        require(Math.abs(outcome.actualDelayMinutes) <= 180, 'a delay that is a recording error');
      }
    }
  }
}

function readReportedText(text: string): void {
  const body: unknown = jsonOrNothing(text);
  const reported = readReported(Array.isArray(body) ? body : [body], ZONE);
  requireSound(reported);
  const { outcomes, refused } = settleable(reported, new Map([['2', Date.UTC(2026, 2, 2, 8, 30)]]));
  requireSound([outcomes, refused]);
  require(outcomes.length + refused.length === reported.length, 'an outcome got lost');
  require(outcomes.every((one) => Math.abs(one.actualDelayMinutes) <= 180), 'a delay that is none');
}

/** What the JSON parser refuses never reaches ours. */
function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const readDocument = documentReader(ZONE);
function readDocumentText(text: string): void {
  const body = jsonOrNothing(text);
  if (typeof body === 'object' && body !== null) requireBooking(readDocument(body));
}

function readTime(value: unknown): void {
  const time = readTimestamp(value, ZONE);
  if (typeof time === 'string') return;
  requireSound(time);
  const year = new Date(time.epochMs).getUTCFullYear();
  require(year >= 1969 && year <= 2200, `the year ${year}`);
  require(time.month >= 1 &&
    time.month <= 12 &&
    time.weekday >= 0 &&
    time.weekday <= 6, 'no calendar has it');
}

function readValues(value: unknown): void {
  const number = readNumber(value, ANY_NUMBER);
  if (typeof number === 'number') {
    requireSound(number);
    // As the language itself reads it.
    require(Object.is(number, Number(value)), `${String(value)} was read as ${number}`);
  }
  const truth = readBoolean(value);
  require(typeof truth === 'boolean' || truth.length > 0, 'neither a truth nor a reason');
  const id = readId(value);
  require(id === null || id.trim() === id, 'an id with spaces around it');
}

const FORMATS: readonly CellFormat[] = ['int4', 'text', 'float8', 'int8', 'bool', 'int2', 'cast'];
const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const cell = (bytes: Uint8Array) => Buffer.concat([Buffer.of(0, 0, 0, bytes.length), bytes]);
const ROWS = Buffer.concat([
  header,
  ...[Buffer.of(0, 7), cell(Buffer.of(0, 0, 0, 9)), cell(Buffer.from('b-1')), cell(Buffer.alloc(8, 64))],
  ...[cell(Buffer.alloc(8, 1)), cell(Buffer.of(1)), cell(Buffer.of(1, 2)), Buffer.alloc(4, 0xff)],
  Buffer.of(0xff, 0xff),
]);

/** Its caller tells whatever it throws as a failure of the database; a row is none of the bytes of another. */
function readBinaryRows(bytes: Uint8Array): void {
  const read = binaryRowReader(FORMATS);
  const half = Math.floor(bytes.length / 2);
  let rows = 0;
  try {
    for (const piece of [bytes.subarray(0, half), bytes.subarray(half)]) {
      for (const cells of read(Buffer.from(piece))) {
        rows += 1;
        require(cells.length === FORMATS.length, 'a row of another width');
      }
    }
  } catch (thrown) {
    // A cell that is shorter than its type runs out of the bytes.
    const isRefused = thrown instanceof RangeError || /no binary COPY|columns where/.test(String(thrown));
    if (!isRefused) throw thrown;
  }
  require(rows * 30 <= bytes.length, 'more rows than the bytes hold');
}

export const BOOKING_TARGETS: readonly Target[] = [
  target('bookings as CSV', mutatedBytes(TABLES), (bytes) => readBookings(bytes, 'skip')),
  target('bookings as CSV, strictly', mutatedText([CSV, FEATURES]), (text) =>
    readBookings(Buffer.from(text), 'fail'),
  ),
  target('bookings as JSON and NDJSON', mutatedBytes(JSONS), (bytes) => readBookings(bytes, 'skip')),
  target('bookings as grafted JSON', mutatedJson([[DOCUMENT], { bookings: [DOCUMENT, DOCUMENT] }]), (text) =>
    readBookings(Buffer.from(text), 'skip'),
  ),
  target('bookings in UTF-16, gzip, Latin-1', mutatedBytes(UTF_16), (bytes) => readBookings(bytes, 'skip')),
  target(
    'outcomes as a file',
    mutatedBytes(bytesOf(OUTCOMES, OUTCOMES.replace('booking_id', 'id'))),
    readOutcomes,
  ),
  target('reported outcomes', mutatedJson(REPORTED), readReportedText),
  target('a booking as a document', mutatedJson([DOCUMENT]), readDocumentText),
  target(
    'times',
    fc.oneof(
      mutatedText(['2026-03-02T08:30:00.123+01:00', '2026-03-29 02:30', '2199-12-31T23:59Z']),
      fc.anything(),
    ),
    readTime,
  ),
  target(
    'numbers, truths, ids',
    fc.oneof(mutatedText(['-12.50', '1e-3', 'true']), fc.anything()),
    readValues,
  ),
  target('binary COPY', mutatedBytes([ROWS, header]), readBinaryRows),
];
