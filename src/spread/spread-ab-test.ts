import { type BookingDatabase, bookingDatabase } from '../booking/booking-database.js';
import { POSTGRES } from '../booking/choose-source.js';
import { identifyDatabase } from '../booking/database-identity.js';
import { noBookingsIn } from '../booking/postgres-source.js';
import { packageVersion } from '../config.js';
import { AtmrError } from '../errors.js';
import { startProgress } from '../progress.js';
import type { AbTestRequest, AbTestResult } from '../replay/ab-test.js';
import { assess } from '../replay/assess.js';
import { startMerging } from '../replay/merge.js';
import { picture } from '../replay/picture.js';
import { bookingsIn, type Replay } from '../replay/replay.js';
import type { ReplaySurroundings } from '../replay/replay-source.js';
import type { Stopwatch } from '../stopwatch.js';
import { t } from '../wording/t.js';
import { describeReplay, runName } from './description.js';
import { planParts } from './plan-parts.js';
import { replayPart } from './replay-part.js';
import { requireRedis } from './require-redis.js';
import { type Run, scoreElsewhere } from './score-elsewhere.js';

/** Over how many processes, and how many bookings a part holds. */
export interface Spreading {
  /** Of this machine; 0 waits for others, 1 is this process alone. */
  readonly workers: number;
  /** `null` for what suits the number of bookings. */
  readonly partSize: number | null;
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
  const { model, against = null, config } = surroundings;
  const database = requireDatabase(surroundings, request.source);
  const { window, onBadRow, seed, question } = request;
  const { workers, partSize } = spreading;
  if (workers !== 1) requireRedis(config.redisUrl);
  const [version, identity] = [packageVersion(), await identifyDatabase(database)];
  const description = describeReplay({
    ...{ model, against, config, database, identity, window, onBadRow, version },
  });
  const plan = () => stopwatch.time('planning', () => planParts(database, partSize, workers));
  const run = { run: runName(description, partSize), description, plan };
  const replayed = await stopwatch.time('scoring', () =>
    workers === 1 ? scoreHere(run, surroundings) : scoreElsewhere(run, spreading, surroundings),
  );
  if (bookingsIn(replayed) === 0) throw noBookingsIn(database.name);
  const result = await stopwatch.time('statistics', () =>
    assess(replayed, model.manifest, seed, question, against?.manifest ?? null),
  );
  const source = { name: database.name, shipped: false };
  return { document: { source, ...result }, picture: picture(replayed) };
}

function requireDatabase({ config }: ReplaySurroundings, source: string | undefined): BookingDatabase {
  const database = source === undefined || source === POSTGRES ? bookingDatabase(config) : null;
  if (database !== null) return database;
  throw new AtmrError(
    'BAD_CONFIG',
    t`--workers reads the bookings of a database, part by part, and none is asked for. Set DATABASE_URL or BOOKINGS_DATABASE_URL, and --source postgres.`,
  );
}

async function scoreHere({ description, plan }: Run, surroundings: ReplaySurroundings): Promise<Replay> {
  const parts = await plan();
  const progress = await startProgress(t`scoring`, surroundings.terminal);
  const merging = startMerging();
  try {
    for (const [i, part] of parts.entries()) {
      progress.update(t`part ${i + 1} of ${parts.length}`);
      merging.add(await replayPart(part, description, surroundings));
    }
  } finally {
    progress.stop();
  }
  return merging.merged();
}
