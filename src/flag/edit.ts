import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import type { Change, Warning } from './change.js';
import { commitUntilKnown } from './commit.js';
import { authorOf, conflict, superseded } from './conflict.js';
import { rememberLearned } from './disk.js';
import type { Flag } from './flag.js';
import { type Holders, storesOf } from './holders.js';
import {
  changesNothing,
  type Edit,
  flagOf,
  type Plan,
  planEdit,
  previewOf,
  type WriteRequest,
} from './plan.js';
import { activeMarks, EMPTY_STATE, isEnded, join, type Mark, type State } from './state.js';
import { floorOf, type SyncResult, sync, syncOrSay } from './sync.js';

/**
 * Records an edit and carries it into every store. Rejects with UNAVAILABLE when a store is away (nothing was
 * changed), CONFLICT, or OUTCOME_UNKNOWN.
 */
export async function writeEdit(holders: Holders, edit: Edit, request: WriteRequest): Promise<Change> {
  const known = await holders.disk.load();
  if (request.dryRun) {
    const plan = planEdit(holders.key, await holders.record.read(), known, [], edit, request);
    requireRevision(holders, plan.record, request.ifRevision);
    return described(plan, false, previewOf(plan), [], null);
  }
  const { record, seen } = requireAgreement(await sync(holders, known));
  requireRevision(holders, record, request.ifRevision);
  const plan = planEdit(holders.key, record, known, seen, edit, request);
  if (changesNothing(plan)) return described(plan, false, record.flag, namesOf(holders), null);
  const revision = await commitPlan(holders, plan);
  return await finish(holders, plan, revision, known);
}

function requireAgreement(result: SyncResult): Extract<SyncResult, { agreed: true }> {
  if (result.agreed) return result;
  throw new AtmrError(
    'UNAVAILABLE',
    t`Nothing was changed: ${result.cause} This change needs every configured store. Try again when it answers; \`atmr-ml disable\` works with the stores that do.`,
  );
}

function requireRevision(holders: Holders, { flag }: State, ifRevision: number | null): void {
  if (ifRevision === null || ifRevision === (flag?.revision ?? 0)) return;
  throw conflict(holders, ifRevision, flag);
}

async function commitPlan(holders: Holders, plan: Plan): Promise<number> {
  const { key, copy } = holders;
  const expected = plan.record.flag?.revision ?? 0;
  const result = await commitUntilKnown(holders, {
    key,
    changeId: plan.changeId,
    kind: plan.edit.kind,
    expected,
    floor: floorOf(plan.seen),
    named: plan.named,
    content: plan.content,
    mark: null,
    hasCopy: copy !== null,
    previousHash: plan.record.head,
  });
  if (result.kind === 'committed') return result.revision;
  throw conflict(holders, expected, result.winner && { ...result.winner.after, clears: [] });
}

/** Everything after the commit: it is recorded, and now it has to be everywhere. */
async function finish(holders: Holders, plan: Plan, revision: number, known: State): Promise<Change> {
  const after = flagOf(plan, revision);
  // First of all: after a loss, the next revision has to be above this one.
  const learned = join(known, { ...EMPTY_STATE, flag: after });
  await rememberLearned(holders.disk, learned);
  const synced = await syncOrSay(holders, learned);
  if (!synced.agreed) {
    return described(plan, true, after, [holders.record.name], notEverywhere(revision, synced.cause));
  }
  const { record } = synced;
  requireUnchanged(holders, plan, revision, record);
  await rememberLearned(holders.disk, join(learned, record));
  const open = plan.named.some((id) => !isEnded(record, id));
  const lost = record.flag?.changeId !== plan.changeId;
  if (open || lost) return described(plan, true, after, [], notEverywhere(revision, t`The stores differ.`));
  return described(plan, true, record.flag, namesOf(holders), null, warningsOf(plan, record));
}

function requireUnchanged(
  holders: Holders,
  plan: Plan,
  revision: number,
  { flag, marks, ended }: State,
): void {
  if (flag !== null && flag.revision > revision) throw superseded(holders, revision, authorOf(flag));
  const mark = activeMarks({ flag, marks, ended }).find(({ id }) => !plan.named.includes(id));
  if (mark && plan.edit.endsMarks) throw superseded(holders, revision, authorOfMark(mark));
}

function authorOfMark({ by, at, reason }: Mark) {
  return { by, at, reason, action: 'disable', percentage: 0 } as const;
}

function notEverywhere(revision: number, cause: string): string {
  return t`Revision ${revision} is recorded, but not in every store: ${cause} A forced off, if there was one, still holds. It completes by itself when the store returns; \`atmr-ml disable\` cancels it.`;
}

function warningsOf({ edit }: Plan, record: State): Warning[] {
  const marks = activeMarks(record);
  if (edit.endsMarks || marks.length === 0) return [];
  const by = marks.map((mark) => mark.by).join(', ');
  const warnings: Warning[] = [
    {
      code: 'FORCED_OFF',
      text: t`Recorded, but the flag is forced off by ${by}: only \`activate\` ends that.`,
    },
  ];
  if (marks.some(({ id }) => record.flag?.clears.includes(id))) {
    warnings.push({
      code: 'ENDING_CARRIED',
      text: t`This revision carries an unfinished activate to its end.`,
    });
  }
  return warnings;
}

function described(
  plan: Plan,
  changed: boolean,
  after: Flag | null,
  confirmedIn: Change['confirmedIn'],
  incomplete: string | null,
  warnings: readonly Warning[] = [],
): Change {
  const { edit, changeId, named, record } = plan;
  return {
    ...{ kind: edit.kind, changed, before: record.flag, after, named, confirmedIn, incomplete, warnings },
    endedMarks: activeMarks(record).filter(({ id }) => named.includes(id)),
    changeId: changed ? changeId : null,
    mark: null,
  };
}

function namesOf(holders: Holders): Change['confirmedIn'] {
  return storesOf(holders).map((store) => store.name);
}
