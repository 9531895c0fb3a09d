import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from '../deadline.js';
import { AtmrError, type ErrorCode, messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import { changedContent, unwrittenFlag } from './flag.js';
import type { Holders } from './holders.js';
import { hasMark, join, type Mark, type State } from './state.js';
import type { CommitCommand, CommitResult } from './store.js';

const TRIES = 3;
/** Between the starts of two tries. */
const TRY_MS = 2000;
const PAUSE_MS = 100;
const SILENCE: ReadonlySet<ErrorCode> = new Set(['UNAVAILABLE', 'OUTCOME_UNKNOWN']);
export const PUT_MARK_LIMIT_MS = 5000;

/**
 * Sends one commit until its outcome is known. No reply is *unknown*, never *no*: the same message goes out
 * again, on a new connection (a store drops the one that failed), and the record answers it by its change id.
 * Rejects with OUTCOME_UNKNOWN when three tries of 2 s had no reply.
 */
export async function commitUntilKnown(
  { clock, record }: Holders,
  command: CommitCommand,
): Promise<CommitResult> {
  let cause: unknown;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const untilMs = clock.monotonicMs() + TRY_MS;
    try {
      return await record.commit(command);
    } catch (thrown) {
      rethrowUnlessSilence(thrown);
      cause = thrown;
    }
    if (attempt < TRIES) await sleep(Math.max(0, untilMs - clock.monotonicMs()));
  }
  throw new AtmrError(
    'OUTCOME_UNKNOWN',
    t`${record.name} did not say whether change ${command.changeId} was recorded (${messageOf(cause)}). Run \`atmr-ml history --change ${command.changeId}\` when it answers again.`,
    { cause },
  );
}

/**
 * Brings a forced off into the record, with the revision that belongs to it: again on a conflict, again without
 * a reply, for at most `limitMs`. `known` and `floor` are what this process knows besides: they count only after
 * the record lost data. Resolves once the record surely has the mark; rejects with UNAVAILABLE when nothing was
 * sent to it, and with OUTCOME_UNKNOWN when it did not say what became of it.
 */
export async function putMark(
  holders: Holders,
  mark: Mark,
  known: State,
  floor: number | Promise<number>,
  limitMs = PUT_MARK_LIMIT_MS,
): Promise<void> {
  const { clock, record } = holders;
  const untilMs = clock.monotonicMs() + limitMs;
  let cause: unknown;
  let sent = false;
  const watched = {
    ...holders,
    record: {
      ...record,
      commit(command: CommitCommand) {
        sent = true;
        return record.commit(command);
      },
    },
  };
  for (let leftMs = limitMs; leftMs > 0; leftMs = untilMs - clock.monotonicMs()) {
    try {
      if (await withDeadline(tryPutMark(watched, mark, known, floor), leftMs, record.name)) return;
    } catch (thrown) {
      rethrowUnlessSilence(thrown);
      cause = thrown;
      await sleep(Math.min(PAUSE_MS, Math.max(0, untilMs - clock.monotonicMs())));
    }
  }
  throw new AtmrError(
    sent ? 'OUTCOME_UNKNOWN' : 'UNAVAILABLE',
    t`${record.name} did not take the forced off: ${messageOf(cause)}`,
    { cause },
  );
}

async function tryPutMark(
  holders: Holders,
  mark: Mark,
  known: State,
  floorSoon: number | Promise<number>,
): Promise<boolean> {
  const { key, record, copy } = holders;
  const [now, floor] = await Promise.all([record.read(), floorSoon]);
  if (hasMark(now, mark.id)) return true;
  const before = join(now, known).flag ?? unwrittenFlag(key);
  const command: CommitCommand = {
    key,
    changeId: mark.id,
    kind: 'disable',
    expected: now.flag?.revision ?? 0,
    floor,
    named: [],
    content: changedContent(before, { enabled: false, percentage: 0 }, 'disable', mark),
    mark,
    hasCopy: copy !== null,
    previousHash: now.head,
  };
  const result = await record.commit(command);
  return result.kind === 'committed';
}

/** Anything but silence is an answer. */
export function rethrowUnlessSilence(thrown: unknown): void {
  const silence = thrown instanceof AtmrError && SILENCE.has(thrown.code);
  if (!silence) throw thrown;
}
