import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import { localTime } from '../../src/booking/local-time.js';
import { openBookings } from '../../src/booking/source.js';
import { isoWithOffset } from '../../src/simulator/booking-table.js';
import { exportSimulation, tableFormat } from '../../src/simulator/export.js';
import { DEFAULT_SIMULATION } from '../../src/simulator/settings.js';
import { simulateBookings } from '../../src/simulator/simulate.js';

const SETTINGS = { ...DEFAULT_SIMULATION, bookings: 700, unsettledPercent: 5, seed: 12 };
const BOOKINGS = [...simulateBookings(SETTINGS)].map(({ booking }) => booking);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function readBack(path: string): Promise<Booking[]> {
  const bookings: Booking[] = [];
  for await (const booking of openBookings(path, { timeZone: 'Europe/Zurich', onBadRow: 'fail' })) {
    bookings.push(booking);
  }
  return bookings;
}

async function exported(table: string, format: string): Promise<string> {
  const path = join(folder, `${table}.${format}`);
  await exportSimulation(SETTINGS, tableFormat(table, format), path);
  return path;
}

describe('a table of bookings', () => {
  it.each(['csv', 'ndjson'])('as %s gives back the very bookings that were simulated', async (format) => {
    expect(await readBack(await exported('bookings', format))).toEqual(BOOKINGS);
  });

  it('has the columns in their order, and rounded values', async () => {
    const [header, ...lines] = readFileSync(await exported('bookings', 'csv'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(header).toBe(
      'id,scheduled_time,pickup_lat,pickup_lon,dropoff_lat,dropoff_lon,distance_meters,duration_seconds,' +
        'medical_facility,is_urgent,is_round_trip,driver_id,driver_total_bookings,weather.main.temp,' +
        'weather.wind.speed,weather.rain.1h,weather.snow.1h,weather.visibility,weather.clouds.all,simulated,' +
        'actual_delay_minutes',
    );
    const place = String.raw`\d+\.\d{4},\d+\.\d{4}`;
    const weather = String.raw`(-?\d+(\.\d)?,\d+(\.\d)?,(\d+(\.\d)?)?,(\d+(\.\d)?)?,(\d+)?,\d+|,,,,,)`;
    const time = String.raw`2026-\d\d-\d\dT\d\d:(00|15|30|45):00\+0[12]:00`;
    const line = new RegExp(
      String.raw`^\d+,${time},${place},(${place}|,),\d+,\d+,(clinic-\d+)?,(true|false),(true|false),` +
        String.raw`(\d+,\d+|,),${weather},true,(-?\d+\.\d\d)?$`,
    );
    expect(lines.filter((text) => !line.test(text))).toEqual([]);
    expect(lines).toHaveLength(700);
  });

  it('nests the weather of a JSON line as OpenWeather does', async () => {
    const lines = readFileSync(await exported('bookings', 'ndjson'), 'utf8')
      .trimEnd()
      .split('\n');
    const reports = lines.map((line) => JSON.parse(line).weather);
    expect(reports).toContain(null);
    const rainy = reports.find((report) => report?.rain);
    expect(rainy).toMatchObject({
      weather: [{ main: 'Rain' }],
      main: { temp: expect.any(Number) },
      wind: { speed: expect.any(Number) },
      rain: { '1h': expect.any(Number) },
      clouds: { all: expect.any(Number) },
    });
    expect(rainy).not.toHaveProperty('snow');
  });
});

describe('a table of ready features', () => {
  it('has the 17 columns of a history without timestamps', async () => {
    const [header, ...lines] = readFileSync(await exported('ready', 'csv'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(header).toBe(
      'time_of_day,day_of_week,month,distance_km,duration_seconds,is_medical,is_urgent,is_round_trip,' +
        'booking_priority,driver_total_bookings,traffic_density,weather_factor,booking_id,driver_id,' +
        'assignment_id,company_id,actual_delay_minutes',
    );
    const flag = String.raw`[01]\.0`;
    const line = new RegExp(
      String.raw`^\d+,[0-6],\d+,\d+\.\d\d,\d+,${flag},${flag},${flag},0\.[58],\d*,0\.\d{3},[01]\.\d{3},` +
        String.raw`\d+,\d*,\d+,1,(-?\d+\.\d\d)?$`,
    );
    expect(lines.filter((text) => !line.test(text))).toEqual([]);
    expect(lines).toHaveLength(700);
  });

  it('does not exist as JSON lines', () => {
    expect(() => tableFormat('ready', 'ndjson')).toThrow(
      /expected bookings as csv or ndjson, or ready as csv/,
    );
  });
});

describe('isoWithOffset', () => {
  it.each([
    ['2026-03-02T07:15:00Z', '2026-03-02T08:15:00+01:00'],
    ['2026-03-29T00:59:00Z', '2026-03-29T01:59:00+01:00'],
    ['2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'],
    ['2026-10-25T00:30:00Z', '2026-10-25T02:30:00+02:00'],
    ['2026-10-25T01:30:00Z', '2026-10-25T02:30:00+01:00'],
    ['2025-12-31T23:00:00Z', '2026-01-01T00:00:00+01:00'],
  ])('%s is %s in Zurich', (utc, expected) => {
    expect(isoWithOffset(localTime(Date.parse(utc), 'Europe/Zurich'))).toBe(expected);
  });
});

describe('writing', () => {
  it('waits for a slow reader and gives it the same bytes as a file', async () => {
    const pieces: string[] = [];
    const slow = new Writable({
      highWaterMark: 1,
      write: (chunk, _, done) => {
        pieces.push(String(chunk));
        setTimeout(done, 1);
      },
    });
    await exportSimulation(SETTINGS, tableFormat('bookings', 'csv'), slow);
    expect(pieces.join('')).toBe(readFileSync(await exported('bookings', 'csv'), 'utf8'));
  });
});
