import { gunzipSync, gzipSync } from 'node:zlib';
import type { Replay } from '../replay/replay.js';

/** A replay as text that Redis keeps: compressed, for it holds the sums of every day and driver in every segment. */
export function packReplay(replay: Replay): string {
  return gzipSync(JSON.stringify(replay, packed)).toString('base64');
}

/** The replay of {@link packReplay}. */
export function unpackReplay(text: string): Replay {
  return JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString('utf8'), unpacked) as Replay;
}

/** What only speeds up adding. */
const CACHES: ReadonlySet<string> = new Set(['latest', 'latestId', 'counted']);

/** Maps as lists of entries, and arrays of numbers, which are mostly 0, as the places and values of the others. */
function packed(key: string, value: unknown): unknown {
  if (CACHES.has(key)) return undefined;
  if (value instanceof Map) return { mapOf: [...value] };
  if (!(value instanceof Float64Array)) return value;
  const places: number[] = [];
  value.forEach((number, place) => {
    if (number !== 0) places.push(place, number);
  });
  return { numbers: value.length, places };
}

function unpacked(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('mapOf' in value) return new Map(value.mapOf as [unknown, unknown][]);
  if (!('numbers' in value)) return value;
  const { numbers, places } = value as { readonly numbers: number; readonly places: readonly number[] };
  const array = new Float64Array(numbers);
  for (let i = 0; i < places.length; i += 2) array[places[i]!] = places[i + 1]!;
  return array;
}
