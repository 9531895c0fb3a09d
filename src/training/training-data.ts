import { createHash } from 'node:crypto';
import { idHash } from '../booking/id-hash.js';
import type { TrainingData } from '../model/manifest.js';
import type { SplitExamples } from './split.js';
import type { Example } from './training-set.js';

/** What the manifest says about the bookings that a model learned from. */
export function trainingData({ by, examples, learnEnd }: SplitExamples): TrainingData {
  const learned = examples.slice(0, learnEnd);
  const isTimed = by === 'time';
  const instants = isTimed ? examples.map(({ epochMs }) => epochMs ?? 0) : [];
  return {
    rows: examples.length,
    from: isTimed ? isoTime(instants[0]!) : null,
    to: isTimed ? isoTime(instants.at(-1)!) : null,
    trainedUntil: isTimed ? isoTime(instants[learnEnd - 1]!) : null,
    ...(isTimed ? {} : { trainingIds: encodeIds(learned) }),
    simulated: examples.some(({ simulated }) => simulated),
    hash: hashOf(examples),
  };
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** Ascending 64-bit hashes, big-endian, in base64. */
function encodeIds(examples: readonly Example[]): string {
  const hashes = BigUint64Array.from(examples, ({ id }) => idHash(id)).sort();
  const bytes = Buffer.alloc(hashes.length * BigUint64Array.BYTES_PER_ELEMENT);
  hashes.forEach((hash, i) => {
    bytes.writeBigUInt64BE(hash, i * BigUint64Array.BYTES_PER_ELEMENT);
  });
  return bytes.toString('base64');
}

/** SHA-256 over what was read of each booking, in the order of the ids: the same bookings give the same hash. */
function hashOf(examples: readonly Example[]): string {
  const hash = createHash('sha256');
  const ordered = [...examples].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const { id, epochMs, inputs, given, delayMinutes } of ordered) {
    hash.update(
      `${JSON.stringify([id, epochMs, Object.values(inputs), sortedEntries(given), delayMinutes])}\n`,
    );
  }
  return hash.digest('hex');
}

function sortedEntries(given: Example['given']): [string, number][] {
  return Object.entries(given ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
