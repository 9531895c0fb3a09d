import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What goes into headers and logs as it is. */
const SAFE = /^[A-Za-z0-9._:-]{1,128}$/;

/** The caller's `X-Request-Id` where it is harmless, else one of ours. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SAFE.test(given) ? given : randomUUID();
}
