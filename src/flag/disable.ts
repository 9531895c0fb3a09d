import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from '../deadline.js';
import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import type { Change, Warning } from './change.js';
import { PUT_MARK_LIMIT_MS, putMark, rethrowUnlessSilence } from './commit.js';
import { conflict } from './conflict.js';
import { marksOnly, rememberLearned } from './disk.js';
import { changedContent, type Flag, unwrittenFlag } from './flag.js';
import { type Holders, storesOf } from './holders.js';
import { allOf, readReports } from './instances.js';
import type { WriteRequest } from './plan.js';
import { EMPTY_STATE, join, type Mark, type State } from './state.js';
import type { Store } from './store.js';
import { floorOf, sightingsOf, syncOrSay } from './sync.js';

const PAUSE_MS = 100;
/** How long a forced off looks for what live instances have seen. */
const REPORTS_LIMIT_MS = 500;

/**
 * Forces the flag off: on this machine at once, then in every store that answers within 5 s. One definite yes is
 * success and the missing store is named. Rejects with UNAVAILABLE, or OUTCOME_UNKNOWN, when no store said yes (this
 * machine is off all the same), and, only with `ifRevision`, with CONFLICT, or UNAVAILABLE without having made the mark.
 */
export async function disable(holders: Holders, request: WriteRequest): Promise<Change> {
  if (request.ifRevision !== null) await requireRevision(holders, request.ifRevision);
  const mark: Mark = { id: randomUUID(), ...request.authorship, host: holders.host };
  if (request.dryRun) return await preview(holders, mark);
  const journalFailure = await holders.disk.addMark(mark).then(() => null, messageOf);
  const loaded = await loadOrSay(holders);
  const { known } = loaded;
  const { reached, missing } = await tellEveryStore(holders, mark, known);
  if (reached.length === 0) throw nowhere(mark, missing, journalFailure);
  const synced = await syncOrSay(holders, known);
  if (synced.agreed) await rememberLearned(holders.disk, join(known, synced.record));
  return {
    kind: 'disable',
    changed: true,
    changeId: mark.id,
    ...(await recordedAs(holders, mark, known)),
    named: [],
    endedMarks: [],
    mark,
    confirmedIn: synced.agreed ? storesOf(holders).map((store) => store.name) : reached,
    incomplete: null,
    warnings: [
      ...missingStores(synced.agreed ? [] : missing),
      ...journalWarning(journalFailure, loaded.failure),
    ],
  };
}

/** What this machine knew matters only after the record lost data: a broken disk must not delay a forced off. */
async function loadOrSay({ disk }: Holders): Promise<{ known: State; failure: string | null }> {
  try {
    return { known: await disk.load(), failure: null };
  } catch (thrown) {
    return { known: EMPTY_STATE, failure: messageOf(thrown) };
  }
}

/** The record decides what the revision is: without it, nobody knows. */
async function requireRevision(holders: Holders, ifRevision: number): Promise<void> {
  const { flag } = await holders.record.read();
  if ((flag?.revision ?? 0) !== ifRevision) throw conflict(holders, ifRevision, flag);
}

async function preview(holders: Holders, mark: Mark): Promise<Change> {
  const before = (await holders.record.read()).flag;
  const content = changedContent(
    before ?? unwrittenFlag(holders.key),
    { enabled: false, percentage: 0 },
    'disable',
    mark,
  );
  const revision = (before?.revision ?? 0) + 1;
  const after: Flag = { ...content, revision, changeId: mark.id, clears: before?.clears ?? [] };
  return {
    ...{ kind: 'disable', changed: false, changeId: null, before, after, named: [], mark: null },
    ...{ endedMarks: [], confirmedIn: [], incomplete: null, warnings: [] },
  };
}

/** What the record says of it; when it is away, the flag that the mark overrules, and no flag as it is now. */
async function recordedAs(
  { record }: Holders,
  mark: Mark,
  known: State,
): Promise<Pick<Change, 'before' | 'after'>> {
  const entry = await record.change(mark.id).catch(() => null);
  if (entry === null) return { before: known.flag, after: null };
  return {
    before: entry.before && { ...entry.before, clears: [] },
    after: { ...entry.after, clears: [] },
  };
}

interface Told {
  readonly reached: readonly Store['name'][];
  readonly missing: readonly Missing[];
}

interface Missing {
  readonly store: Store['name'];
  readonly cause: string;
  /** It was sent there and not answered: perhaps it arrived. */
  readonly perhaps: boolean;
}

/** Both at once, for 5 s in all: neither store may wait for the other to be found dead. */
async function tellEveryStore(holders: Holders, mark: Mark, known: State): Promise<Told> {
  const { record, copy } = holders;
  const attempts = [{ store: record.name, told: tellRecord(holders, mark, known) }];
  if (copy !== null) attempts.push({ store: copy.name, told: tellCopy(holders, mark) });
  const results = await Promise.allSettled(attempts.map(({ told }) => told));
  const outcomes = attempts.map(({ store }, i) => ({ store, result: results[i]! }));
  return {
    reached: outcomes.filter(({ result }) => result.status === 'fulfilled').map(({ store }) => store),
    missing: outcomes.flatMap(({ store, result }) =>
      result.status === 'rejected' ? [missingStore(store, result.reason)] : [],
    ),
  };
}

function missingStore(store: Store['name'], reason: unknown): Missing {
  const perhaps = reason instanceof AtmrError && reason.code === 'OUTCOME_UNKNOWN';
  return { store, cause: messageOf(reason), perhaps };
}

/** The floor is better known than waited for: what this machine knows, and what is reported soon. */
async function tellRecord(holders: Holders, mark: Mark, known: State): Promise<void> {
  const reports = readReports(holders, REPORTS_LIMIT_MS);
  const floor = reports.then((told) => floorOf(sightingsOf([known], allOf(told))));
  await putMark(holders, mark, known, floor);
}

async function tellCopy({ clock, copy }: Holders, mark: Mark): Promise<void> {
  const untilMs = clock.monotonicMs() + PUT_MARK_LIMIT_MS;
  while (copy !== null) {
    try {
      await withDeadline(copy.merge(marksOnly([mark])), untilMs - clock.monotonicMs(), copy.name);
      return;
    } catch (thrown) {
      rethrowUnlessSilence(thrown);
      if (clock.monotonicMs() + PAUSE_MS >= untilMs) throw thrown;
      await sleep(PAUSE_MS);
    }
  }
}

/** Says what holds, and no more: whether a store has it is not known, and a broken disk holds nothing. */
function nowhere({ id }: Mark, missing: readonly Missing[], journalFailure: string | null): AtmrError {
  const causes = missing.map(({ cause }) => cause).join(' ');
  const perhaps = missing.some((one) => one.perhaps);
  const held =
    journalFailure === null
      ? t`this machine's readers are off, others may not be. This machine's next atmr-ml command or reader sends it; or run \`atmr-ml disable\` where a store answers.`
      : t`this machine's disk failed too (${journalFailure}), so nothing is known to hold it. Run \`atmr-ml disable\` again, or where a store answers.`;
  const search = perhaps ? t` \`atmr-ml history --change ${id}\` tells whether it was recorded.` : '';
  return new AtmrError(
    perhaps ? 'OUTCOME_UNKNOWN' : 'UNAVAILABLE',
    t`No store confirmed the forced off ${id} (${causes}): ${held}${search}`,
  );
}

function missingStores(missing: Told['missing']): Warning[] {
  return missing.map(({ store, cause }) => ({
    code: 'STORE_MISSING',
    text: t`${store} does not have it yet: ${cause} It is carried there when ${store} returns.`,
  }));
}

function journalWarning(notWritten: string | null, notRead: string | null): Warning[] {
  const text =
    notWritten !== null
      ? t`This machine's disk failed, so only the stores hold the forced off: ${notWritten}`
      : notRead !== null
        ? t`What this machine knew of the flag could not be read from its disk: ${notRead}`
        : null;
  return text === null ? [] : [{ code: 'JOURNAL_FAILED', text }];
}
