import { inlined, sqlLiteral } from './inlined.js';
import { isInPart, type Part } from './part.js';

/**
 * What is read of the production tables `booking` and `assignment`, and nothing else: no name, address or note is
 * selected, and of a medical facility only whether there is one. Times without zone come as text: Postgres would
 * resolve the hours that summer time repeats and skips silently, and otherwise than we do.
 */

/** What the comment on the table `booking` begins with where its rows are made up. */
export const SIMULATED_COMMENT = 'Simulated by atmr-ml';

/** Of several assignments, the latest of each driver. */
const latestAssignment = (of: string) => `
  SELECT DISTINCT ON (booking_id, driver_id) booking_id, driver_id, actual_pickup_at
  FROM assignment ${of}
  ORDER BY booking_id, driver_id, created_at DESC NULLS LAST, id DESC`;

const IS_COMPLETED = `b.status::text IN ('COMPLETED', 'RETURN_COMPLETED')`;
const PICKUP_MS = `(extract(epoch FROM coalesce(a.actual_pickup_at, b.boarded_at)) * 1000)::float8`;

/** What decides about the outcome, in this order, as the last columns of both texts. */
const OUTCOME_COLUMNS = `b.time_confirmed, ${IS_COMPLETED}, ${PICKUP_MS}`;

/** The instant of a wall clock's reading in the zone `$2`; of one that comes twice, the first. */
const SCHEDULED_AT = `
  CASE WHEN ((b.scheduled_time AT TIME ZONE $2) - interval '1 hour') AT TIME ZONE $2 = b.scheduled_time
    THEN (b.scheduled_time AT TIME ZONE $2) - interval '1 hour'
    ELSE b.scheduled_time AT TIME ZONE $2 END`;

/** The booking fields in the order of {@link bookingsSql}. */
export const PRODUCTION_FIELDS = [
  'id',
  'scheduled_time',
  'pickup_lat',
  'pickup_lon',
  'dropoff_lat',
  'dropoff_lon',
  'distance_meters',
  'duration_seconds',
  'is_medical',
  'is_urgent',
  'is_round_trip',
  'driver_id',
  'driver_total_bookings',
  'simulated',
] as const;

/** Which bookings of the production tables: one, or those of a part; all without either. */
export interface WhichBookings {
  readonly id?: string;
  readonly part?: Part;
}

/**
 * All bookings or some, their times as the clocks of `timeZone` show them. A driver's bookings are counted as of the
 * scheduled time: in one pass over scheduled times and completions in their order, because a count for each booking
 * would take the square of their number. A ride that ended before its own scheduled time does not count for itself.
 */
export function bookingsSql(timeZone: string, { id, part }: WhichBookings = {}): string {
  // Each of its drivers' bookings would be in other parts too, and not be counted.
  if (part?.kind === 'hash') throw new Error('the production tables are parted by driver');
  const wanted = id !== undefined ? `b.id = ${sqlLiteral(id)}::bigint` : part ? isInPart(part) : 'true';
  const sameDriver = `b.driver_id = (SELECT one.driver_id FROM booking AS one WHERE one.id = ${sqlLiteral(id ?? null)}::bigint)`;
  const itsDrivers = id !== undefined ? sameDriver : wanted;
  const ofWanted =
    wanted === 'true' ? '' : `WHERE booking_id IN (SELECT b.id FROM booking AS b WHERE ${wanted})`;
  const scheduledAt = inlined(SCHEDULED_AT, [null, timeZone]);
  return `
WITH ride AS (
  SELECT b.id, b.driver_id, ${IS_COMPLETED} AS completed, ${scheduledAt} AS scheduled_at,
    coalesce(b.completed_at, greatest(b.boarded_at, ${scheduledAt})) AS completed_at
  FROM booking AS b
  WHERE b.driver_id IS NOT NULL AND ${itsDrivers}
), event AS (
  SELECT driver_id, completed_at AS at, 1 AS completed, NULL::bigint AS id, 0 AS own FROM ride WHERE completed
  UNION ALL
  SELECT driver_id, scheduled_at, 0, id, (completed AND completed_at < scheduled_at)::int
  FROM ride WHERE scheduled_at IS NOT NULL
), counted AS (
  SELECT id, own,
    sum(completed) OVER (PARTITION BY driver_id ORDER BY at, completed ROWS UNBOUNDED PRECEDING) AS total
  FROM event
), experience AS (
  SELECT id, total - own AS total FROM counted WHERE id IS NOT NULL
)
SELECT b.id, b.scheduled_time::text, b.pickup_lat, b.pickup_lon, b.dropoff_lat, b.dropoff_lon,
  b.distance_meters, b.duration_seconds, coalesce(b.medical_facility ~ '\\S', false), b.is_urgent, b.is_round_trip,
  b.driver_id, e.total,
  (SELECT coalesce(obj_description('booking'::regclass, 'pg_class') LIKE '${SIMULATED_COMMENT}%', false)),
  ${OUTCOME_COLUMNS}
FROM booking AS b
LEFT JOIN (${latestAssignment(ofWanted)}) AS a ON a.booking_id = b.id AND a.driver_id = b.driver_id
LEFT JOIN experience AS e ON e.id = b.id
WHERE ${wanted}
ORDER BY b.scheduled_time, b.id`;
}

/** What happened to the bookings whose scheduled wall time lies between `$1`, or the beginning, and `$2`. */
export const OUTCOMES_SQL = `
WITH due AS (
  SELECT b.id, b.scheduled_time, b.status, b.driver_id, b.time_confirmed, b.boarded_at
  FROM booking AS b
  WHERE (b.scheduled_time >= $1::timestamp OR $1 IS NULL)
    AND (b.scheduled_time <= $2::timestamp OR b.scheduled_time IS NULL)
)
SELECT b.id, b.scheduled_time::text, ${OUTCOME_COLUMNS}
FROM due AS b
LEFT JOIN (${latestAssignment('WHERE booking_id IN (SELECT id FROM due)')}) AS a
  ON a.booking_id = b.id AND a.driver_id = b.driver_id
ORDER BY b.scheduled_time, b.id`;
