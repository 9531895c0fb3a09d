import { idHash } from '../booking/id-hash.js';

/** Bookings a day, each counted once: on the day that was told last. */
export interface DaysAsked {
  add(bookingId: string, day: number): void;
  perDay(): Map<number, number>;
}

const FIRST_SIZE = 1 << 12;

/**
 * Holds 24 to 48 bytes a booking, for a ledger may hold millions. Ids are told apart by 64 bits: two of a million are
 * taken for one with a chance of 3 in 100 million.
 */
export function daysAsked(): DaysAsked {
  let table = emptyTable(FIRST_SIZE);
  let held = 0;
  return {
    add(bookingId, day) {
      // 0 marks a free place.
      const hash = idHash(bookingId) || 1n;
      if (put(table, hash, day)) held += 1;
      if (2 * held > table.hashes.length) table = enlarged(table);
    },
    perDay() {
      const counts = new Map<number, number>();
      table.hashes.forEach((hash, place) => {
        const day = table.days[place]!;
        if (hash !== 0n) counts.set(day, (counts.get(day) ?? 0) + 1);
      });
      return counts;
    },
  };
}

/** Hashes by open addressing, in a power of two of places, each with its day. */
interface Table {
  readonly hashes: BigUint64Array;
  readonly days: Int32Array;
}

function emptyTable(places: number): Table {
  return { hashes: new BigUint64Array(places), days: new Int32Array(places) };
}

/** Whether it is a new one. */
function put({ hashes, days }: Table, hash: bigint, day: number): boolean {
  const last = hashes.length - 1;
  let place = Number(hash & 0xffff_ffffn) & last;
  while (hashes[place] !== 0n && hashes[place] !== hash) place = (place + 1) & last;
  const isNew = hashes[place] === 0n;
  hashes[place] = hash;
  days[place] = day;
  return isNew;
}

function enlarged({ hashes, days }: Table): Table {
  const larger = emptyTable(2 * hashes.length);
  hashes.forEach((hash, place) => {
    if (hash !== 0n) put(larger, hash, days[place]!);
  });
  return larger;
}
