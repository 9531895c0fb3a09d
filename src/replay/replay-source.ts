import type { Booking } from '../booking/booking.js';
import { type BookingSource, chooseSource } from '../booking/choose-source.js';
import type { Part } from '../booking/part.js';
import { skippedRows } from '../booking/skipped-rows.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { AtmrError } from '../errors.js';
import type { Model } from '../model/model.js';
import { countedPassing, type Progress } from '../progress.js';
import type { Stopwatch } from '../stopwatch.js';
import type { Terminal } from '../terminal.js';
import { t } from '../wording/t.js';
import { type OnLeftOut, type OnScored, type Replay, type ReplayRequest, replay } from './replay.js';
import type { Window } from './selection.js';

/** Which bookings to replay, and from where. */
export interface SourceRequest extends ReplayRequest {
  /** A file or `-`; the shipped bookings without it. */
  readonly source: string | undefined;
  readonly onBadRow: 'fail' | 'skip';
  /** Of a database, what is wanted of it. */
  readonly part?: Part;
}

/** What it is done with. */
export interface ReplaySurroundings {
  readonly model: Model;
  /** Takes the heuristic's place. */
  readonly against?: Model | null;
  /** Told what the reading takes. */
  readonly stopwatch?: Stopwatch;
  readonly config: Config;
  readonly clock: Clock;
  readonly terminal: Terminal;
}

export interface SourceReplay {
  readonly source: { readonly name: string; readonly shipped: boolean };
  readonly replayed: Replay;
}

/** Replays a source through both arms; rows that could not be read are counted among what was left out. */
export async function replaySource(
  request: SourceRequest,
  { model, against = null, stopwatch, config, clock, terminal }: ReplaySurroundings,
  progress: Progress,
  onScored?: OnScored,
  onLeftOut?: OnLeftOut,
): Promise<SourceReplay> {
  const skipped = skippedRows(terminal.notice);
  const source = chooseSource(request.source, config, {
    onBadRow: request.onBadRow,
    needsOutcome: true,
    ...(request.part !== undefined && { part: request.part }),
    onSkipped: skipped.add,
    onIgnoredColumns: (names) => terminal.notice(t`notice: columns not used: ${names.join(', ')}.`),
  });
  const read = request.part === undefined ? withTimes(source, request.window) : source.batches;
  const bookings = countedPassing(stopwatch?.passing('reading', read) ?? read, progress, t`booking`);
  const arms = { model, against, heuristic: config.heuristic, clock };
  const replayed = withBadRows(await replay(bookings, arms, request, onScored, onLeftOut), skipped.count());
  return { source: { name: source.name, shipped: source.shipped }, replayed };
}

function withBadRows(replayed: Replay, count: number): Replay {
  return count === 0 ? replayed : { ...replayed, excluded: { ...replayed.excluded, bad_row: count } };
}

/** BAD_INPUT when a window is asked for and no booking has a time: all would silently be outside it. */
async function* withTimes(
  source: BookingSource,
  { fromMs, untilMs }: Window,
): AsyncGenerator<readonly Booking[]> {
  let hasTimes = fromMs === null && untilMs === null;
  for await (const batch of source.batches) {
    hasTimes ||= batch.some(({ scheduled }) => scheduled !== null);
    yield batch;
  }
  if (hasTimes) return;
  throw new AtmrError(
    'BAD_INPUT',
    t`No booking of ${source.name} has a scheduled_time, and --from and --to choose by it. Leave them out, or add the column.`,
  );
}
