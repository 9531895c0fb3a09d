import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import type { BookingDatabase } from '../../src/booking/booking-database.js';
import { countingDelay } from '../../src/booking/outcome.js';
import { openPostgresBookings, type PostgresOptions } from '../../src/booking/postgres-source.js';
import type { RowFault } from '../../src/booking/row.js';
import { AtmrError } from '../../src/errors.js';
import { startProductionDatabase } from './production-tables.js';

type Tables = Awaited<ReturnType<typeof startProductionDatabase>>;
type Row = Tables['rows'][number];

const PERSONAL = ['customer_name', 'pickup_location', 'notes_medical', 'doctor_name'];
/** What the documentation tells people to grant, and no more. */
const GRANTED = {
  booking:
    'id, scheduled_time, status, duration_seconds, distance_meters, driver_id, is_round_trip, boarded_at, completed_at, ' +
    'medical_facility, is_urgent, time_confirmed, pickup_lat, pickup_lon, dropoff_lat, dropoff_lon',
  assignment: 'id, booking_id, driver_id, actual_pickup_at, created_at',
};

let tables: Tables;
beforeAll(async () => {
  tables = await startProductionDatabase();
  await tables.query(`
    CREATE ROLE reader LOGIN; GRANT SELECT (${GRANTED.booking}) ON booking TO reader;
    GRANT SELECT (${GRANTED.assignment}) ON assignment TO reader;
    CREATE ROLE stranger LOGIN`);
  await tables.query('CREATE DATABASE empty');
});
afterAll(async () => await tables?.server.remove());

function database(changes: Partial<BookingDatabase> = {}): BookingDatabase {
  const base = { url: tables.urlOf('reader'), variable: 'DATABASE_URL', name: 'the database' } as const;
  return { ...base, query: null, timeZone: 'Europe/Zurich', ...changes };
}

async function read(changes: Partial<BookingDatabase> = {}, options: Partial<PostgresOptions> = {}) {
  const bookings: Booking[] = [];
  for await (const one of openPostgresBookings(database(changes), { onBadRow: 'fail', ...options }))
    bookings.push(one);
  return bookings;
}

async function refusal(changes: Partial<BookingDatabase>, options: Partial<PostgresOptions> = {}) {
  const thrown: unknown = await read(changes, options).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AtmrError)) throw new Error(`expected a refusal, got ${String(thrown)}`);
  return { code: thrown.code, message: thrown.message };
}

describe('the production tables', () => {
  it('give every booking with its outcome, or the reason why there is none', async () => {
    const bookings = new Map((await read()).map((booking) => [booking.id, booking]));
    expect(bookings.size).toBe(tables.rows.length);
    for (const { booking, outcome } of tables.rows) {
      const found = bookings.get(String(booking.id));
      const expected =
        typeof outcome === 'number' && Math.abs(outcome) > 180 ? 'delay_over_180_min' : outcome;
      if (typeof expected === 'number') expect(found && countingDelay(found)).toBeCloseTo(expected, 9);
      else expect(found && countingDelay(found)).toBe(expected);
    }
    const reasons = new Set(
      [...bookings.values()].map(countingDelay).filter((delay) => typeof delay === 'string'),
    );
    expect([...reasons].sort()).toEqual([
      'delay_over_180_min',
      'no_pickup_event',
      'no_scheduled_time',
      'scheduled_time_skipped',
      'status_not_completed',
      'time_not_confirmed',
    ]);
  });

  it('give the fields as they stand there; the weather is not known, and the tables say that they are made up', async () => {
    const bookings = new Map((await read()).map((booking) => [booking.id, booking]));
    for (const { booking: row } of tables.rows) {
      if (row.scheduled_time === null || row.scheduled_time === '2026-03-29 02:30:00') continue;
      expect(bookings.get(String(row.id))).toMatchObject({
        distanceMeters: row.distance_meters,
        durationSeconds: row.duration_seconds,
        isMedical: row.medical_facility !== null && row.medical_facility.trim() !== '',
        isUrgent: row.is_urgent,
        isRoundTrip: row.is_round_trip,
        driverId: row.driver_id === null ? null : String(row.driver_id),
        pickup: row.pickup_lat === null ? null : { lat: row.pickup_lat, lon: row.pickup_lon },
        dropoff: row.dropoff_lat === null ? null : { lat: row.dropoff_lat, lon: row.dropoff_lon },
        weather: null,
        simulated: true,
        given: null,
      });
    }
  });

  it('count the first pass of the hour that comes twice, and the hour that never was', async () => {
    const bookings = await read();
    const [first, second, skipped, after] = tables.rows.slice(-4).map(({ booking }) => {
      return bookings.find(({ id }) => id === String(booking.id));
    });
    expect(first).toMatchObject({
      scheduled: { epochMs: Date.parse('2026-10-25T00:30:00Z') },
      actualDelayMinutes: 6,
    });
    expect(second).toMatchObject({
      scheduled: { epochMs: Date.parse('2026-10-25T00:30:00Z') },
      actualDelayMinutes: 66,
    });
    expect(skipped).toMatchObject({
      scheduled: null,
      noOutcome: 'scheduled_time_skipped',
      actualDelayMinutes: null,
    });
    expect(after).toMatchObject({
      scheduled: { epochMs: Date.parse('2026-03-29T01:30:00Z') },
      actualDelayMinutes: 3,
    });
  });

  it("count a driver's bookings as of the scheduled time", async () => {
    const bookings = await read();
    const rows = new Map(tables.rows.map((row) => [String(row.booking.id), row]));
    const totals = bookings.filter(({ scheduled }) => scheduled !== null);
    for (const booking of totals) {
      expect(booking.driverTotalBookings).toBe(completedBefore(booking, rows));
    }
    expect(Math.max(...totals.map(({ driverTotalBookings }) => driverTotalBookings ?? 0))).toBeGreaterThan(
      20,
    );
  });

  it('let nothing that happened later change what was known then', async () => {
    const before = await read();
    await tables.query(`
      INSERT INTO booking (id, scheduled_time, status, company_id, driver_id, boarded_at, completed_at)
      SELECT 100000 + id, '2027-01-05 10:00', 'COMPLETED', 1, id, '2027-01-05 10:00+01', '2027-01-05 10:30+01' FROM driver`);
    try {
      const after = await read();
      expect(after.length).toBeGreaterThan(before.length);
      expect(after.slice(0, before.length).filter(({ id }) => Number(id) < 100_000)).toEqual(
        before.filter(({ id }) => after.slice(0, before.length).some((one) => one.id === id)),
      );
    } finally {
      await tables.query('DELETE FROM booking WHERE id >= 100000');
    }
  });

  it('give one booking by its id as they give all', async () => {
    const all = await read();
    for (const wanted of [all[0], all[700], all.at(-1)]) {
      expect(await read({}, { id: wanted?.id ?? '' })).toEqual([wanted]);
    }
    for (const id of ['999999999', '99999999999999', 'abc', '']) {
      expect(await refusal({}, { id })).toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringMatching('no booking'),
      });
    }
  });

  it('name a row that is no booking by its id, or leave it out', async () => {
    await tables.query('UPDATE booking SET pickup_lat = 91.25, pickup_lon = 6 WHERE id = 17');
    try {
      const { code, message } = await refusal({});
      expect(code).toBe('BAD_INPUT');
      expect(message).toMatch(
        /^the database booking 17, pickup_lat is not a latitude .*--on-bad-row skip\.$/,
      );
      expect(message).not.toContain('91.25');
      const skipped: RowFault[] = [];
      const bookings = await read({}, { onBadRow: 'skip', onSkipped: (fault) => skipped.push(fault) });
      expect(bookings).toHaveLength(tables.rows.length - 1);
      expect(skipped).toMatchObject([{ unit: 'booking', line: 17, field: 'pickup_lat', value: '' }]);
    } finally {
      await tables.query('UPDATE booking SET pickup_lat = 46.2, pickup_lon = 6.1 WHERE id = 17');
    }
  });

  it('do not care how the role shows dates and numbers', async () => {
    const before = await read();
    await tables.query(`
      ALTER ROLE reader SET datestyle = 'German, DMY'; ALTER ROLE reader SET timezone = 'Asia/Tokyo';
      ALTER ROLE reader SET extra_float_digits = -10`);
    try {
      expect(await read()).toEqual(before);
    } finally {
      await tables.query('ALTER ROLE reader RESET ALL');
    }
  });
});

describe('a query of one’s own', () => {
  const RIDES = `SELECT id, scheduled_time, distance_meters, 3.5 AS actual_delay_minutes FROM booking
    WHERE scheduled_time IS NOT NULL AND id < 100`;

  it('gives bookings by the names of its columns', async () => {
    const ignored: string[] = [];
    const bookings = await read(
      { query: `${RIDES}; `, url: tables.url },
      { needsOutcome: true, onIgnoredColumns: (names) => ignored.push(...names) },
    );
    expect(bookings.length).toBeGreaterThan(90);
    expect(bookings[0]).toMatchObject({ id: '1', actualDelayMinutes: 3.5, isUrgent: null, simulated: false });
    expect(ignored).toEqual([]);
    expect(await read({ query: `${RIDES} -- the old ones` }, { id: '5' })).toEqual([
      bookings.find(({ id }) => id === '5'),
    ]);
  });

  it('is not asked for the columns that are no fields', async () => {
    const ignored: string[] = [];
    const query = 'SELECT * FROM booking WHERE scheduled_time < $$2026-10-01$$';
    const bookings = await read(
      { query, url: tables.url },
      { onIgnoredColumns: (names) => ignored.push(...names) },
    );
    expect(bookings.find(({ scheduled }) => scheduled === null)?.noOutcome).toBe('scheduled_time_skipped');
    expect(ignored).toEqual(expect.arrayContaining(PERSONAL));
    const fetched = tables
      .sessions()
      .at(-1)
      ?.find((statement) => statement.startsWith('DECLARE'));
    const [selected = ''] = fetched?.split('FROM (') ?? [];
    for (const column of PERSONAL) expect(selected).not.toContain(column);
  });

  it.each([
    ['lacks the id', 'SELECT scheduled_time FROM booking', /has no column id \(or booking_id\)/],
    ['lacks the time', 'SELECT id FROM booking', /has no column scheduled_time/],
    ['lacks the outcome', 'SELECT id, scheduled_time FROM booking', /has no column actual_delay_minutes/],
    ['has a column twice', `SELECT id, id, scheduled_time FROM booking`, /has the column id twice/],
    ['names a column that is not there', 'SELECT nothing FROM booking', /column "nothing" does not exist/],
    ['is no SQL', 'SELEKT', /syntax error/],
    ['writes', 'WITH gone AS (DELETE FROM booking RETURNING *) SELECT * FROM gone', /WITH clause containing/],
    [
      'calls what writes',
      'SELECT nextval($$numbers$$) AS id, now() AS scheduled_time, 1 AS actual_delay_minutes',
      /read-only/,
    ],
    [
      'is two statements',
      'SELECT 1) AS a; COMMIT; DELETE FROM booking; SELECT (2',
      /syntax error|multiple commands/,
    ],
  ])('that %s is refused', async (_, query, message) => {
    await tables.query('CREATE SEQUENCE IF NOT EXISTS numbers');
    const found = await refusal({ query, url: tables.url }, { needsOutcome: true });
    expect(found.message).toMatch(message);
    expect(found.code).toBe('BAD_CONFIG');
    expect(await tables.query('SELECT count(*)::int AS n FROM booking')).toEqual([{ n: tables.rows.length }]);
  });

  it('that finds a booking twice is refused', async () => {
    const query =
      'SELECT b.id, scheduled_time FROM booking b JOIN assignment a ON a.booking_id = b.id WHERE scheduled_time IS NOT NULL';
    expect((await refusal({ query, url: tables.url })).message).toMatch(/gives an id twice.*A join/);
  });

  it.each([
    [
      'the server cannot convert',
      'SELECT id, scheduled_time, customer_name::int AS distance_meters FROM booking',
      'BAD_CONFIG',
    ],
    [
      'is no number',
      "SELECT id, '2026-03-02' AS scheduled_time, customer_name AS distance_meters FROM booking",
      'BAD_INPUT',
    ],
    ['is no time', 'SELECT id, customer_name AS scheduled_time FROM booking', 'BAD_INPUT'],
  ])('does not repeat a value that %s', async (_, query, code) => {
    const found = await refusal({ query, url: tables.url });
    expect(found.code).toBe(code);
    expect(found.message).not.toMatch(/FAKE/);
  });
});

describe('a database', () => {
  it('that does not let the role read is told', async () => {
    const { code, message } = await refusal({ url: tables.urlOf('stranger') });
    expect(code).toBe('BAD_CONFIG');
    expect(message).toMatch(
      /permission denied for table (booking|assignment).*Grant the user of DATABASE_URL SELECT/,
    );
  });

  it('without the table names --source', async () => {
    const { code, message } = await refusal({ url: tables.urlOf('reader', 'empty') });
    expect(code).toBe('BAD_CONFIG');
    expect(message).toMatch(/relation "(booking|assignment)" does not exist.*--source FILE/);
  });

  it.each([
    [
      'no database',
      () => tables.urlOf('reader', 'missing'),
      'BAD_CONFIG',
      /database "missing" does not exist/,
    ],
    ['no role', () => tables.urlOf('nobody-such'), 'BAD_CONFIG', /refused: .*Check the user/],
    [
      'no server',
      () => 'postgresql://reader:secret-word@127.0.0.1:1/postgres',
      'UNAVAILABLE',
      /did not answer/,
    ],
    ['no URL', () => 'postgres', 'BAD_CONFIG', /^DATABASE_URL is not of the form/],
  ])('%s', async (_, url, code, message) => {
    const found = await refusal({ url: url() });
    expect(found.code).toBe(code);
    expect(found.message).toMatch(message);
    expect(found.message).not.toMatch(/secret-word|not-for-messages/);
  });

  it('that goes away halfway is told', async () => {
    let read = 0;
    // More than fits on the way: the server is still sending.
    const many = 1_000_000;
    const query = `SELECT i AS id, timestamptz '2026-03-02 08:00Z' AS scheduled_time FROM generate_series(1, ${many}) AS i`;
    const reading = async () => {
      for await (const _ of openPostgresBookings(database({ query }), { onBadRow: 'fail' })) {
        read += 1;
        if (read === 1)
          await tables.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'atmr-ml'",
          );
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(many);
  });

  it('is left when the bookings are not wanted any more', async () => {
    for await (const { id } of openPostgresBookings(database(), { onBadRow: 'fail' })) {
      expect(id).toBeDefined();
      break;
    }
    const open = await tables.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'atmr-ml'");
    expect(open).toEqual([]);
  });

  it('is only read, in read-only transactions and without a personal column, also by a role that may write', async () => {
    await read({ url: tables.url });
    const sessions = tables.sessions();
    expect(sessions.length).toBeGreaterThan(20);
    for (const [begin, ...statements] of sessions) {
      expect(begin).toMatch(/^BEGIN READ ONLY; SET LOCAL/);
      for (const statement of statements) {
        expect(statement).toMatch(/^(COPY \(SELECT c0[^(]* FROM \(|SELECT \* FROM \()/);
      }
    }
    const ours = sessions.flat().filter((statement) => statement.includes('FROM booking AS b\n'));
    expect(ours.length).toBeGreaterThan(20);
    const asked = ours.join('\n').replaceAll('SELECT * FROM (', '').replaceAll(' * 1000)', '');
    for (const column of [...PERSONAL, '*']) expect(asked).not.toContain(column);
  });
});

/** The same by the definition, one booking at a time. */
function completedBefore(
  { id, driverId, scheduled }: Booking,
  rows: ReadonlyMap<string, Row>,
): number | null {
  if (driverId === null || scheduled === null) return null;
  return [...rows.values()].filter(({ booking }) => {
    const isCompleted = booking.status === 'COMPLETED' || booking.status === 'RETURN_COMPLETED';
    if (!isCompleted || String(booking.driver_id) !== driverId || String(booking.id) === id) return false;
    return Date.parse(booking.completed_at ?? '') < scheduled.epochMs;
  }).length;
}
