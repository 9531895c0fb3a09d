import { setTimeout as sleep } from 'node:timers/promises';
import { type BookingDatabase, bookingDatabase } from '../booking/booking-database.js';
import { identifyDatabase } from '../booking/database-identity.js';
import { packageVersion, thisProcess } from '../config.js';
import { AtmrError } from '../errors.js';
import { bookingsIn, type Replay } from '../replay/replay.js';
import type { ReplaySurroundings } from '../replay/replay-source.js';
import { learnLanguages, speakingTo } from '../wording/language.js';
import { t } from '../wording/t.js';
import { describeReplay, differences } from './description.js';
import { packReplay } from './part-result.js';
import { openPartsQueue, type PartOrder, type PartOutcome, type PartsQueue } from './parts-queue.js';
import { replayPart } from './replay-part.js';
import { requireRedis, whereOf } from './require-redis.js';

/** Beyond, the part was counted in another database than the one it is read from. */
const MOST_CHANGED = 0.1;
const FEW = 100;

const LOOK_EVERY_MS = 1000;

/**
 * Takes parts of replays until `stop` resolves, or those of one `run` until that is over. A part that asks for another
 * model, query or version is left to others and ends this: with BAD_CONFIG, naming what differs.
 */
export async function workOnParts(
  surroundings: ReplaySurroundings,
  run: string | null,
  stop: Promise<unknown>,
): Promise<void> {
  const { config, terminal } = surroundings;
  await learnLanguages();
  const database = requireDatabase(bookingDatabase(config));
  const queue = await openPartsQueue(
    requireRedis(config.redisUrl),
    whereOf(config.redisUrl),
    terminal.notice,
  );
  const { host, pid } = thisProcess();
  const by = `${host}/${pid}`;
  let isFirst = true;
  let refuse: (failure: AtmrError) => void = () => {};
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  const scoreBy =
    (identity: string) =>
    async (order: PartOrder): Promise<PartOutcome> => {
      if (run !== null && order.run !== run) return 'elsewhere';
      const different = differencesOf(order, { database, identity }, surroundings);
      if (different.length > 0) {
        refuse(notTheSame(different));
        return 'elsewhere';
      }
      const replay = await speakingTo(order.language, () => scored(order, database, surroundings));
      // What this process takes is told once: a thousand times a part would be most of what Redis keeps.
      const told = isFirst ? replay : { ...replay, latenciesMs: new Float64Array() };
      isFirst = false;
      return { replay: packReplay(told), by };
    };
  try {
    if (run !== null && !(await queue.isGoingOn(run))) throw noSuchRun(run);
    const taking = await queue.take(scoreBy(await identifyDatabase(database)));
    terminal.notice(
      run === null ? t`notice: ${by} takes parts of replays.` : t`notice: ${by} takes parts of run ${run}.`,
    );
    await Promise.race([stop, refused, ...(run === null ? [] : [untilOver(queue, run)])]);
    await taking.stop();
  } finally {
    await queue.close();
  }
}

/** Its plan goes with it. */
async function untilOver(queue: PartsQueue, run: string): Promise<void> {
  while (await queue.isGoingOn(run)) await sleep(LOOK_EVERY_MS);
}

function noSuchRun(run: string): AtmrError {
  return new AtmrError(
    'USAGE',
    t`There is no run ${run} to take parts of: it is over, or was never begun. \`ab-test --workers\` says its name; without --run, parts of any are taken.`,
  );
}

async function scored(
  order: PartOrder,
  database: BookingDatabase,
  surroundings: ReplaySurroundings,
): Promise<Replay> {
  const replay = await replayPart(order, order.description, surroundings);
  requireSameBookings(order, replay, database);
  return replay;
}

function differencesOf(
  { description }: PartOrder,
  here: { readonly database: BookingDatabase; readonly identity: string },
  { model, against = null, config }: ReplaySurroundings,
): string[] {
  const { window, onBadRow } = description;
  const version = packageVersion();
  return differences(
    description,
    describeReplay({ ...{ model, against, config, window, onBadRow, version }, ...here }),
  );
}

function notTheSame(different: readonly string[]): AtmrError {
  return new AtmrError(
    'BAD_CONFIG',
    t`A replay asks for something else than this process has: ${different.join(', ')}. Give it the same configuration, --model and --against; others can take its parts meanwhile.`,
  );
}

function requireDatabase(database: BookingDatabase | null): BookingDatabase {
  if (database !== null) return database;
  throw new AtmrError(
    'BAD_CONFIG',
    t`Parts of a replay are read from a database, and none is configured. Set DATABASE_URL or BOOKINGS_DATABASE_URL.`,
  );
}

function requireSameBookings({ bookings }: PartOrder, replay: Replay, { name }: BookingDatabase): void {
  if (bookings === null) return;
  const read = bookingsIn(replay);
  if (Math.abs(read - bookings) <= FEW + MOST_CHANGED * bookings) return;
  throw new AtmrError(
    'BAD_CONFIG',
    t`${name} gave ${read} bookings for a part in which ${bookings} were counted. All machines of a replay must read the same bookings.`,
  );
}
