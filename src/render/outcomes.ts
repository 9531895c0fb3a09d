import { wallTime } from '../flag/wall-time.js';
import type { ImportDocument } from '../outcomes/import-outcomes.js';
import type { SyncDocument } from '../outcomes/sync-outcomes.js';
import { leftOutText } from './exclusions.js';
import { count, counted } from './number.js';

/** One run of `outcomes sync` as text. */
export function syncText(result: SyncDocument, timeZone: string): string {
  const wall = { timeZone, nowMs: Date.parse(result.at) };
  const since =
    result.since === null ? 'all there are' : `due or picked up since ${wallTime(result.since, wall)}`;
  const read = `${counted(result.read, 'booking')} read from ${result.source}: ${since}`;
  return [read, settledText(result), leftOutText(result.excluded)].join('\n');
}

/** The result of `outcomes import` as text. */
export function importText(result: ImportDocument): string {
  const read = `${counted(result.read, 'row')} read from ${result.source}`;
  return [read, settledText(result), leftOutText(result.excluded)].join('\n');
}

type Counts = Pick<SyncDocument, 'outcomes' | 'settled' | 'corrected' | 'unchanged' | 'unpredicted'>;

function settledText({ outcomes, settled, corrected, unchanged, unpredicted }: Counts): string {
  if (settled === null || corrected === null || unchanged === null || unpredicted === null) {
    return `${counted(outcomes, 'outcome')} would be settled; nothing was written`;
  }
  const unasked = unpredicted === 0 ? '' : `; ${count(unpredicted)} of bookings that nobody asked about yet`;
  const parts = `${count(settled)} new, ${count(corrected)} corrected, ${count(unchanged)} known already`;
  return `${counted(outcomes, 'outcome')}: ${parts}${unasked}`;
}
