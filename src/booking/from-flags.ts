import { readFileSync } from 'node:fs';
import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import type { Booking } from './booking.js';
import { type Field, planColumns } from './columns.js';
import { parseBooking } from './parse.js';

/** The flags that describe one booking, as the command line gives them. */
export interface BookingFlags {
  readonly id?: string;
  readonly at?: string;
  readonly pickup?: string;
  readonly dropoff?: string;
  readonly distanceMeters?: string;
  readonly duration?: string;
  readonly urgent?: boolean;
  readonly medical?: boolean;
  readonly roundTrip?: boolean;
  readonly driver?: string;
  readonly driverBookings?: string;
  readonly weather?: string;
}

/** The flag that fills each field; a fault of the field is told as the flag's. */
const FLAG_OF = {
  id: '--id',
  scheduled_time: '--at',
  pickup_lat: '--pickup',
  pickup_lon: '--pickup',
  dropoff_lat: '--dropoff',
  dropoff_lon: '--dropoff',
  distance_meters: '--distance-meters',
  duration_seconds: '--duration',
  is_medical: '--medical',
  is_urgent: '--urgent',
  is_round_trip: '--round-trip',
  driver_id: '--driver',
  driver_total_bookings: '--driver-bookings',
  weather: '--weather',
} as const satisfies Partial<Record<Field, string>>;

type FlagField = keyof typeof FLAG_OF;

const PLAN = planColumns(Object.keys(FLAG_OF));
const COORDINATES = /^\s*([^,\s]+)\s*,\s*([^,\s]+)\s*$/;

/** The booking that the flags describe, by the rules for records of a file; USAGE naming the first flag at fault. */
export function bookingFromFlags(flags: BookingFlags, timeZone: string): Booking {
  requirePlaceAndTime(flags);
  const [pickupLat, pickupLon] = coordinates('--pickup', flags.pickup);
  const [dropoffLat, dropoffLon] = coordinates('--dropoff', flags.dropoff);
  const values: Record<FlagField, unknown> = {
    id: flags.id ?? 'new',
    scheduled_time: flags.at,
    pickup_lat: pickupLat,
    pickup_lon: pickupLon,
    dropoff_lat: dropoffLat,
    dropoff_lon: dropoffLon,
    distance_meters: flags.distanceMeters,
    duration_seconds: flags.duration,
    is_medical: flags.medical ?? false,
    is_urgent: flags.urgent ?? false,
    is_round_trip: flags.roundTrip ?? false,
    driver_id: flags.driver,
    driver_total_bookings: flags.driverBookings,
    weather: flags.weather === undefined ? undefined : weatherReport(flags.weather),
  };
  const record = { plan: PLAN, values: Object.values(values), unit: 'line', line: 1 } as const;
  const booking = parseBooking(record, timeZone);
  if ('id' in booking) return booking;
  const { field, value, reason } = booking;
  const flag = isFlagField(field) ? FLAG_OF[field] : field;
  throw new AtmrError('USAGE', value === '' ? t`${flag}: ${reason}.` : t`${flag}: ${value} ${reason}.`);
}

function requirePlaceAndTime({ at, pickup, dropoff, distanceMeters }: BookingFlags): void {
  const missing = [
    ...(at === undefined ? ['--at'] : []),
    ...(pickup === undefined && (dropoff !== undefined || distanceMeters === undefined) ? ['--pickup'] : []),
    ...(dropoff === undefined && (pickup !== undefined || distanceMeters === undefined) ? ['--dropoff'] : []),
  ];
  if (missing.length === 0) return;
  const example = '--pickup 46.20,6.14 --dropoff 46.25,6.10 --at 2026-03-02T08:30';
  throw new AtmrError('USAGE', t`${missing.join(t` and `)} missing; expected a booking such as ${example}.`);
}

function coordinates(flag: string, text: string | undefined): [unknown, unknown] {
  if (text === undefined) return [undefined, undefined];
  const parts = COORDINATES.exec(text);
  if (parts !== null) return [parts[1], parts[2]];
  throw new AtmrError('USAGE', t`${flag} is "${text}"; expected latitude,longitude such as 46.20,6.14.`);
}

/** The JSON itself, or the name of a file that holds it. */
function weatherReport(text: string): string {
  if (text.trimStart().startsWith('{')) return text;
  try {
    return readFileSync(text, 'utf8');
  } catch (cause) {
    const expected = t`expected an OpenWeather report as JSON, or a file that holds one`;
    throw new AtmrError('USAGE', t`--weather is "${text}"; ${expected} (${messageOf(cause)}).`, { cause });
  }
}

function isFlagField(field: string): field is FlagField {
  return Object.hasOwn(FLAG_OF, field);
}
