import { type IdName, nameId } from './id-hash.js';

/** Two places of a source that hold the same id. */
export interface Repetition {
  readonly first: number;
  readonly second: number;
}

/** So many ids are kept as they are and a repetition is found at once; 64-bit names stand for more. */
const KEPT_IDS = 1 << 16;
const CHUNK_LENGTH = 1 << 15;
const PARTITION_BITS = 4;

/**
 * Watches a stream of ids for one that comes twice, in 8 bytes an id and as much again for a sixteenth of them at the
 * end. Whole numbers have names of their own; two other ids share one among a million with a chance of 3 in 100 million.
 */
export function watchDuplicates() {
  let kept: Map<string, number> | null = new Map();
  const hashes = hashesByPlace();
  return {
    /** Takes the id at a place (a whole number that grows). A repetition is told at once while ids are few. */
    add(id: string, place: number): Repetition | null {
      if (kept === null) {
        hashes.put(place, id);
        return null;
      }
      const first = kept.get(id);
      if (first !== undefined) return { first, second: place };
      kept.set(id, place);
      if (kept.size > KEPT_IDS) {
        for (const [keptId, at] of kept) hashes.put(at, keptId);
        kept = null;
      }
      return null;
    },
    /** A repetition among all that were added, once the stream has ended. */
    atEnd: (): Repetition | null => (kept === null ? hashes.findRepetition() : null),
  };
}

/** Hashes in chunks by their place; 0 stands for none, and one hash in 2⁶⁴ goes unwatched for it. */
function hashesByPlace() {
  const chunks = new Map<number, BigUint64Array>();
  const name: IdName = { high: 0, low: 0 };
  return {
    put(place: number, id: string): void {
      const index = Math.floor(place / CHUNK_LENGTH);
      const chunk = chunks.get(index) ?? new BigUint64Array(CHUNK_LENGTH);
      chunks.set(index, chunk);
      nameId(name, id);
      const halves = new Uint32Array(chunk.buffer);
      halves[2 * (place % CHUNK_LENGTH)] = name.low;
      halves[2 * (place % CHUNK_LENGTH) + 1] = name.high;
    },
    findRepetition(): Repetition | null {
      for (let partition = 0; partition < 1 << PARTITION_BITS; partition += 1) {
        const repeated = firstRepeated(partitionOf(chunks, partition));
        if (repeated !== null) return placesOf(chunks, repeated);
      }
      return null;
    },
  };
}

/** The hashes that four of their bits assign to `partition`: only so many are copied and sorted at a time. */
function partitionOf(chunks: ReadonlyMap<number, BigUint64Array>, partition: number): BigUint64Array {
  let members = new BigUint64Array(CHUNK_LENGTH);
  let count = 0;
  for (const chunk of chunks.values()) {
    const halves = new Uint32Array(chunk.buffer);
    for (let i = 0; i < chunk.length; i += 1) {
      if (halves[2 * i]! >>> (32 - PARTITION_BITS) !== partition || chunk[i] === 0n) continue;
      if (count === members.length) members = grown(members);
      members[count] = chunk[i]!;
      count += 1;
    }
  }
  return members.subarray(0, count).sort();
}

function grown(members: BigUint64Array): BigUint64Array<ArrayBuffer> {
  const larger = new BigUint64Array(2 * members.length);
  larger.set(members);
  return larger;
}

function firstRepeated(sorted: BigUint64Array): bigint | null {
  for (let i = 1; i < sorted.length; i += 1) if (sorted[i] === sorted[i - 1]) return sorted[i]!;
  return null;
}

function placesOf(chunks: ReadonlyMap<number, BigUint64Array>, hash: bigint): Repetition | null {
  const places: number[] = [];
  for (const [index, chunk] of chunks) {
    chunk.forEach((value, i) => {
      if (value === hash) places.push(index * CHUNK_LENGTH + i);
    });
  }
  const [first, second] = places.sort((a, b) => a - b);
  return first === undefined || second === undefined ? null : { first, second };
}
