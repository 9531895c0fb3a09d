import { hash } from 'node:crypto';
import { mixBits } from '../statistics/mix-bits.js';

/**
 * A 64-bit name for a booking id: the first eight bytes, big-endian, of the SHA-256 of its UTF-8 text.
 * Manifests keep these numbers for the ids a model was trained on, so another hash is another format.
 */
export function idHash(id: string): bigint {
  return hash('sha256', id, 'buffer').readBigUInt64BE(0);
}

/** Without leading zeros, and exact as a number: hashing them as texts took a tenth of the reading. */
const WHOLE_NUMBER = /^[1-9]\d{0,14}$/;

/** 64 bits in two halves. */
export interface IdName {
  high: number;
  low: number;
}

/** Writes a name that looks random into `into`: of whole numbers each has its own, of other ids as {@link idHash}. */
export function nameId(into: IdName, id: string): void {
  if (WHOLE_NUMBER.test(id)) {
    nameNumber(into, Number(id));
    return;
  }
  const bytes = hash('sha256', id, 'buffer');
  into.high = bytes.readInt32BE(0);
  into.low = bytes.readInt32BE(4);
}

/** The name of an id as 16 hexadecimal digits. */
export function idNameText(id: string): string {
  const name: IdName = { high: 0, low: 0 };
  nameId(name, id);
  return [name.high, name.low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Each half is changed by a mix of the other in turn: different numbers stay different (a Feistel network). */
function nameNumber(into: IdName, number: number): void {
  let low = number | 0;
  let high = Math.floor(number / 2 ** 32) | 0;
  high ^= mixBits(low);
  low ^= mixBits(high);
  high ^= mixBits(low);
  into.high = high;
  into.low = low;
}
