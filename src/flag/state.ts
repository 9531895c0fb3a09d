import type { Flag } from './flag.js';

/** A forced off: it holds wherever it is known, until an activate that has seen it has reached every store. */
export interface Mark {
  readonly id: string;
  /** ISO 8601, UTC. For people; never compared. */
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  readonly host: string;
}

/** What every holder keeps: the stores, the readers, the files on disk. */
export interface State {
  readonly flag: Flag | null;
  /** By mark id. */
  readonly marks: Readonly<Record<string, Mark>>;
  /** By mark id: the revision that ended it. */
  readonly ended: Readonly<Record<string, number>>;
}

export const EMPTY_STATE: State = { flag: null, marks: {}, ended: {} };

/**
 * What two holders know together: the flag with the higher revision, every mark, every ending.
 * Commutative, associative and idempotent as long as a revision has one content.
 */
export function join(a: State, b: State): State {
  return {
    flag: higher(a.flag, b.flag),
    marks: { ...a.marks, ...b.marks },
    ended: { ...a.ended, ...b.ended },
  };
}

/** The marks that hold: known and not ended. */
export function activeMarks(state: State): Mark[] {
  return Object.values(state.marks).filter(({ id }) => !isEnded(state, id));
}

/** True when the holder has heard of the mark, ended or not. */
export function hasMark(state: State, id: string): boolean {
  return Object.hasOwn(state.marks, id) || isEnded(state, id);
}

/** True when the holder has heard that the mark has ended. An id is anybody's: `constructor` is in no state by itself. */
export function isEnded(state: State, id: string): boolean {
  return Object.hasOwn(state.ended, id);
}

/** True when `holder` lacks something that `known` has: a newer flag, an active mark, or the end of an active one. */
export function lacks(holder: State, known: State): boolean {
  return (
    holder.flag?.changeId !== known.flag?.changeId ||
    activeMarks(known).some((mark) => !hasMark(holder, mark.id)) ||
    activeMarks(holder).some(({ id }) => isEnded(known, id))
  );
}

/** True when two states, one of them grown from the other by {@link join}, know the same. */
export function sameKnowledge(a: State, b: State): boolean {
  return (
    a.flag?.changeId === b.flag?.changeId &&
    a.flag?.revision === b.flag?.revision &&
    Object.keys(a.marks).length === Object.keys(b.marks).length &&
    Object.keys(a.ended).length === Object.keys(b.ended).length
  );
}

function higher(a: Flag | null, b: Flag | null): Flag | null {
  if (a === null || b === null) return a ?? b;
  return b.revision > a.revision ? b : a;
}
