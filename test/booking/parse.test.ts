import { describe, expect, test } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import { planColumns } from '../../src/booking/columns.js';
import { localTime } from '../../src/booking/local-time.js';
import { parseBooking } from '../../src/booking/parse.js';
import { describeFault, type RowFault } from '../../src/booking/row.js';

const ZONE = 'Europe/Zurich';

function parse(record: Readonly<Record<string, unknown>>): Booking | RowFault {
  const raw = { plan: planColumns(Object.keys(record)), values: Object.values(record), line: 17 } as const;
  return parseBooking({ ...raw, unit: 'line' }, ZONE);
}

function parseTimed(record: Readonly<Record<string, unknown>>): Booking | RowFault {
  return parse({ id: '1', scheduled_time: '2026-03-02T08:30:00+01:00', ...record });
}

function faultOf(read: Booking | RowFault): string {
  return 'reason' in read ? describeFault(read) : 'no fault';
}

describe('fields', () => {
  test.each([
    ['id', 4711, 'id', '4711'],
    ['id', '007', 'id', '007'],
    ['id', 0, 'id', '0'],
    ['pickup', { pickup_lat: '0', pickup_lon: '0' }, 'pickup', { lat: 0, lon: 0 }],
    ['pickup', { pickup_lat: '-90', pickup_lon: '180' }, 'pickup', { lat: -90, lon: 180 }],
    ['dropoff', { dropoff_lat: 46.2, dropoff_lon: 6.1 }, 'dropoff', { lat: 46.2, lon: 6.1 }],
    ['no pickup', { pickup_lat: '', pickup_lon: '' }, 'pickup', null],
    ['distance_meters', ' 5200.5 ', 'distanceMeters', 5200.5],
    ['distance_meters', '.5e1', 'distanceMeters', 5],
    ['distance_meters', '', 'distanceMeters', null],
    ['distance_meters', '0', 'distanceMeters', 0],
    ['duration_seconds', 900, 'durationSeconds', 900],
    ['is_medical', 'TRUE', 'isMedical', true],
    ['is_medical', 'No', 'isMedical', false],
    ['is_medical', '0.0', 'isMedical', false],
    ['is_medical', 1, 'isMedical', true],
    ['is_medical', 't', 'isMedical', true],
    ['is_medical', '', 'isMedical', null],
    ['medical_facility', 'clinic', 'isMedical', true],
    ['medical_facility', ' ', 'isMedical', false],
    ['medical_facility', null, 'isMedical', false],
    ['flag first', { is_medical: 'no', medical_facility: 'clinic' }, 'isMedical', false],
    ['facility second', { is_medical: '', medical_facility: 'clinic' }, 'isMedical', true],
    ['is_urgent', false, 'isUrgent', false],
    ['is_round_trip', 'yes', 'isRoundTrip', true],
    ['driver_id', 18, 'driverId', '18'],
    ['driver_total_bookings', '0', 'driverTotalBookings', 0],
    ['simulated', '', 'simulated', false],
    ['simulated', 'true', 'simulated', true],
    ['actual_delay_minutes', '-3.25', 'actualDelayMinutes', -3.25],
    ['actual_delay_minutes', '181', 'actualDelayMinutes', 181],
    ['actual_delay_minutes', null, 'actualDelayMinutes', null],
  ] as const)('%s %j gives %s %j', (column, value, field, expected) => {
    const cells = typeof value === 'object' && value !== null ? value : { [column]: value };
    expect(parseTimed(cells)).toHaveProperty(field, expected);
  });

  test('booking_id is an id too, and gives way to one', () => {
    expect(parse({ booking_id: 9, time_of_day: 1 })).toHaveProperty('id', '9');
    expect(parse({ booking_id: 9, id: 8, time_of_day: 1 })).toHaveProperty('id', '8');
  });

  test.each([
    [{ id: '' }, 'line 17, id is missing (expected a text or a whole number)'],
    [{ id: 1.5 }, 'line 17, id: 1.5 is not an id (expected a text or a whole number)'],
    [{ id: 2 ** 53 }, 'is not an id'],
    [{ id: ['Anna'] }, 'line 17, id: a list is not an id'],
    [{ pickup_lat: '91', pickup_lon: '6' }, 'pickup_lat: 91 is not a latitude (expected −90 to 90)'],
    [
      { dropoff_lat: 0, dropoff_lon: -180.5 },
      'dropoff_lon: -180.5 is not a longitude (expected −180 to 180)',
    ],
    [{ pickup_lat: '46' }, 'line 17, pickup_lon is missing although pickup_lat is given'],
    [{ dropoff_lat: '', dropoff_lon: '6' }, 'dropoff_lat is missing although dropoff_lon is given'],
    [{ distance_meters: '-1' }, 'distance_meters: -1 is negative'],
    [{ duration_seconds: -0.5 }, 'duration_seconds: -0.5 is negative'],
    [{ driver_total_bookings: '-3' }, 'driver_total_bookings: -3 is negative'],
    [{ distance_meters: '12abc' }, 'distance_meters: 12abc is not a number'],
    [{ distance_meters: 'NaN' }, 'distance_meters: NaN is not a number'],
    [{ distance_meters: 'Infinity' }, 'is not a number'],
    [{ distance_meters: '-inf' }, 'is not a number'],
    [{ distance_meters: '1e400' }, 'distance_meters: 1e400 is not a finite number'],
    [{ distance_meters: '0x10' }, 'is not a number'],
    [{ distance_meters: '1,5' }, 'is not a number'],
    [{ distance_meters: true }, 'is not a number'],
    [{ actual_delay_minutes: 'late' }, 'actual_delay_minutes: late is not a number'],
    [{ is_urgent: 'maybe' }, 'is_urgent: maybe is neither true nor false'],
    [{ is_urgent: 2 }, 'is_urgent: 2 is neither'],
    [{ simulated: {} }, 'simulated: an object is neither'],
    [{ driver_id: 1.5 }, 'driver_id: 1.5 is not an id'],
    [{ medical_facility: false }, 'medical_facility: false is not a text'],
    [{ medical_facility: 3 }, 'medical_facility: 3 is not a text'],
  ])('%j is at fault', (cells, message) => {
    expect(faultOf(parseTimed(cells))).toContain(message);
  });

  test('ids are read without the spaces around them', () => {
    expect(parseTimed({ id: ' 7 ', driver_id: '\t12' })).toMatchObject({ id: '7', driverId: '12' });
  });

  test('a fault shows at most 40 characters and none that moves the cursor', () => {
    expect(parseTimed({ distance_meters: `\u001b[2J\n${'x'.repeat(100)}` })).toMatchObject({
      value: `·[2J·${'x'.repeat(35)}…`,
    });
  });

  test('a row of another length than the header is at fault', () => {
    const plan = planColumns(['id', 'scheduled_time']);
    const read = parseBooking({ plan, values: ['1'], unit: 'booking', line: 3 }, ZONE);
    expect(faultOf(read)).toBe('booking 3 has 1 cells (expected 2, as the header has)');
  });
});

describe('scheduled_time', () => {
  test('may not be empty where there is a column for it, whatever is given ready-made', () => {
    const read = parse({ id: 1, scheduled_time: '', time_of_day: 8, day_of_week: 0 });
    expect(faultOf(read)).toContain('scheduled_time is missing');
  });

  test.each([
    ['2026-03-02T08:30:00Z', Date.UTC(2026, 2, 2, 8, 30)],
    ['2026-03-02T08:30:00+01:00', Date.UTC(2026, 2, 2, 7, 30)],
    ['2026-03-02 08:30:00.25-0530', Date.UTC(2026, 2, 2, 14, 0, 0, 250)],
    ['2026-03-02 08:30:00.123456+01', Date.UTC(2026, 2, 2, 7, 30, 0, 123)],
    ['2026-03-02 08:30', Date.UTC(2026, 2, 2, 7, 30)],
    ['2026-07-02T08:30:15', Date.UTC(2026, 6, 2, 6, 30, 15)],
    ['2028-02-29 00:00', Date.UTC(2028, 1, 28, 23, 0)],
    ['2026-03-29 01:59:59', Date.UTC(2026, 2, 29, 0, 59, 59)],
    ['2026-03-29 03:00', Date.UTC(2026, 2, 29, 1, 0)],
    // The hour that repeats takes its first pass, in summer time.
    ['2026-10-25 02:00', Date.UTC(2026, 9, 25, 0, 0)],
    ['2026-10-25 02:59:59', Date.UTC(2026, 9, 25, 0, 59, 59)],
    ['2026-10-25 03:00', Date.UTC(2026, 9, 25, 2, 0)],
  ])('%s', (text, epochMs) => {
    expect(parse({ id: 1, scheduled_time: text })).toHaveProperty('scheduled', localTime(epochMs, ZONE));
  });

  test('the calendar is the local one', () => {
    const sunday = parse({ id: 1, scheduled_time: '2026-06-30T22:30:00Z' });
    expect(sunday).toHaveProperty('scheduled.hour', 0);
    expect(sunday).toHaveProperty('scheduled.weekday', 2);
    expect(sunday).toHaveProperty('scheduled.month', 7);
  });

  test.each([
    ['2026-03-29 02:00', 'does not exist in Europe/Zurich: the clocks skip that hour'],
    ['2026-03-29 02:59:59', 'does not exist in Europe/Zurich'],
    ['2026-02-29 08:00', 'is not a date of the calendar'],
    ['2100-02-29 08:00', 'is not a date of the calendar'],
    ['2026-13-01 08:00', 'is not a date of the calendar'],
    ['2026-04-31 08:00', 'is not a date of the calendar'],
    ['2026-03-02 24:00', 'is not a time of day'],
    ['2026-03-02 08:60', 'is not a time of day'],
    ['0026-03-02 08:00', 'is not in the years 1970 to 2199'],
    ['2026-03-02', 'is not a time (expected ISO 8601'],
    ['02.03.2026 08:30', 'is not a time'],
    ['2026-03-02 08:30+99', 'is not a time'],
    ['', 'line 17, scheduled_time is missing'],
    [1772440200, 'is not a time'],
  ])('%s is at fault', (value, message) => {
    expect(faultOf(parse({ id: 1, scheduled_time: value }))).toContain(message);
  });
});

describe('weather', () => {
  const report = {
    main: { temp: -2 },
    wind: { speed: 10 },
    snow: { '1h': 3 },
    visibility: 2000,
    clouds: { all: 90 },
  };
  const weather = {
    temperatureC: -2,
    rainMm: 0,
    snowMm: 3,
    windKmh: 36,
    visibilityMeters: 2000,
    cloudsPercent: 90,
  };
  const columns = {
    'weather.main.temp': '-2',
    'weather.wind.speed': '10',
    'weather.rain.1h': '',
    'weather.snow.1h': '3',
    'weather.visibility': '2000',
    'weather.clouds.all': '90',
  };

  test.each([
    ['an object', { weather: report }],
    ['a JSON text', { weather: JSON.stringify(report) }],
    ['columns', columns],
  ])('is read from %s', (_, cells) => {
    expect(parseTimed(cells)).toHaveProperty('weather', weather);
  });

  test.each([
    ['no column', {}],
    ['an empty cell', { weather: '' }],
    ['null', { weather: null }],
    ['an empty object', { weather: '{}' }],
    ['columns without a temperature', { ...columns, 'weather.main.temp': '' }],
    ['columns without the wind', { ...columns, 'weather.wind.speed': '' }],
    ['columns without the clouds', { ...columns, 'weather.clouds.all': '' }],
    ['empty columns', Object.fromEntries(Object.keys(columns).map((name) => [name, '']))],
  ])('is unknown for %s', (_, cells) => {
    expect(parseTimed(cells)).toHaveProperty('weather', null);
  });

  test.each([
    [{ weather: 'rainy' }, 'weather: rainy is not an OpenWeather report'],
    [{ weather: '[1]' }, 'is not an OpenWeather report'],
    [{ weather: { wind: { speed: 3 } } }, 'weather: an object gives no weather'],
    [{ weather: { main: { temp: '12' } } }, 'gives no weather'],
    [
      { weather: { main: { temp: 12 }, clouds: { all: 0 } } },
      'gives no weather (expected main.temp, wind.speed',
    ],
    [{ weather: { ...report, rain: 'heavy' } }, 'gives no weather'],
    [{ weather: { ...report, rain: { '1h': -1 } } }, 'gives impossible weather'],
    [{ weather: { ...report, clouds: { all: 101 } } }, 'gives impossible weather'],
    [{ ...columns, 'weather.wind.speed': '-1' }, 'weather.wind.speed: -1 is negative'],
    [{ ...columns, 'weather.clouds.all': '101' }, 'weather.clouds.all: 101 is not a percentage'],
    [{ ...columns, 'weather.visibility': 'far' }, 'weather.visibility: far is not a number'],
  ])('%j is at fault', (cells, message) => {
    expect(faultOf(parseTimed(cells))).toContain(message);
  });
});

describe('ready features', () => {
  const names =
    'time_of_day,day_of_week,month,distance_km,duration_seconds,is_medical,is_urgent,is_round_trip,booking_priority,driver_total_bookings,traffic_density,weather_factor,booking_id,driver_id,assignment_id,company_id,actual_delay_minutes'.split(
      ',',
    );
  const cells = '17,5,5,4.03,1322,0.0,0.0,1.0,0.5,147,0.426,0.405,1,18,1,1,3.61'.split(',');
  const ready = (changed: Record<string, string> = {}) =>
    parse({ ...Object.fromEntries(names.map((name, i) => [name, cells[i]])), ...changed });

  test("a row of the users' own table", () => {
    expect(ready()).toEqual({
      id: '1',
      scheduled: null,
      pickup: null,
      dropoff: null,
      distanceMeters: null,
      durationSeconds: null,
      isMedical: null,
      isUrgent: null,
      isRoundTrip: null,
      driverId: '18',
      driverTotalBookings: null,
      weather: null,
      simulated: false,
      actualDelayMinutes: 3.61,
      given: {
        time_of_day: 17,
        day_of_week: 5,
        month: 5,
        distance_km: 4.03,
        duration_seconds: 1322,
        is_medical: 0,
        is_urgent: 0,
        is_round_trip: 1,
        booking_priority: 0.5,
        driver_total_bookings: 147,
        traffic_density: 0.426,
        weather_factor: 0.405,
      },
    });
  });

  test('beside a time, the five shared names are booking fields and the rest is given', () => {
    const read = parseTimed({
      duration_seconds: '60',
      is_urgent: '1',
      traffic_density: '0.4',
      hour_sin: '-1',
    });
    expect(read).toMatchObject({
      durationSeconds: 60,
      isUrgent: true,
      given: { traffic_density: 0.4, hour_sin: -1 },
    });
  });

  test('an empty cell is not given', () => {
    expect(ready({ traffic_density: '' })).not.toHaveProperty('given.traffic_density');
  });

  test.each([
    ['time_of_day', '24', 'is not an hour (expected 0 to 23)'],
    ['time_of_day', '7.5', 'is not an hour'],
    ['day_of_week', '7', 'is not a weekday, Monday = 0 (expected 0 to 6)'],
    ['month', '0', 'is not a month (expected 1 to 12)'],
    ['distance_km', '-0.1', 'is negative'],
    ['duration_seconds', '-1', 'is negative'],
    ['is_medical', '0.5', 'is neither true nor false'],
    ['booking_priority', '1.1', 'is not a fraction (expected 0 to 1)'],
    ['driver_total_bookings', 'many', 'is not a number'],
    ['traffic_density', '-0.1', 'is not a fraction'],
    ['weather_factor', '2', 'is not a fraction'],
  ])('%s %s is at fault', (name, value, reason) => {
    expect(faultOf(ready({ [name]: value }))).toContain(`line 17, ${name}: ${value} ${reason}`);
  });
});
