import { t } from './wording/t.js';

/**
 * The one error type of atmr-ml; each of its codes is an exit code outside. Anything else that is thrown is
 * a bug.
 */
export type ErrorCode =
  | 'USAGE'
  | 'BAD_CONFIG'
  | 'BAD_INPUT'
  | 'BAD_MODEL'
  | 'UNAVAILABLE'
  | 'OUTCOME_UNKNOWN'
  | 'CONFLICT'
  | 'UNCONFIRMED'
  | 'STORE_REGRESSED'
  | 'CANCELLED';

export const EXIT_CODES = {
  USAGE: 2,
  BAD_CONFIG: 2,
  BAD_INPUT: 2,
  BAD_MODEL: 2,
  UNAVAILABLE: 4,
  OUTCOME_UNKNOWN: 4,
  CONFLICT: 5,
  UNCONFIRMED: 6,
  STORE_REGRESSED: 6,
  CANCELLED: 130,
} as const satisfies Record<ErrorCode, number>;

/** What a code is to an HTTP client: 4xx is for the caller to mend, 5xx for the operator. */
export const HTTP_STATUS = {
  USAGE: 400,
  BAD_CONFIG: 500,
  BAD_INPUT: 400,
  BAD_MODEL: 500,
  UNAVAILABLE: 503,
  OUTCOME_UNKNOWN: 504,
  CONFLICT: 409,
  UNCONFIRMED: 504,
  STORE_REGRESSED: 503,
  CANCELLED: 503,
} as const satisfies Record<ErrorCode, number>;

/** Exit codes that are not those of a foreseen error; 128 + its number is a signal's by convention. */
export const EXIT = { done: 0, bug: 1, no: 3, notEnoughData: 7, hungUp: 129, terminated: 143 } as const;

/** A failure that was foreseen. The message names the fact, what was expected, and the remedy. */
export class AtmrError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AtmrError';
    this.code = code;
  }
}

/** The text of anything that was thrown, for use inside a message of ours. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Why the system refused a file, as in `ENOSPC: no space left on device`: its path is for the message to name. */
export function reasonOf(thrown: unknown): string {
  const reason = messageOf(thrown).replace(/, \w+(?: '.*')?$/s, '');
  return USUAL_REASONS[/^E[A-Z]+(?=: )/.exec(reason)?.[0] ?? '']?.() ?? reason;
}

/** What a newcomer meets, so that it can be said in another language than the system's. */
const USUAL_REASONS: Readonly<Record<string, () => string>> = {
  ENOENT: () => t`ENOENT: no such file or directory`,
  EACCES: () => t`EACCES: permission denied`,
  EISDIR: () => t`EISDIR: illegal operation on a directory`,
  ENOTDIR: () => t`ENOTDIR: not a directory`,
  ENOSPC: () => t`ENOSPC: no space left on device`,
  EROFS: () => t`EROFS: read-only file system`,
};
