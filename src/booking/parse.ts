import { t } from '../wording/t.js';
import type { Booking, Coordinates, Exposure } from './booking.js';
import type { ColumnPlan, Field } from './columns.js';
import { readGiven } from './given.js';
import type { LocalTime } from './local-time.js';
import type { PlannedRecord } from './records.js';
import { cell, fail, type Row, type RowFault } from './row.js';
import { readTimestamp } from './timestamp.js';
import {
  ANY_NUMBER,
  LATITUDE,
  LONGITUDE,
  NOT_NEGATIVE,
  type NumberRule,
  readBoolean,
  readId,
  readNumber,
} from './values.js';
import { readRowWeather } from './weather-cells.js';

/** One record of bookings as it stands in its source. */
export type RawRecord = PlannedRecord<ColumnPlan>;

/**
 * Reads one record, whose times without an offset are in `timeZone`. The first thing that is wrong with it, from left
 * to right of {@link Booking}, is the fault. An outcome may be any number: what is too late to count is decided later.
 */
export function parseBooking(record: RawRecord, timeZone: string): Booking | RowFault {
  const { plan, values, unit, line } = record;
  if (plan.problem !== null) return { unit, line, field: '', value: '', reason: plan.problem() };
  if (values.length !== plan.names.length) {
    const reason = t`has ${values.length} cells (expected ${plan.names.length}, as the header has)`;
    return { unit, line, field: '', value: '', reason };
  }
  const row: Row = { plan, values, fault: null };
  const booking = readBooking(row, timeZone);
  return row.fault === null ? booking : { unit, line, ...row.fault };
}

function readBooking(row: Row, timeZone: string): Booking {
  return {
    id: bookingId(row),
    scheduled: scheduledTime(row, timeZone),
    pickup: coordinates(row, 'pickup_lat', 'pickup_lon'),
    dropoff: coordinates(row, 'dropoff_lat', 'dropoff_lon'),
    distanceMeters: number(row, 'distance_meters', NOT_NEGATIVE),
    durationSeconds: number(row, 'duration_seconds', NOT_NEGATIVE),
    isMedical: medical(row),
    isUrgent: truth(row, 'is_urgent'),
    isRoundTrip: truth(row, 'is_round_trip'),
    driverId: identifier(row, 'driver_id'),
    driverTotalBookings: number(row, 'driver_total_bookings', NOT_NEGATIVE),
    weather: readRowWeather(row),
    simulated: truth(row, 'simulated') ?? false,
    actualDelayMinutes: number(row, 'actual_delay_minutes', ANY_NUMBER),
    ...exposure(row),
    given: readGiven(row),
  };
}

/** Nothing where no column tells: most sources have none. */
function exposure(row: Row): { exposure?: Exposure } {
  const { acted_on: actedOn, variant } = row.plan.at;
  if (actedOn < 0 && variant < 0) return {};
  return { exposure: { actedOn: truth(row, 'acted_on'), variant: assignedVariant(row) } };
}

function assignedVariant(row: Row): Exposure['variant'] {
  const value = cell(row, 'variant');
  if (value === null || value === 'model' || value === 'control') return value;
  return fail(row, 'variant', t`is not an arm (expected model or control)`);
}

function bookingId(row: Row): string {
  if (cell(row, 'id') === null) fail(row, 'id', t`is missing (expected a text or a whole number)`);
  return identifier(row, 'id') ?? '';
}

/** A table of ready features need not have times; where there is a column for them, each row must. */
function scheduledTime(row: Row, timeZone: string): LocalTime | null {
  const value = cell(row, 'scheduled_time');
  if (value === null) {
    return row.plan.at.scheduled_time < 0 && row.plan.given.length > 0
      ? null
      : fail(row, 'scheduled_time', t`is missing (expected ISO 8601)`);
  }
  const read = readTimestamp(value, timeZone);
  return typeof read === 'string' ? fail(row, 'scheduled_time', read) : read;
}

function coordinates(row: Row, latField: Field, lonField: Field): Coordinates | null {
  const lat = number(row, latField, LATITUDE);
  const lon = number(row, lonField, LONGITUDE);
  if (lat !== null && lon !== null) return { lat, lon };
  if (lat !== null) return fail(row, lonField, t`is missing although ${latField} is given`);
  return lon === null ? null : fail(row, latField, t`is missing although ${lonField} is given`);
}

/** The flag decides where it is filled in; a facility column otherwise, in which empty means "not medical". */
function medical(row: Row): boolean | null {
  const flag = truth(row, 'is_medical');
  if (flag !== null || row.plan.at.medical_facility < 0) return flag;
  const facility = cell(row, 'medical_facility');
  if (facility === null || typeof facility === 'string') return facility !== null;
  return fail(row, 'medical_facility', t`is not a text (expected the name of a facility, or nothing)`);
}

function number(row: Row, field: Field, rule: NumberRule): number | null {
  const value = cell(row, field);
  if (value === null) return null;
  const read = readNumber(value, rule);
  return typeof read === 'string' ? fail(row, field, read) : read;
}

function truth(row: Row, field: Field): boolean | null {
  const value = cell(row, field);
  if (value === null) return null;
  const read = readBoolean(value);
  return typeof read === 'string' ? fail(row, field, read) : read;
}

function identifier(row: Row, field: Field): string | null {
  const value = cell(row, field);
  if (value === null) return null;
  return readId(value) ?? fail(row, field, t`is not an id (expected a text or a whole number)`);
}
