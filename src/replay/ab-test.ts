import type { Booking } from '../booking/booking.js';
import { type BookingSource, chooseSource } from '../booking/choose-source.js';
import { skippedRows } from '../booking/skipped-rows.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { AtmrError } from '../errors.js';
import type { Model } from '../model/model.js';
import { countedPassing, startProgress } from '../progress.js';
import type { Terminal } from '../terminal.js';
import { type AbTest, assess } from './assess.js';
import { type Replay, type ReplayRequest, replay } from './replay.js';
import { scoredCsv } from './scored-csv.js';
import type { Window } from './selection.js';

/** Everything `ab-test` was asked. */
export interface AbTestRequest extends ReplayRequest {
  /** A file or `-`; the shipped bookings without it. */
  readonly source: string | undefined;
  readonly onBadRow: 'fail' | 'skip';
  /** Where to write one row a booking. */
  readonly csv: string | undefined;
}

/** What it is done with. */
interface AbTestSurroundings {
  readonly model: Model;
  readonly config: Config;
  readonly clock: Clock;
  readonly terminal: Terminal;
}

/** The document of `ab-test` on stdout. */
export interface AbTestDocument extends AbTest {
  readonly source: { readonly name: string; readonly shipped: boolean };
}

/** Replays the source through both arms and judges it. A CSV of the scored bookings appears whole or not at all. */
export async function abTest(
  request: AbTestRequest,
  { model, config, clock, terminal }: AbTestSurroundings,
): Promise<AbTestDocument> {
  const skipped = skippedRows(terminal.notice);
  const source = chooseSource(request.source, config, {
    onBadRow: request.onBadRow,
    needsOutcome: true,
    onSkipped: skipped.add,
    onIgnoredColumns: (names) => terminal.notice(`notice: columns not used: ${names.join(', ')}.`),
  });
  const csv = request.csv === undefined ? null : await scoredCsv(request.csv);
  const progress = await startProgress('reading bookings', terminal);
  try {
    const bookings = countedPassing(withTimes(source, request.window), progress, 'booking');
    const arms = { model, heuristic: config.heuristic, clock };
    const replayed = await replay(bookings, arms, request, csv?.add);
    progress.update('judging');
    const result = assess(withBadRows(replayed, skipped.count()), model.manifest, request.seed);
    await csv?.finish();
    return { source: { name: source.name, shipped: source.shipped }, ...result };
  } finally {
    progress.stop();
    await csv?.abandon();
  }
}

function withBadRows(replayed: Replay, count: number): Replay {
  return count === 0 ? replayed : { ...replayed, excluded: { ...replayed.excluded, bad_row: count } };
}

/** BAD_INPUT when a window is asked for and no booking has a time: all would silently be outside it. */
async function* withTimes(source: BookingSource, { fromMs, untilMs }: Window): AsyncGenerator<Booking> {
  let hasTimes = fromMs === null && untilMs === null;
  for await (const booking of source.bookings) {
    hasTimes ||= booking.scheduled !== null;
    yield booking;
  }
  if (hasTimes) return;
  const fact = `No booking of ${source.name} has a scheduled_time, and --from and --to choose by it`;
  throw new AtmrError('BAD_INPUT', `${fact}. Leave them out, or add the column.`);
}
