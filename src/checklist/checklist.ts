import type { Answer } from './answers.js';
import type { Observation } from './evidence.js';
import type { Item, ListName } from './items.js';

/** The document of `checklist` on stdout. */
export interface Checklist {
  readonly list: ListName;
  readonly flag: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly items: readonly CheckedItem[];
  readonly done: number;
  readonly failed: number;
  readonly unanswered: number;
}

export interface CheckedItem {
  readonly id: string;
  readonly text: string;
  readonly result: 'done' | 'failed' | 'unanswered';
  /** Who decided it: the tool, or a person; `null` while nobody did. */
  readonly basis: 'checked' | 'answered' | null;
  /** What the tool saw; `null` where it cannot look. */
  readonly found: string | null;
  readonly remedy: string | null;
  readonly answer: {
    readonly answer: Answer['answer'];
    readonly by: string;
    readonly at: string;
    readonly note: string;
  } | null;
}

/** Puts a list together. What the tool saw counts; where it could not see, the newest answer does. */
export function checklistOf(
  place: { readonly list: ListName; readonly flag: string; readonly atMs: number },
  items: readonly Item[],
  observed: ReadonlyMap<string, Observation>,
  answers: ReadonlyMap<string, Answer>,
): Checklist {
  const checked = items.map((item) => checkedItem(item, observed.get(item.id), answers.get(item.id)));
  const count = (result: CheckedItem['result']) => checked.filter((item) => item.result === result).length;
  return {
    list: place.list,
    flag: place.flag,
    at: new Date(place.atMs).toISOString(),
    items: checked,
    done: count('done'),
    failed: count('failed'),
    unanswered: count('unanswered'),
  };
}

function checkedItem(
  { id, text }: Item,
  observation: Observation | undefined,
  given: Answer | undefined,
): CheckedItem {
  const { found = null, remedy = null } = observation ?? {};
  const answer =
    given === undefined
      ? null
      : { answer: given.answer, by: given.by, at: new Date(given.atMs).toISOString(), note: given.note };
  const shown = { id, text: text(), found, remedy, answer };
  if (observation !== undefined && observation.result !== 'unknown') {
    return { ...shown, result: observation.result, basis: 'checked' };
  }
  if (answer === null) return { ...shown, result: 'unanswered', basis: null };
  return { ...shown, result: answer.answer === 'yes' ? 'done' : 'failed', basis: 'answered' };
}
