import type { FastifyRequest } from 'fastify';
import { AtmrError } from '../errors.js';
import type { WriteRequest } from '../flag/plan.js';
import { t } from '../wording/t.js';
import type { Application } from './application.js';

/** The change that a request asks for, by whom and why. BAD_INPUT for a reason that no history keeps. */
export function requestOf(request: FastifyRequest, { clock }: Application): WriteRequest {
  const { reason = '', by } = (request.body ?? {}) as { readonly reason?: string; readonly by?: string };
  const at = new Date(clock.nowMs()).toISOString();
  return {
    authorship: { at, by: authorOf(request, by), reason: requireStorable('reason', reason) },
    ifRevision: null,
    dryRun: false,
  };
}

/** The name is what the caller says of itself; the token is what it showed. */
export function authorOf({ caller }: Pick<FastifyRequest, 'caller'>, by: string | undefined): string {
  return by === undefined || by.trim() === '' ? caller : `${requireStorable('by', by.trim())}, ${caller}`;
}

/** NUL and halves of surrogate pairs: a database gives back something else, and the hash of the history breaks. */
const UNSTORABLE = /[\0\p{Cs}]/u;

function requireStorable(field: string, text: string): string {
  if (!UNSTORABLE.test(text)) return text;
  throw new AtmrError(
    'BAD_INPUT',
    t`${field} holds a NUL or half of a character; expected text that can be kept.`,
  );
}

/** The schema has seen that it is a number; only the decimals are left to see. 1e-12 is not nearly 0 here. */
export function requirePercentage(value: number): number {
  if (Math.round(value * 100) / 100 === value) return value;
  throw new AtmrError('BAD_INPUT', t`percentage is ${value}; expected 0 to 100 with at most two decimals.`);
}
