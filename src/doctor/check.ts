import { withDeadline } from '../deadline.js';
import { messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import { type CheckName, titleOf } from './check-title.js';

/** `unknown`: nobody could look, or too little is known; it is neither a pass nor a fault. */
export type CheckResult = 'ok' | 'warn' | 'fail' | 'unknown';

/** One line of `doctor`: what was looked at, what was found, and what to do about it. Holds no secret. */
export interface Check extends Finding {
  /** The same in every language; {@link titleOf} says it to people. */
  readonly name: CheckName;
  readonly expected: string;
}

export interface Finding {
  readonly result: CheckResult;
  readonly found: string;
  /** What to do; `null` where nothing is wrong. */
  readonly remedy: string | null;
}

/** A check before it is made. */
export interface PlannedCheck {
  readonly name: CheckName;
  readonly expected: string;
  look(): Promise<Finding> | Finding;
}

/** Checks that share something which has to be closed. */
export interface CheckGroup {
  readonly checks: readonly PlannedCheck[];
  close(): Promise<void>;
}

/** No check takes longer; one that would says so and the others go on. */
const CHECK_LIMIT_MS = 8000;

export function ok(found: string): Finding {
  return { result: 'ok', found, remedy: null };
}

export function warn(found: string, remedy: string): Finding {
  return { result: 'warn', found, remedy };
}

export function fail(found: string, remedy: string): Finding {
  return { result: 'fail', found, remedy };
}

export function unknown(found: string, remedy: string | null = null): Finding {
  return { result: 'unknown', found, remedy };
}

/** Makes one check. Whatever goes wrong in it is its own finding, and never stops another. */
export async function runCheck({ name, expected, look }: PlannedCheck): Promise<Check> {
  try {
    const finding = await withDeadline(Promise.resolve().then(look), CHECK_LIMIT_MS, titleOf(name));
    return { name, expected, ...finding };
  } catch (thrown) {
    return { name, expected, ...unknown(t`could not be looked at: ${messageOf(thrown)}`) };
  }
}

/** A group without anything to close. */
export function groupOf(checks: readonly PlannedCheck[]): CheckGroup {
  return { checks, close: async () => {} };
}

/** Does `work` when first asked, and gives everybody its one result. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => {
    result ??= work();
    return result;
  };
}
