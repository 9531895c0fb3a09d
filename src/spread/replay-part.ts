import { POSTGRES } from '../booking/choose-source.js';
import type { Progress } from '../progress.js';
import type { Replay } from '../replay/replay.js';
import { type ReplaySurroundings, replaySource } from '../replay/replay-source.js';
import type { PlannedPart, ReplayDescription } from './description.js';

/** Parts that are done are what is told of. */
const SILENT: Progress = { update: () => {}, stop: () => {} };

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
  return (await replaySource(request, surroundings, SILENT)).replayed;
}
