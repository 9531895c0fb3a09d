import { AtmrError, messageOf } from '../errors.js';

/** The newest reading of something that may be away for a while. */
export interface LastKnown<T> {
  /** `null` before the first. */
  readonly value: T | null;
  /** When it was read. */
  readonly atMs: number;
  /** Why the newest attempt brought nothing; `null` where it did. */
  readonly fault: string | null;
}

export const NOTHING_KNOWN = { value: null, atMs: 0, fault: null } as const;

/** Reads once more; where nobody answers, what was known stays, with the reason. Rejects with any other failure. */
export async function readAgain<T>(
  known: LastKnown<T>,
  read: () => Promise<T>,
  nowMs: () => number,
): Promise<LastKnown<T>> {
  try {
    return { value: await read(), atMs: nowMs(), fault: null };
  } catch (thrown) {
    if (!(thrown instanceof AtmrError) || thrown.code !== 'UNAVAILABLE') throw thrown;
    return { ...known, fault: messageOf(thrown) };
  }
}
