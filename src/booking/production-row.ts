import type { Cells } from './binary-rows.js';
import type { Booking } from './booking.js';
import { planColumns } from './columns.js';
import type { LocalTime } from './local-time.js';
import type { NoOutcome } from './outcome.js';
import { parseBooking } from './parse.js';
import { PRODUCTION_FIELDS } from './production-sql.js';
import type { RowFault } from './row.js';
import { readTimestamp, skippedByClocks } from './timestamp.js';

/** What happened to one row of the table `booking`. */
export interface ProductionOutcome {
  readonly scheduled: LocalTime | null;
  /** `null` where nothing that counts happened; `reason` then says why. */
  readonly actualDelayMinutes: number | null;
  readonly actualPickupMs: number | null;
  readonly reason: NoOutcome | null;
}

const MINUTE_MS = 60_000;
const PLAN = planColumns(PRODUCTION_FIELDS);
const TIME_COLUMN = PRODUCTION_FIELDS.indexOf('scheduled_time');

/** A row of `BOOKINGS_SQL`. Without a scheduled time nothing but the id and the reason is kept of it. */
export function readProductionRow(cells: Cells, timeZone: string): Booking | RowFault {
  const values = cells.slice(0, PRODUCTION_FIELDS.length);
  const id = String(cells[0] ?? '');
  const outcome = readOutcome(cells[TIME_COLUMN] ?? null, cells.slice(PRODUCTION_FIELDS.length), timeZone);
  if (typeof outcome === 'string') return faultOf(id, 'scheduled_time', outcome);
  const { scheduled, actualDelayMinutes, reason } = outcome;
  if (scheduled === null) return withoutTime(id, reason ?? 'no_scheduled_time');
  const booking = parseBooking({ plan: PLAN, values, unit: 'booking', line: Number(id) }, timeZone);
  if ('reason' in booking) return faultOf(id, booking.field, booking.reason);
  return { ...booking, actualDelayMinutes, ...(reason !== null && { noOutcome: reason }) };
}

/**
 * The outcome from the scheduled time's text and the columns time_confirmed, completed and pickup (milliseconds
 * since the epoch); the reason, as a text, when the time is none.
 */
export function readOutcome(
  time: Cells[number],
  [timeConfirmed, completed, pickup]: Cells,
  timeZone: string,
): ProductionOutcome | string {
  const scheduled = time === null ? null : readTimestamp(time, timeZone);
  const isSkipped = typeof scheduled === 'string' && scheduled === skippedByClocks(timeZone);
  if (typeof scheduled === 'string' && !isSkipped) return scheduled;
  const at = typeof scheduled === 'string' ? null : scheduled;
  const pickupMs = typeof pickup === 'number' ? pickup : Number.NaN;
  const reason = reasonOf({
    completed: completed === true,
    isSkipped,
    hasTime: at !== null,
    confirmed: timeConfirmed !== false,
    pickedUp: Number.isFinite(pickupMs),
  });
  const counts = reason === null && at !== null;
  return {
    scheduled: at,
    actualDelayMinutes: counts ? (pickupMs - at.epochMs) / MINUTE_MS : null,
    actualPickupMs: counts ? Math.round(pickupMs) : null,
    reason,
  };
}

interface Circumstances {
  readonly completed: boolean;
  readonly isSkipped: boolean;
  readonly hasTime: boolean;
  readonly confirmed: boolean;
  readonly pickedUp: boolean;
}

/** The first that applies. */
function reasonOf(ride: Circumstances): NoOutcome | null {
  if (!ride.completed) return 'status_not_completed';
  if (ride.isSkipped) return 'scheduled_time_skipped';
  if (!ride.hasTime) return 'no_scheduled_time';
  if (!ride.confirmed) return 'time_not_confirmed';
  return ride.pickedUp ? null : 'no_pickup_event';
}

/** What is kept of a booking without a time. */
export function withoutTime(id: string, noOutcome: NoOutcome): Booking {
  return {
    id,
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
    noOutcome,
    given: null,
  };
}

/** What stands in a database is not repeated: it may be anything, the name of a patient included. */
function faultOf(id: string, field: string, reason: string): RowFault {
  return { unit: 'booking', line: Number(id), field, value: '', reason };
}
