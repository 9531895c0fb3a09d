import { hash } from 'node:crypto';

/**
 * A 64-bit name for a booking id: the first eight bytes, big-endian, of the SHA-256 of its UTF-8 text.
 * Manifests keep these numbers for the ids a model was trained on, so another hash is another format.
 */
export function idHash(id: string): bigint {
  return hash('sha256', id, 'buffer').readBigUInt64BE(0);
}
