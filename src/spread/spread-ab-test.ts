import { type BookingDatabase, bookingDatabase } from '../booking/booking-database.js';
import { POSTGRES } from '../booking/choose-source.js';
import { packageVersion } from '../config.js';
import { AtmrError } from '../errors.js';
import { startProgress } from '../progress.js';
import type { AbTestRequest, AbTestResult } from '../replay/ab-test.js';
import { assess } from '../replay/assess.js';
import { mergeReplays } from '../replay/merge.js';
import { picture } from '../replay/picture.js';
import type { Replay } from '../replay/replay.js';
import type { ReplaySurroundings } from '../replay/replay-source.js';
import type { Stopwatch } from '../stopwatch.js';
import { describeReplay, type PlannedPart, type ReplayDescription, runName } from './description.js';
import { planParts } from './plan-parts.js';
import { replayPart } from './replay-part.js';
import { scoreElsewhere } from './score-elsewhere.js';

/** Over how many processes, and how many bookings a part holds. */
export interface Spreading {
  /** Of this machine; 0 waits for others, 1 is this process alone. */
  readonly workers: number;
  readonly partSize: number;
  /** What the processes need to find the same configuration and models: arguments of `ab-test work`. */
  readonly workArguments: readonly string[];
}

/**
 * Replays the bookings of the database part by part, in this process or spread over several, and judges the sums of
 * all: the same document to the last bit, whoever scored which part. BAD_CONFIG without a database or, for more than
 * this process, without Redis.
 */
export async function spreadAbTest(
  request: AbTestRequest,
  spreading: Spreading,
  surroundings: ReplaySurroundings,
  stopwatch: Stopwatch,
): Promise<AbTestResult> {
  const { model, against = null, config, terminal } = surroundings;
  const database = requireDatabase(surroundings, request.source);
  const { window, onBadRow, seed, question } = request;
  const version = packageVersion();
  const description = describeReplay({ model, against, config, database, window, onBadRow, version });
  const parts = await stopwatch.time('planning', () => planParts(database, spreading.partSize));
  terminal.notice(`notice: ${parts.length} parts of about ${spreading.partSize} bookings.`);
  const replays = await stopwatch.time('scoring', () =>
    spreading.workers === 1
      ? scoreHere(parts, description, surroundings)
      : scoreElsewhere({ run: runName(description, parts), description, parts }, spreading, surroundings),
  );
  const replayed = mergeReplays(replays);
  const result = await stopwatch.time('statistics', () =>
    assess(replayed, model.manifest, seed, question, against?.manifest ?? null),
  );
  const source = { name: database.name, shipped: false };
  return { document: { source, ...result }, picture: picture(replayed) };
}

function requireDatabase({ config }: ReplaySurroundings, source: string | undefined): BookingDatabase {
  const database = source === undefined || source === POSTGRES ? bookingDatabase(config) : null;
  if (database !== null) return database;
  const fact = '--workers reads the bookings of a database, part by part, and none is asked for';
  throw new AtmrError(
    'BAD_CONFIG',
    `${fact}. Set DATABASE_URL or BOOKINGS_DATABASE_URL, and --source postgres.`,
  );
}

async function scoreHere(
  parts: readonly PlannedPart[],
  description: ReplayDescription,
  surroundings: ReplaySurroundings,
): Promise<Replay[]> {
  const progress = await startProgress('scoring', surroundings.terminal);
  const replays: Replay[] = [];
  try {
    for (const part of parts) {
      replays.push(await replayPart(part, description, surroundings));
      progress.update(`${replays.length} of ${parts.length} parts scored`);
    }
  } finally {
    progress.stop();
  }
  return replays;
}
