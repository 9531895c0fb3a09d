import { AtmrError, HTTP_STATUS, messageOf } from '../errors.js';
import { t } from '../wording/t.js';

/** What an error is to the client. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: { readonly error: string; readonly code: string };
  /** Nobody foresaw it: the log gets the stack, the client does not. */
  readonly isBug: boolean;
}

/** Codes that only HTTP knows, by status. */
const CODES: Readonly<Record<number, string>> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
  503: 'UNAVAILABLE',
};

/** The answer to anything that a route threw. `requestId` finds the log line. */
export function errorAnswer(thrown: unknown, requestId: string): ErrorAnswer {
  if (thrown instanceof AtmrError) {
    const { code, message } = thrown;
    return { status: HTTP_STATUS[code], body: { error: message, code }, isBug: false };
  }
  const status = statusOf(thrown);
  if (status === 415) {
    const error = t`The body is not said to be JSON. Send it with the header content-type: application/json.`;
    return { status, body: { error, code: codeOf(status) }, isBug: false };
  }
  if (status !== null && status < 500) {
    return { status, body: { error: sentence(messageOf(thrown)), code: codeOf(status) }, isBug: false };
  }
  const error = t`This is a bug in atmr-ml; please report it with what its log says of request ${requestId}.`;
  return { status: 500, body: { error, code: 'BUG' }, isBug: true };
}

export function codeOf(status: number): string {
  return CODES[status] ?? 'BAD_INPUT';
}

/** Fastify and its plugins say what they mean by it. */
function statusOf(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('statusCode' in thrown)) return null;
  return typeof thrown.statusCode === 'number' && thrown.statusCode >= 400 ? thrown.statusCode : null;
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
