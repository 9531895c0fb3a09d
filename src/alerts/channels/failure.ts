import { t } from '../../wording/t.js';

/** A failure that a later try may mend; not before `retryAfterMs`, where the other side said so. */
export class RetryableFailure extends Error {
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null = null) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Codes such as ECONNREFUSED, which are constants; never the message, which may quote an address or what was sent. */
export function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return t`unknown failure`;
  if ('code' in thrown && typeof thrown.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(thrown.code))
    return thrown.code;
  return thrown.name;
}
