import { startProgress } from '../progress.js';
import type { Stopwatch } from '../stopwatch.js';
import { t } from '../wording/t.js';
import { type AbTest, assess, type Question } from './assess.js';
import { type AbTestPicture, picture } from './picture.js';
import { type ReplaySurroundings, replaySource, type SourceRequest } from './replay-source.js';
import { scoredCsv } from './scored-csv.js';

/** Everything `ab-test` was asked. */
export interface AbTestRequest extends SourceRequest {
  readonly question: Question;
  /** Where to write one row a booking. */
  readonly csv: string | undefined;
}

/** The document of `ab-test` on stdout. */
export interface AbTestDocument extends AbTest {
  readonly source: { readonly name: string; readonly shipped: boolean };
}

export interface AbTestResult {
  readonly document: AbTestDocument;
  readonly picture: AbTestPicture;
}

/** Replays the source through both arms and judges it. A CSV of the scored bookings appears whole or not at all. */
export async function abTest(
  request: AbTestRequest,
  surroundings: ReplaySurroundings,
  stopwatch: Stopwatch,
): Promise<AbTestResult> {
  const { seed, question } = request;
  const { model, against } = surroundings;
  const csv =
    request.csv === undefined ? null : await scoredCsv(request.csv, against ? 'against' : 'heuristic');
  const progress = await startProgress(t`reading bookings`, surroundings.terminal);
  try {
    const { source, replayed } = await stopwatch.time('scoring', () =>
      replaySource(request, { ...surroundings, stopwatch }, progress, csv?.add),
    );
    progress.update(t`judging`);
    const result = await stopwatch.time('statistics', () =>
      assess(replayed, model.manifest, seed, question, against?.manifest ?? null),
    );
    await csv?.finish();
    return { document: { source, ...result }, picture: picture(replayed) };
  } finally {
    progress.stop();
    await csv?.abandon();
  }
}
