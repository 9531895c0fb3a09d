/** Of the assignment below, version 1. A hash is a promise: changing it means a new version beside this one. */
export const BUCKETS = 10_000;

const encoder = new TextEncoder();
/** Holds a short salt with its key behind it, so that a decision allocates nothing. Safe because nothing here awaits. */
const scratch = new Uint8Array(256);
/** The salt whose bytes `scratch` begins with: a process decides about one flag, most of the time. */
let scratchSalt = '';

/**
 * The bucket of a targeting key: 0–9,999, the same for the same salt and key for ever, in every language.
 * Equal to flagd's fractional operation with weights out of 10,000.
 */
export function bucketOf(salt: string, targetingKey: string): number {
  // The product stays below 2^53; `>> 32` would be a shift by 0 in JavaScript.
  return Math.floor((hashSalted(salt, targetingKey) * BUCKETS) / 2 ** 32);
}

function hashSalted(salt: string, text: string): number {
  const length = salt.length + text.length;
  if (length > scratch.length || (salt !== scratchSalt && !placeSalt(salt))) return hashUtf8(salt + text);
  return writeAscii(text, salt.length) ? murmur3(scratch, length) : hashUtf8(salt + text);
}

function placeSalt(salt: string): boolean {
  scratchSalt = '';
  if (!writeAscii(salt, 0)) return false;
  scratchSalt = salt;
  return true;
}

/** False when the text is not ASCII, whose bytes are its code units. */
function writeAscii(text: string, start: number): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return false;
    scratch[start + i] = code;
  }
  return true;
}

/** murmur3_x86_32 with seed 0 over the UTF-8 bytes of a text, as an unsigned 32-bit integer. */
export function hashUtf8(text: string): number {
  return murmur3(encoder.encode(text));
}

/**
 * Austin Appleby's MurmurHash3_x86_32 with seed 0. Own code because the packages on the registry hash UTF-16
 * code units, or check every byte of their input.
 */
function murmur3(bytes: Uint8Array, length = bytes.length): number {
  const tail = length & ~3;
  let hash = 0;
  for (let i = 0; i < tail; i += 4) {
    const block = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    hash ^= scramble(block);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let i = length - 1; i >= tail; i--) rest = (rest << 8) | bytes[i]!;
  return finish(hash ^ scramble(rest) ^ length);
}

function scramble(block: number): number {
  const product = Math.imul(block, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
