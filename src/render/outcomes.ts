import { wallTime } from '../flag/wall-time.js';
import type { ImportDocument } from '../outcomes/import-outcomes.js';
import type { SyncDocument } from '../outcomes/sync-outcomes.js';
import { t } from '../wording/t.js';
import { leftOutText } from './exclusions.js';
import { count, counted } from './number.js';

/** One run of `outcomes sync` as text. */
export function syncText(result: SyncDocument, timeZone: string): string {
  const wall = { timeZone, nowMs: Date.parse(result.at) };
  const since =
    result.since === null ? t`all there are` : t`due or picked up since ${wallTime(result.since, wall)}`;
  const read = t`${counted(result.read, t`booking`)} read from ${result.source}: ${since}`;
  return [read, settledText(result), leftOutText(result.excluded)].join('\n');
}

/** The result of `outcomes import` as text. */
export function importText(result: ImportDocument): string {
  const read = t`${counted(result.read, t`row`)} read from ${result.source}`;
  return [read, settledText(result), leftOutText(result.excluded)].join('\n');
}

type Counts = Pick<SyncDocument, 'outcomes' | 'settled' | 'corrected' | 'unchanged' | 'unpredicted'>;

function settledText({ outcomes, settled, corrected, unchanged, unpredicted }: Counts): string {
  if (settled === null || corrected === null || unchanged === null || unpredicted === null) {
    return t`${counted(outcomes, t`outcome`)} would be settled; nothing was written`;
  }
  const unasked = unpredicted === 0 ? '' : t`; ${count(unpredicted)} of bookings that nobody asked about yet`;
  const parts = t`${count(settled)} new, ${count(corrected)} corrected, ${count(unchanged)} known already`;
  return t`${counted(outcomes, t`outcome`)}: ${parts}${unasked}`;
}
