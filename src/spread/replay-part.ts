import { POSTGRES } from '../booking/choose-source.js';
import { startProgress } from '../progress.js';
import type { Replay } from '../replay/replay.js';
import { type ReplaySurroundings, replaySource } from '../replay/replay-source.js';
import type { PlannedPart, ReplayDescription } from './description.js';

/** The sums of the bookings of one part. */
export async function replayPart(
  { part }: PlannedPart,
  { window, onBadRow }: Pick<ReplayDescription, 'window' | 'onBadRow'>,
  surroundings: ReplaySurroundings,
): Promise<Replay> {
  const request = {
    window,
    onBadRow,
    part,
    source: POSTGRES,
    limit: null,
    sample: null,
    seed: 1,
    summed: true,
  };
  const progress = await startProgress('reading bookings', surroundings.terminal);
  try {
    return (await replaySource(request, surroundings, progress)).replayed;
  } finally {
    progress.stop();
  }
}
