import { startProgress } from '../progress.js';
import { type AbTest, assess } from './assess.js';
import { type ReplaySurroundings, replaySource, type SourceRequest } from './replay-source.js';
import { scoredCsv } from './scored-csv.js';

/** Everything `ab-test` was asked. */
export interface AbTestRequest extends SourceRequest {
  /** Where to write one row a booking. */
  readonly csv: string | undefined;
}

/** The document of `ab-test` on stdout. */
export interface AbTestDocument extends AbTest {
  readonly source: { readonly name: string; readonly shipped: boolean };
}

/** Replays the source through both arms and judges it. A CSV of the scored bookings appears whole or not at all. */
export async function abTest(
  request: AbTestRequest,
  surroundings: ReplaySurroundings,
): Promise<AbTestDocument> {
  const csv = request.csv === undefined ? null : await scoredCsv(request.csv);
  const progress = await startProgress('reading bookings', surroundings.terminal);
  try {
    const { source, replayed } = await replaySource(request, surroundings, progress, csv?.add);
    progress.update('judging');
    const result = assess(replayed, surroundings.model.manifest, request.seed);
    await csv?.finish();
    return { source, ...result };
  } finally {
    progress.stop();
    await csv?.abandon();
  }
}
