import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INGEST, type RunningServer, startServer } from './running-server.js';

const BOOKING = {
  id: 7,
  scheduled_time: '2026-03-02T08:30',
  distance_meters: 8000,
  is_medical: false,
  is_urgent: false,
};

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
  const { status } = await server.ask('/api/feature-flags/ml/enable', { body: { percentage: 100 } });
  expect(status).toBe(200);
});
afterAll(() => server.close());

const predict = (body: unknown, path = '/api/predictions') => server.ask(path, { body });

describe('POST /predictions', () => {
  it.each(['/api/predictions', '/api/v1/predictions'])('answers 201 at %s', async (path) => {
    const { status, json } = await predict(
      { booking: BOOKING, driver: { id: 12, total_bookings: 90 } },
      path,
    );
    expect(status).toBe(201);
    expect(json).toMatchObject({
      ...{ booking_id: '7', variant: 'model', source: 'model', reason: 'SPLIT', heuristic_minutes: 7 },
      weather: { factor: 0.5, is_default: true, reason: 'no_key' },
      interval: { level: 0.9 },
      simulated: true,
    });
    expect(json.predicted_minutes).toBe(json.model_minutes);
    expect(json.contributing_factors.factors).toHaveLength(5);
    expect(Object.keys(json)).toEqual(expect.arrayContaining(KEYS));
  });

  it('takes the driver’s total over the booking’s', async () => {
    const booking = { ...BOOKING, driver_id: 1, driver_total_bookings: 1 };
    await predict({ booking, driver: { id: 12, total_bookings: 90 }, request_id: 'driver' });
    const row = await stored('driver');
    expect(row).toMatchObject({ driverId: '12', features: { driver_total_bookings: 90 } });
  });

  it('answers a request once', async () => {
    const first = await predict({ booking: BOOKING, request_id: 'once' });
    const again = await predict({ booking: { ...BOOKING, distance_meters: 1 }, request_id: 'once' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.text).toBe(first.text);
    const other = await predict({ booking: { ...BOOKING, id: 8 }, request_id: 'once' });
    expect(other).toMatchObject({ status: 409, json: { code: 'CONFLICT' } });
  });

  it('answers a request once that comes many times at the same moment', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => predict({ booking: BOOKING, request_id: 'burst' })),
    );
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('keeps nothing personal, neither in the ledger nor in the log', async () => {
    const personal = {
      customer_name: 'Zebulon Qwertz',
      notes_medical: 'dialysis-xyzzy',
      pickup_location: 'Rue Plugh 4',
    };
    const booking = { ...BOOKING, id: 77, medical_facility: 'Clinique Foobarbaz', ...personal };
    expect((await predict({ booking, request_id: 'personal' })).status).toBe(201);
    expect((await predict({ booking: { ...booking, pickup_lat: 91 } })).status).toBe(400);
    const { home } = server.machine;
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const kept = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('');
    expect(kept).toContain('personal');
    for (const place of [kept, server.log.join('\n')]) {
      expect(place).not.toMatch(/Zebulon|xyzzy|Plugh|Foobarbaz/);
    }
  });
});

describe('what is refused', () => {
  const long = 'x'.repeat(201);
  it.each([
    [
      'a latitude that is none',
      { booking: { ...BOOKING, pickup_lat: 91, pickup_lon: 6 } },
      'booking 1, pickup_lat: 91 is not a latitude',
    ],
    ['no id', { booking: { scheduled_time: '2026-03-02T08:30' } }, 'no column id'],
    ['no time', { booking: { id: 1 } }, 'scheduled_time'],
    [
      'a time that the clocks skip',
      { booking: { id: 1, scheduled_time: '2026-03-29T02:30' } },
      'the clocks skip',
    ],
    ['a long id', { booking: { ...BOOKING, id: long } }, '1 to 200 printable characters'],
    ['an id that no database keeps', { booking: { ...BOOKING, id: 'a\0b' } }, 'printable'],
    ['half a character', { booking: { ...BOOKING, driver_id: '\ud800' } }, 'driver_id'],
    ['a long request id', { booking: BOOKING, request_id: long }, 'request_id'],
    ['an empty request id', { booking: BOOKING, request_id: '' }, 'request_id'],
    ['a request id that is a number', { booking: BOOKING, request_id: 5 }, 'request_id'],
    ['no booking', {}, 'booking'],
    ['a list', { booking: [BOOKING] }, 'booking'],
    ['a field nobody knows', { booking: BOOKING, bookings: [] }, 'additional properties'],
    [
      'a driver without a whole total',
      { booking: BOOKING, driver: { total_bookings: 1.5 } },
      'total_bookings',
    ],
    [
      'a booking of a thousand fields',
      { booking: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, i])) },
      '200',
    ],
  ])('%s', async (_, body, text) => {
    const { status, json } = await predict(body);
    expect(json).toMatchObject({ code: 'BAD_INPUT', error: expect.stringContaining(text) });
    expect(status).toBe(400);
  });

  it('a body without end', async () => {
    const { status } = await predict({ booking: { ...BOOKING, notes: 'x'.repeat(100_000) } });
    expect(status).toBe(413);
  });
});

it('asks for the token of those who send bookings', async () => {
  const guarded = await startServer({ tokens: { write: null, ingest: INGEST, read: null } });
  try {
    const body = { booking: BOOKING };
    expect((await guarded.ask('/api/predictions', { body })).status).toBe(401);
    expect((await guarded.ask('/api/outcomes', { body })).status).toBe(401);
    const { status, json } = await guarded.ask('/api/predictions', { body, token: INGEST });
    // Nobody ever wrote this flag.
    expect({ status, reason: json.reason, source: json.source }).toEqual({
      status: 201,
      reason: 'DEFAULT',
      source: 'heuristic',
    });
  } finally {
    await guarded.close();
  }
});

async function stored(requestId: string) {
  const { predictions } = await server.ledger.predictions(1000, null);
  return predictions.find(({ row }) => row.requestId === requestId)?.row;
}

const KEYS = [
  ...['booking_id', 'request_id', 'variant', 'source', 'reason', 'predicted_minutes', 'model_minutes'],
  ...['heuristic_minutes', 'interval', 'confidence', 'risk_level', 'contributing_factors', 'weather'],
  ...['model_version', 'latency_ms', 'created_at'],
];
