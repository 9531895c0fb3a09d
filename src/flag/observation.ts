import type { Flag } from './flag.js';
import { join, type State } from './state.js';

/** One finished answer of a store, with what was known when it was asked. */
export interface Observation {
  readonly from: 'record' | 'copy' | 'journal';
  readonly answer: State;
  /** The flag that the reader knew when the request was sent; a later one could not be in the answer. */
  readonly floor: Flag | null;
  /** When the request was sent, monotonic: an answer is as old as its question. */
  readonly sentMs: number;
}

export interface Learned {
  readonly state: State;
  /** `null` when the answer says nothing about it: only the record can regress. */
  readonly regressed: boolean | null;
  /** Whether the answer counts as contact with the truth. */
  readonly contact: boolean;
}

/** What a reader knows after an observation. */
export function learn(known: State, { from, answer, floor }: Observation): Learned {
  if (from === 'journal') return { state: join(known, answer), regressed: null, contact: false };
  const regressed = from === 'record' && isBelow(answer.flag, floor);
  // The marks of a store that lost data are true all the same; its flag is not.
  const state = join(known, regressed ? { ...answer, flag: null } : answer);
  if (from === 'record') return { state, regressed, contact: !regressed };
  const current = answer.flag !== null && answer.flag.revision >= (state.flag?.revision ?? 0);
  return { state, regressed: null, contact: current };
}

type Version = Pick<Flag, 'revision'> & { readonly changeId: string | null };

/** Older than the floor, empty where the floor is not, or another content under the same revision. */
export function isBelow(flag: Version | null, floor: Version | null): boolean {
  if (floor === null) return false;
  if (flag === null || flag.revision < floor.revision) return true;
  return flag.revision === floor.revision && flag.changeId !== floor.changeId;
}
