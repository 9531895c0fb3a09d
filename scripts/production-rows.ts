import type { LocalTime } from '../src/booking/local-time.js';
import type { NoOutcome } from '../src/booking/outcome.js';
import { isoWithOffset } from '../src/simulator/booking-table.js';
import { type Random, randomStream } from '../src/simulator/random.js';
import type { SimulatedBooking } from '../src/simulator/simulate.js';

/** A row of the table `booking` as JSON; personal columns hold text that is plainly made up. */
export interface BookingRow {
  readonly id: number;
  /** Zurich wall time without a zone, as the production tables keep it. */
  readonly scheduled_time: string | null;
  readonly status: string;
  readonly duration_seconds: number | null;
  readonly distance_meters: number | null;
  readonly company_id: number;
  readonly driver_id: number | null;
  readonly is_round_trip: boolean | null;
  readonly boarded_at: string | null;
  readonly completed_at: string | null;
  readonly medical_facility: string | null;
  readonly is_urgent: boolean | null;
  readonly time_confirmed: boolean;
  readonly pickup_lat: number | null;
  readonly pickup_lon: number | null;
  readonly dropoff_lat: number | null;
  readonly dropoff_lon: number | null;
  readonly customer_name: string;
  readonly pickup_location: string;
  readonly notes_medical: string;
  readonly doctor_name: string;
}

export interface AssignmentRow {
  readonly id: number;
  readonly booking_id: number;
  readonly driver_id: number;
  readonly status: string;
  readonly planned_pickup_at: string | null;
  readonly actual_pickup_at: string | null;
  readonly created_at: string;
}

/** One booking with its assignments, and what a reader of the tables must find. */
export interface ProductionBooking {
  readonly booking: BookingRow;
  readonly assignments: readonly AssignmentRow[];
  /** Minutes late, or the reason why none are known. */
  readonly outcome: number | NoOutcome;
}

type Fate = NoOutcome | 'completed' | 'recording_error';

/** Of a thousand bookings. */
const FATES: readonly (readonly [fate: Fate, upTo: number])[] = [
  ['status_not_completed', 60],
  ['no_scheduled_time', 70],
  ['time_not_confirmed', 90],
  ['no_pickup_event', 110],
  ['recording_error', 116],
  ['completed', 1000],
];
const OPEN_STATUSES = [
  'CANCELED',
  'CANCELED',
  'CANCELED',
  'PENDING',
  'ACCEPTED',
  'ASSIGNED',
  'EN_ROUTE',
  'IN_PROGRESS',
];
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const COMPANIES = 3;
const MOST_ASSIGNMENTS = 3;
/** Drivers of no booking, who took over for a while and recorded pickups of their own. */
const OTHER_DRIVERS = 900_000;

/** The rows of simulated bookings, with everything that the real tables have against their readers. */
export function* productionBookings(
  simulated: Iterable<SimulatedBooking>,
  seed: number,
): Iterable<ProductionBooking> {
  const random = randomStream(seed, 'faults');
  let lastId = 0;
  for (const one of simulated) {
    lastId = Number(one.booking.id);
    yield productionBooking(one, random);
  }
  yield* clockChangeBookings(lastId);
}

function productionBooking(
  { booking, medicalFacility }: SimulatedBooking,
  random: Random,
): ProductionBooking {
  const { scheduled, actualDelayMinutes } = booking;
  if (scheduled === null || actualDelayMinutes === null)
    throw new Error('expected a settled booking with a time');
  const fate = drawFate(random);
  const delay = fate === 'recording_error' ? 200 + 60 * random.uniform() : actualDelayMinutes;
  const pickupMs = Math.round(scheduled.epochMs + delay * MINUTE_MS);
  const id = Number(booking.id);
  const driverId = booking.driverId === null ? null : Number(booking.driverId);
  // A booking without a driver has no assignment that counts, so the boarding is all there is.
  const isAssigned = driverId !== null && random.chance(0.7);
  const noPickup = fate === 'no_pickup_event';
  const row: BookingRow = {
    ...personalColumns(id),
    id,
    scheduled_time: fate === 'no_scheduled_time' ? null : wallTime(scheduled),
    status: drawStatus(random, fate, booking.isRoundTrip === true),
    duration_seconds: booking.durationSeconds,
    distance_meters: booking.distanceMeters,
    company_id: 1 + (id % COMPANIES),
    driver_id: driverId,
    is_round_trip: booking.isRoundTrip,
    // People board a little after the car has come: the assignment's pickup comes first where there is one.
    boarded_at: noPickup ? null : iso(isAssigned ? pickupMs + 2.5 * MINUTE_MS : pickupMs),
    completed_at: iso(pickupMs + (booking.durationSeconds ?? 900) * 1000),
    medical_facility: medicalFacility ?? (random.chance(0.5) ? null : ' '),
    is_urgent: booking.isUrgent,
    time_confirmed: fate !== 'time_not_confirmed',
    pickup_lat: booking.pickup?.lat ?? null,
    pickup_lon: booking.pickup?.lon ?? null,
    dropoff_lat: booking.dropoff?.lat ?? null,
    dropoff_lon: booking.dropoff?.lon ?? null,
  };
  const actualPickup = isAssigned && !noPickup ? iso(pickupMs) : null;
  const assignments = drawAssignments(random, row, scheduled.epochMs, actualPickup);
  const isMinutes = fate === 'completed' || fate === 'recording_error';
  return {
    booking: row,
    assignments,
    outcome: isMinutes ? (pickupMs - scheduled.epochMs) / MINUTE_MS : fate,
  };
}

function drawFate(random: Random): Fate {
  const drawn = random.below(1000);
  return FATES.find(([, upTo]) => drawn < upTo)![0];
}

function drawStatus(random: Random, fate: Fate, isRoundTrip: boolean): string {
  if (fate === 'status_not_completed') return OPEN_STATUSES[random.below(OPEN_STATUSES.length)]!;
  return isRoundTrip && random.chance(0.3) ? 'RETURN_COMPLETED' : 'COMPLETED';
}

/** The one that counts, among earlier ones of the same driver and others of other drivers, which mislead. */
function drawAssignments(
  random: Random,
  { id, driver_id, status }: BookingRow,
  scheduledMs: number,
  actualPickup: string | null,
): AssignmentRow[] {
  if (driver_id === null) return [];
  const createdMs = scheduledMs - 4 * HOUR_MS;
  const count = 1 + random.below(MOST_ASSIGNMENTS);
  const counting: AssignmentRow = {
    id: id * 10 + 5,
    booking_id: id,
    driver_id,
    status: status === 'CANCELED' ? 'CANCELED' : 'COMPLETED',
    planned_pickup_at: iso(scheduledMs),
    actual_pickup_at: actualPickup,
    created_at: iso(createdMs),
  };
  const misleading = Array.from({ length: count - 1 }, (_, i): AssignmentRow => {
    const isSameDriver = random.chance(0.5);
    // Earlier by its time, or at the same time by its id; another driver's may well be the latest of all.
    const olderMs = isSameDriver
      ? random.chance(0.5)
        ? createdMs
        : createdMs - HOUR_MS
      : createdMs + HOUR_MS;
    return {
      ...counting,
      id: id * 10 + i,
      driver_id: isSameDriver ? driver_id : OTHER_DRIVERS + i,
      status: 'CANCELED',
      actual_pickup_at: iso(scheduledMs + 77 * MINUTE_MS),
      created_at: iso(olderMs),
    };
  });
  return [...misleading, counting];
}

/** In the hour of October that comes twice, a pickup after each of its passes; in March, an hour that never was. */
function clockChangeBookings(lastId: number): ProductionBooking[] {
  const base = {
    status: 'COMPLETED',
    duration_seconds: 900,
    distance_meters: 5000,
    company_id: 1,
    driver_id: null,
  };
  const flags = { is_round_trip: false, is_urgent: false, time_confirmed: true, medical_facility: null };
  const places = { pickup_lat: 46.2, pickup_lon: 6.14, dropoff_lat: 46.23, dropoff_lon: 6.1 };
  const at = (
    offset: number,
    scheduled_time: string,
    boarded_at: string,
    outcome: ProductionBooking['outcome'],
  ) => {
    const id = lastId + offset;
    const times = { scheduled_time, boarded_at, completed_at: boarded_at };
    return {
      booking: { ...personalColumns(id), ...base, ...flags, ...places, ...times, id },
      assignments: [],
      outcome,
    };
  };
  return [
    at(1, '2026-10-25 02:30:00', '2026-10-25T00:36:00Z', 6),
    at(2, '2026-10-25 02:30:00', '2026-10-25T01:36:00Z', 66),
    at(3, '2026-03-29 02:30:00', '2026-03-29T01:36:00Z', 'scheduled_time_skipped'),
    at(4, '2026-03-29 03:30:00', '2026-03-29T01:33:00Z', 3),
  ];
}

/** Nobody's: a reader that ever selects one of these is at fault. */
function personalColumns(id: number) {
  return {
    customer_name: `PERSON-FAKE ${id}`,
    pickup_location: `STREET-FAKE ${id}`,
    notes_medical: `NOTES-FAKE ${id}`,
    doctor_name: `DOCTOR-FAKE ${id}`,
  };
}

function wallTime(scheduled: LocalTime): string {
  return isoWithOffset(scheduled).slice(0, 19).replace('T', ' ');
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
