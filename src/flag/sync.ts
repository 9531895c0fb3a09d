import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import { putMark, rethrowUnlessSilence } from './commit.js';
import { type Holders, storesOf } from './holders.js';
import { allOf, type Reports, readReports } from './instances.js';
import { activeMarks, EMPTY_STATE, hasMark, isEnded, join, type State } from './state.js';
import type { RecordState, SeenInstance } from './store.js';
import { LIVE_MS } from './store-timeouts.js';

/** `agreed`: every configured store was read and they agree on `record`. Otherwise, why not. */
export type SyncResult =
  | { readonly agreed: true; readonly record: RecordState; readonly seen: readonly Sighting[] }
  | { readonly agreed: false; readonly cause: string };

/**
 * The only repair: carries forced offs that somebody holds into the record, what the record says into the copy,
 * and what has reached the copy back as ended. Every step is a join or idempotent, so a stale or repeated run
 * does no harm. `known` is this process's own memory.
 */
export async function sync(holders: Holders, known: State): Promise<SyncResult> {
  try {
    const { seen, reports } = await carryMarks(holders, known);
    const record = await holders.record.read();
    const copied = await updateCopy(holders, record);
    await endProven(holders, record, copied);
    await dropCarried(holders, known, record, copied);
    requireReports(holders, reports);
    return { agreed: true, record: await holders.record.read(), seen };
  } catch (thrown) {
    rethrowUnlessSilence(thrown);
    return { agreed: false, cause: messageOf(thrown) };
  }
}

/** The same for who has recorded something already: no fault of a store or a disk makes a failure of that. */
export function syncOrSay(holders: Holders, known: State): Promise<SyncResult> {
  return sync(holders, known).catch((thrown: unknown) => ({ agreed: false, cause: messageOf(thrown) }));
}

/**
 * Sends the forced offs of this machine that no store took so far, if there are any. Never rejects: whoever only
 * looks is not kept from it by a store that is away or a disk that is broken.
 */
export async function sendJournal(holders: Holders): Promise<void> {
  try {
    if ((await holders.disk.journal()).length > 0) await sync(holders, await holders.disk.load());
  } catch {
    // The next command or reader of this machine tries again.
  }
}

/** What somebody is known to have seen as the flag. */
export interface Sighting {
  readonly revision: number;
  readonly changeId: string | null;
}

/** What these holders and the live instances have seen. */
export function sightingsOf(states: readonly State[], instances: readonly SeenInstance[]): Sighting[] {
  const flags = states.flatMap(({ flag }) => (flag === null ? [] : [flag]));
  const live = instances.filter(({ seenAgoMs }) => seenAgoMs <= LIVE_MS).map(({ report }) => report);
  return [...flags, ...live].map(({ revision, changeId }) => ({ revision, changeId }));
}

/** The highest revision that anybody has seen. Matters only after the record lost data. */
export function floorOf(seen: readonly Sighting[]): number {
  return Math.max(0, ...seen.map(({ revision }) => revision));
}

/** Forced offs in the copy, our memory or our journal that the record lacks become revisions of the record. */
async function carryMarks(holders: Holders, known: State) {
  const [record, copy, reports, journal] = await Promise.all([
    holders.record.read(),
    readCopy(holders),
    readReports(holders),
    holders.disk.journal(),
  ]);
  const seen = sightingsOf([known, copy], allOf(reports));
  const candidates = [...activeMarks(copy), ...activeMarks(known), ...journal];
  for (const mark of new Map(candidates.map((candidate) => [candidate.id, candidate])).values()) {
    if (!hasMark(record, mark.id)) await putMark(holders, mark, known, floorOf(seen));
  }
  return { seen, reports };
}

/** No repair waits for reports; whoever writes above what is reported has to know it all. */
function requireReports(holders: Holders, reports: Reports): void {
  const silent = storesOf(holders).find(({ name }) => !reports.has(name));
  if (silent === undefined) return;
  throw new AtmrError('UNAVAILABLE', t`${silent.name} did not say which instances read it.`);
}

async function readCopy({ copy }: Holders): Promise<State> {
  return copy === null ? EMPTY_STATE : copy.read();
}

/** What the copy then holds; without a copy, the record stands for it. */
async function updateCopy({ copy }: Holders, record: RecordState): Promise<State> {
  return copy === null ? record : copy.merge(record);
}

/** An end that the copy holds proves that the activate has reached every store. */
async function endProven({ record }: Holders, recorded: State, copied: State): Promise<void> {
  const proven = Object.fromEntries(
    activeMarks(recorded).flatMap(({ id }) => {
      const revision = isEnded(copied, id) ? copied.ended[id] : undefined;
      return revision === undefined ? [] : [[id, revision] as const];
    }),
  );
  if (Object.keys(proven).length === 0) return;
  await record.end(proven);
}

/**
 * Redis alone can lose what it acknowledged, so there a mark stays in the journal until it is ended. What the
 * journal knew has to be in this instance's own memory first; a disk that fails keeps the file, and no more.
 */
async function dropCarried(
  { disk, record }: Holders,
  known: State,
  recorded: State,
  copied: State,
): Promise<void> {
  const ids = (await disk.journal()).map((mark) => mark.id);
  const carried = ids.filter((id) =>
    record.name === 'redis' ? isEnded(recorded, id) : hasMark(recorded, id) && hasMark(copied, id),
  );
  if (carried.length === 0) return;
  const { flag, marks, ended } = join(known, recorded);
  try {
    await disk.save({ flag, marks, ended });
    await disk.dropMarks(carried);
  } catch {
    // The stores agree all the same; the next run drops them.
  }
}
