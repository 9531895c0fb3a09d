import type { Cells } from '../booking/binary-rows.js';
import { type BookingDatabase, readingFrom } from '../booking/booking-database.js';
import type { Part } from '../booking/part.js';
import type { PlannedPart } from './description.js';

/** Bookings of a part, nearly: some seconds of work, so that little is lost with whoever is lost. */
const PART_BOOKINGS = 50_000;
/** So that nobody waits long for the last one. */
const PARTS_OF_A_WORKER = 4;
/** Below, to read a part costs more than to score it. */
const LEAST_BOOKINGS = 2000;
/** A query of the user's own is run as a whole for each part, and nobody knows how much it gives. */
const PARTS_OF_A_QUERY = 16;

/** In the order of the ids themselves, as `BETWEEN` has it: not of their texts, whose name would be the same. */
const BY_DRIVER_SQL = `
  SELECT b.driver_id::text, count(*) FROM booking AS b
  WHERE b.driver_id IS NOT NULL GROUP BY b.driver_id ORDER BY b.driver_id`;
const DRIVERLESS_SQL = `
  SELECT min(id), max(id), count(*) FROM booking WHERE driver_id IS NULL HAVING count(*) > 0`;

/**
 * Cuts the bookings of a database into parts of about `wanted`, or as many as suits their number and that of the
 * `workers`. Rejects as the reading of bookings does.
 */
export async function planParts(
  database: BookingDatabase,
  wanted: number | null,
  workers: number,
): Promise<PlannedPart[]> {
  if (database.query !== null) return hashParts(PARTS_OF_A_QUERY);
  const drivers: Counted[] = [];
  let driverless: Cells | undefined;
  const batches = readingFrom(database, async function* (postgres) {
    for await (const batch of postgres.rows(BY_DRIVER_SQL)) {
      drivers.push(...batch.map(([driver, count]) => ({ driver: String(driver), count: Number(count) })));
    }
    yield* postgres.rows(DRIVERLESS_SQL);
  });
  for await (const [row] of batches) driverless = row;
  const [from, to, counted] = driverless ?? [0, 0, 0];
  const count = Number(counted);
  const size =
    wanted ??
    suitableSize(
      drivers.reduce((sum, one) => sum + one.count, count),
      workers,
    );
  return [
    ...driverRanges(drivers, size),
    ...(count === 0 ? [] : idRanges(BigInt(from!), BigInt(to!), count, size)),
  ];
}

/** Bookings of a part, so that each process has several, none too small to be worth its start. */
export function suitableSize(bookings: number, workers: number): number {
  const several = Math.ceil(bookings / (PARTS_OF_A_WORKER * Math.max(1, workers)));
  return Math.min(PART_BOOKINGS, Math.max(LEAST_BOOKINGS, several));
}

interface Counted {
  readonly driver: string;
  readonly count: number;
}

/** Neighbouring drivers together until they have `size` bookings. */
export function driverRanges(drivers: readonly Counted[], size: number): PlannedPart[] {
  const parts: PlannedPart[] = [];
  let first: string | null = null;
  let bookings = 0;
  for (const [i, { driver, count }] of drivers.entries()) {
    first ??= driver;
    bookings += count;
    if (bookings < size && i < drivers.length - 1) continue;
    parts.push({ part: { kind: 'drivers', from: first, to: driver }, bookings });
    first = null;
    bookings = 0;
  }
  return parts;
}

/** Equal ranges of ids: how the bookings are spread over them is not known, so each counts for its share. */
export function idRanges(from: bigint, to: bigint, count: number, size: number): PlannedPart[] {
  const pieces = Math.max(1, Math.ceil(count / size));
  const step = (to - from) / BigInt(pieces) + 1n;
  return Array.from({ length: pieces }, (_, i) => {
    const first = from + BigInt(i) * step;
    const end = first + step - 1n;
    const last = end < to ? end : to;
    const part: Part = { kind: 'driverless', from: String(first), to: String(last) };
    return { part, bookings: null };
  });
}

function hashParts(of: number): PlannedPart[] {
  return Array.from({ length: of }, (_, index) => ({ part: { kind: 'hash', index, of }, bookings: null }));
}
