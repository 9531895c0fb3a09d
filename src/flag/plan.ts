import { randomUUID } from 'node:crypto';
import {
  type Authorship,
  changedContent,
  type Flag,
  type FlagChanges,
  type FlagContent,
  type ModelReference,
  unwrittenFlag,
} from './flag.js';
import { activeMarks, join, type State } from './state.js';
import type { RecordState } from './store.js';
import { floorOf, type Sighting } from './sync.js';

/** What an operator asks for, whatever the change is. */
export interface WriteRequest {
  readonly authorship: Authorship;
  /** Refuse unless the flag is at this revision; `null` for any. */
  readonly ifRevision: number | null;
  readonly dryRun: boolean;
}

/** A change of the flag that every configured store has to take: all but `disable`. */
export interface Edit {
  readonly kind: 'activate' | 'percentage' | 'model' | 'rollout';
  readonly changes: FlagChanges;
  /** Only an activate ends forced offs, and only those it read in the record. */
  readonly endsMarks: boolean;
  /** For a flag that names no model; another one is kept. */
  readonly firstModel?: ModelReference | null;
}

/** An edit of the record as it was read. */
export interface Plan {
  readonly edit: Edit;
  readonly changeId: string;
  readonly record: RecordState;
  readonly named: readonly string[];
  readonly content: FlagContent;
  /** What others have seen as the flag; differs from the record's only after that lost data. */
  readonly seen: readonly Sighting[];
}

/** What the edit means for the record as it was read. Pure but for the new change id. */
export function planEdit(
  key: string,
  record: RecordState,
  known: State,
  seen: readonly Sighting[],
  edit: Edit,
  { authorship }: WriteRequest,
): Plan {
  // What this machine knows besides counts only after the record lost its flag.
  const before = join(record, known).flag ?? unwrittenFlag(key);
  const changes = {
    model: before.model ?? edit.firstModel ?? null,
    // Only an activate switches on: what the record lost, this machine's memory does not bring back.
    enabled: record.flag?.enabled ?? false,
    ...edit.changes,
  };
  return {
    edit,
    changeId: randomUUID(),
    record,
    named: edit.endsMarks ? activeMarks(record).map((mark) => mark.id) : [],
    content: changedContent(before, changes, edit.kind, authorship),
    seen,
  };
}

/** True when the flag already says all of it, in every store, and nothing holds it off. */
export function changesNothing({ record, content, named, seen }: Plan): boolean {
  const { flag } = record;
  if (flag === null || named.length > 0 || flag.clears.length > 0) return false;
  // Whoever has seen something else serves control until a write above it.
  if (seen.some((one) => one.revision >= flag.revision && one.changeId !== flag.changeId)) return false;
  return (
    flag.enabled === content.enabled &&
    flag.percentage === content.percentage &&
    flag.model?.sha256 === content.model?.sha256 &&
    JSON.stringify(flag.rollout) === JSON.stringify(content.rollout)
  );
}

/** The flag as it is once the plan is recorded as `revision`. */
export function flagOf(plan: Plan, revision: number): Flag {
  const clears = [...new Set([...(plan.record.flag?.clears ?? []), ...plan.named])];
  return { ...plan.content, revision, changeId: plan.changeId, clears };
}

/** The flag as it would be. */
export function previewOf(plan: Plan): Flag {
  return flagOf(plan, Math.max(plan.record.flag?.revision ?? 0, floorOf(plan.seen)) + 1);
}
