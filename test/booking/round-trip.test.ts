import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import { instantOfWallTime, localTime } from '../../src/booking/local-time.js';
import { openBookings } from '../../src/booking/source.js';
import { AtmrError } from '../../src/errors.js';
import { parseOpenWeather } from '../../src/weather/weather.js';

const ZONE = 'Europe/Zurich';
const LAST_INSTANT = Date.UTC(2199, 11, 30);

/** A booking, and the cells it is written as; numbers and booleans stay what they are in JSON. */
interface Written {
  readonly booking: Booking;
  readonly cells: Readonly<Record<string, string | number | boolean | null>>;
}

const amount = fc.double({ min: 0, max: 1e9, noNaN: true });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
/** CR and CRLF are line ends, and become LF inside a cell as in any text; spaces around an id are not kept. */
const id = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .map((text) => text.replaceAll(/[\r\0]/g, '\n').trim())
  .filter((text) => text !== '');
const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true }).map((value) => value + 0);
const place = orNull(fc.record({ lat: degrees(90), lon: degrees(180) }));
const weatherCells = fc.record({
  temp: degrees(40),
  wind: amount,
  rain: amount,
  visibility: orNull(amount),
  clouds: fc.integer({ min: 0, max: 100 }),
});

const timed: fc.Arbitrary<Written> = fc
  .record({
    id,
    epochMs: fc.integer({ min: 0, max: LAST_INSTANT }),
    pickup: place,
    dropoff: place,
    distance: orNull(amount),
    duration: orNull(amount),
    flags: fc.tuple(orNull(fc.boolean()), orNull(fc.boolean()), orNull(fc.boolean()), fc.boolean()),
    driver: orNull(id),
    experience: orNull(fc.nat()),
    weather: orNull(weatherCells),
    delay: orNull(degrees(500)),
    density: orNull(fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map((made) => ({ booking: timedBooking(made), cells: timedCells(made) }));

interface Made {
  id: string;
  epochMs: number;
  pickup: { lat: number; lon: number } | null;
  dropoff: { lat: number; lon: number } | null;
  distance: number | null;
  duration: number | null;
  flags: [boolean | null, boolean | null, boolean | null, boolean];
  driver: string | null;
  experience: number | null;
  weather: { temp: number; wind: number; rain: number; visibility: number | null; clouds: number } | null;
  delay: number | null;
  density: number | null;
}

function timedBooking(made: Made): Booking {
  const [isMedical, isUrgent, isRoundTrip, simulated] = made.flags;
  return {
    id: made.id,
    scheduled: localTime(made.epochMs, ZONE),
    pickup: made.pickup,
    dropoff: made.dropoff,
    distanceMeters: made.distance,
    durationSeconds: made.duration,
    isMedical,
    isUrgent,
    isRoundTrip,
    driverId: made.driver,
    driverTotalBookings: made.experience,
    weather: made.weather && parseOpenWeather(report(made.weather)),
    simulated,
    actualDelayMinutes: made.delay,
    given: made.density === null ? null : { traffic_density: made.density },
  };
}

function report({ temp, wind, rain, visibility, clouds }: NonNullable<Made['weather']>) {
  return { main: { temp }, wind: { speed: wind }, rain: { '1h': rain }, visibility, clouds: { all: clouds } };
}

function timedCells(made: Made): Written['cells'] {
  const [is_medical, is_urgent, is_round_trip, simulated] = made.flags;
  return {
    id: made.id,
    scheduled_time: new Date(made.epochMs).toISOString(),
    pickup_lat: made.pickup?.lat ?? null,
    pickup_lon: made.pickup?.lon ?? null,
    dropoff_lat: made.dropoff?.lat ?? null,
    dropoff_lon: made.dropoff?.lon ?? null,
    distance_meters: made.distance,
    duration_seconds: made.duration,
    is_medical,
    is_urgent,
    is_round_trip,
    simulated,
    driver_id: made.driver,
    driver_total_bookings: made.experience,
    weather: made.weather && JSON.stringify(report(made.weather)),
    actual_delay_minutes: made.delay,
    traffic_density: made.density,
  };
}

const ready: fc.Arbitrary<Written> = fc
  .record({
    booking_id: id,
    time_of_day: fc.integer({ min: 0, max: 23 }),
    day_of_week: fc.integer({ min: 0, max: 6 }),
    distance_km: amount,
    is_medical: fc.constantFrom(0, 1),
    duration_seconds: amount,
    weather_factor: fc.double({ min: 0, max: 1, noNaN: true }),
    distance_squared: amount,
  })
  .map((cells) => {
    const { booking_id, ...given } = cells;
    return { booking: { ...EMPTY, id: booking_id, given }, cells };
  });

const EMPTY: Booking = {
  id: '',
  scheduled: null,
  pickup: null,
  dropoff: null,
  distanceMeters: null,
  durationSeconds: null,
  isMedical: null,
  isUrgent: null,
  isRoundTrip: null,
  driverId: null,
  driverTotalBookings: null,
  weather: null,
  simulated: false,
  actualDelayMinutes: null,
  given: null,
};

const tables = fc.oneof(
  ...[timed, ready].map((row) =>
    fc.uniqueArray(row, { minLength: 1, maxLength: 20, selector: ({ booking }) => booking.id }),
  ),
);

const asCsv = (rows: readonly Written[]) => {
  const names = Object.keys(rows[0]!.cells);
  const lines = rows.map(({ cells }) => names.map((name) => csvCell(cells[name] ?? null)).join(','));
  return [names.join(','), ...lines].join('\n');
};
const asNdjson = (rows: readonly Written[]) => rows.map(({ cells }) => JSON.stringify(cells)).join('\n');
const asJson = (rows: readonly Written[]) => JSON.stringify({ bookings: rows.map(({ cells }) => cells) });

test.each([
  ['CSV', asCsv],
  ['NDJSON', asNdjson],
  ['JSON', asJson],
])('bookings written as %s are read back equal, wherever the pieces are cut', async (_, write) => {
  const property = fc.asyncProperty(tables, fc.integer({ min: 1, max: 200 }), async (rows, size) => {
    const bookings = await collect(Buffer.from(write(rows)), size);
    expect(bookings).toEqual(rows.map(({ booking }) => booking));
  });
  await fc.assert(property);
});

test('every naive time that the clocks show is read as what they show', () => {
  const instant = fc.integer({ min: 0, max: LAST_INSTANT / 60_000 }).map((minutes) => minutes * 60_000);
  const property = fc.asyncProperty(instant, async (wallMs) => {
    const naive = new Date(wallMs).toISOString().slice(0, 16).replace('T', ' ');
    const epochMs = instantOfWallTime(wallMs, ZONE);
    fc.pre(epochMs !== null);
    const [booking] = await collect(Buffer.from(`id,scheduled_time\n1,${naive}`), 99);
    expect(booking?.scheduled).toEqual(localTime(epochMs, ZONE));
  });
  return fc.assert(property);
});

test('whatever the bytes are, they are bookings or a foreseen error', async () => {
  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    fc
      .string({ unit: fc.constantFrom(...'{}[]",:\n\r;idx017.-eT Z'), maxLength: 200 })
      .map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
    fc.string().map((text) => Buffer.from(`id,scheduled_time,weather\n${text}`)),
    fc.uint8Array().map((bytes) => Buffer.concat([Buffer.of(0x1f, 0x8b), bytes])),
  );
  const property = fc.asyncProperty(garbage, fc.constantFrom('fail', 'skip'), async (bytes, onBadRow) => {
    const outcome: unknown = await collect(bytes, 64, onBadRow).catch((thrown: unknown) => thrown);
    expect(Array.isArray(outcome) || outcome instanceof AtmrError ? 'foreseen' : outcome).toBe('foreseen');
  });
  await fc.assert(property, { numRuns: 500 });
});

async function collect(bytes: Uint8Array, size: number, onBadRow: 'fail' | 'skip' = 'fail') {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    Buffer.from(bytes.subarray(i * size, (i + 1) * size)),
  );
  const bookings: Booking[] = [];
  const stdin = Readable.from(pieces);
  for await (const booking of openBookings('-', { timeZone: ZONE, onBadRow, stdin })) bookings.push(booking);
  return bookings;
}

function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  const text = String(value);
  return /[",\n;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
