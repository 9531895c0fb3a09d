import type { Change } from './change.js';
import { writeEdit } from './edit.js';
import type { Flag, ModelReference } from './flag.js';
import type { Holders } from './holders.js';
import type { WriteRequest } from './plan.js';
import type { AuditEntry } from './store.js';

/** Chooses the model that answers, and nothing else. Rejects as `activate` does. */
export function changeModel(holders: Holders, model: ModelReference, request: WriteRequest): Promise<Change> {
  return writeEdit(holders, { kind: 'model', changes: { model }, endsMarks: false }, request);
}

/** The model that the flag carried before the one it carries now; `null` for none. `entries` are newest first. */
export function modelBefore(
  entries: readonly Pick<AuditEntry, 'after'>[],
  { model }: Pick<Flag, 'model'>,
): ModelReference | null {
  if (model === null) return null;
  const carried = entries.flatMap(({ after }) => (after.model === null ? [] : [after.model]));
  return carried.find(({ sha256 }) => sha256 !== model.sha256) ?? null;
}
