import pg from 'pg';
import { SIMULATED_COMMENT } from '../src/booking/production-sql.js';
import type { SimulationSettings } from '../src/simulator/settings.js';
import { simulateBookings } from '../src/simulator/simulate.js';
import { type ProductionBooking, productionBookings } from './production-rows.js';

const TABLES_SQL = `
CREATE TYPE booking_status AS ENUM
  ('PENDING', 'ACCEPTED', 'ASSIGNED', 'EN_ROUTE', 'IN_PROGRESS', 'COMPLETED', 'RETURN_COMPLETED', 'CANCELED');
CREATE TABLE driver (id int PRIMARY KEY, company_id int NOT NULL, is_active bool NOT NULL DEFAULT true);
CREATE TABLE booking (
  id int PRIMARY KEY, customer_name varchar(100), pickup_location varchar(200),
  scheduled_time timestamp, status booking_status NOT NULL, duration_seconds int, distance_meters int,
  company_id int NOT NULL, driver_id int REFERENCES driver, is_round_trip bool, boarded_at timestamptz,
  completed_at timestamptz, medical_facility varchar(200), doctor_name varchar(100), notes_medical text,
  is_urgent bool, time_confirmed bool NOT NULL DEFAULT true,
  pickup_lat float, pickup_lon float, dropoff_lat float, dropoff_lon float);
CREATE TABLE assignment (
  id int PRIMARY KEY, booking_id int NOT NULL REFERENCES booking, driver_id int NOT NULL REFERENCES driver,
  status varchar(20) NOT NULL, planned_pickup_at timestamptz, actual_pickup_at timestamptz,
  created_at timestamptz NOT NULL);
CREATE INDEX assignment_booking ON assignment (booking_id);
CREATE INDEX booking_scheduled ON booking (scheduled_time);
COMMENT ON TABLE booking IS '${SIMULATED_COMMENT}: nobody''s bookings';`;

const DROP_SQL = 'DROP TABLE assignment, booking, driver; DROP TYPE booking_status';
const ROWS_AT_ONCE = 2000;

/**
 * Makes the tables `booking`, `assignment` and `driver` in the database at `url` and fills them with simulated
 * bookings. Returns what they hold. Tables that are there already are an error, unless `replace` and we made them.
 */
export async function makeProductionTables(
  url: string,
  settings: SimulationSettings,
  { replace = false } = {},
): Promise<{ bookings: number; assignments: number }> {
  const client = new pg.Client({ connectionString: url, application_name: 'atmr-ml demo tables' });
  await client.connect();
  try {
    await client.query('BEGIN');
    if (replace) await dropOwn(client);
    await client.query(TABLES_SQL);
    const made = { bookings: 0, assignments: 0 };
    for (const batch of batches(productionBookings(simulateBookings(settings), settings.seed))) {
      made.bookings += batch.length;
      made.assignments += await insert(client, batch);
    }
    await client.query('COMMIT; ANALYZE booking; ANALYZE assignment');
    return made;
  } finally {
    await client.end();
  }
}

/** Nobody's bookings but ours may be dropped. */
async function dropOwn(client: pg.Client): Promise<void> {
  const comment = `SELECT obj_description(to_regclass('booking'), 'pg_class') LIKE '${SIMULATED_COMMENT}%' AS ours`;
  const { rows } = await client.query<{ ours: boolean | null }>(comment);
  if (rows[0]?.ours === true) await client.query(DROP_SQL);
}

async function insert(client: pg.Client, batch: readonly ProductionBooking[]): Promise<number> {
  const bookings = batch.map(({ booking }) => booking);
  const assignments = batch.flatMap((one) => one.assignments);
  const drivers = new Set([...bookings, ...assignments].flatMap(({ driver_id }) => driver_id ?? []));
  await client.query(
    'INSERT INTO driver (id, company_id) SELECT unnest($1::int[]), 1 ON CONFLICT DO NOTHING',
    [[...drivers]],
  );
  for (const [table, rows] of Object.entries({ booking: bookings, assignment: assignments })) {
    const sql = `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)`;
    await client.query(sql, [JSON.stringify(rows)]);
  }
  return assignments.length;
}

function* batches<T>(items: Iterable<T>): Iterable<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < ROWS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
