import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AtmrError } from '../errors.js';
import { disable } from '../flag/disable.js';
import { carryOut, exitCodeOf, type Outcome, type PreparedChange, type Writer } from '../flag/outcome.js';
import { placeOf } from '../flag/stores.js';
import { outcomeDocument, planLine } from '../render/change.js';
import { statusDocument } from '../render/status.js';
import { readStatusReport } from '../status-report.js';
import { t } from '../wording/t.js';
import type { Application } from './application.js';
import { requestOf } from './change-request.js';
import { errorAnswer } from './error-answer.js';

/** How long a change waits for the live readers, as `--wait` of the commands does. */
export const WAITING = {
  ...{ type: 'object', additionalProperties: false },
  properties: { wait: { type: 'number', minimum: 0, maximum: 60, default: 10, description: 'Seconds.' } },
} as const;

/** Who and why, of any change. */
export const AUTHORSHIP = {
  reason: { type: 'string', maxLength: 1000, description: 'Why; it goes into the history.' },
  by: { type: 'string', maxLength: 100, description: 'Who, beside the token; it goes into the history.' },
} as const;

/** The body of a change that needs nothing else. */
export const JUST_AUTHORSHIP = {
  ...{ type: ['object', 'null'], additionalProperties: false, properties: AUTHORSHIP },
} as const;

/**
 * Changes the flag as the commands do, but that nobody is asked: whoever holds the token has consented. 200 when every live
 * instance and every store has it; 202 when it is recorded and somebody has not confirmed.
 */
export async function changeFlag(
  app: Application,
  writer: Writer,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    writesInitialState,
    warnings = [],
  }: { readonly writesInitialState: boolean; readonly warnings?: PreparedChange['warnings'] },
): Promise<FastifyReply> {
  const { holders, config, log } = app;
  const initial = writesInitialState ? config.initial() : null;
  const { wait } = request.query as { readonly wait: number };
  const waiting = { waitMs: wait * 1000, expectInstances: 0 };
  const settings = { ...waiting, staleAfterMs: config.staleAfterMs, place: placeOf(config) };
  const outcome = await carryOut(holders, writer, requestOf(request, app), initial, settings);
  const { kind, after, changeId } = outcome.change;
  log.info(`flag: ${kind}`, { by: request.caller, revision: after?.revision ?? null, changeId });
  const confirmed = exitCodeOf(outcome, waiting) === 0;
  return reply.code(confirmed ? 200 : 202).send({
    success: true,
    message: messageOf(outcome),
    confirmed,
    change: outcomeDocument(outcome, [], warnings),
    status: statusDocument(await readStatusReport(holders, app.ledger, config)),
  });
}

/** Forces the model off. Where no store took it, the error tells whether this process answers control all the same. */
export async function forceOff(
  app: Application,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  try {
    return await changeFlag(app, disable, request, reply, { writesInitialState: false });
  } catch (thrown) {
    if (!(thrown instanceof AtmrError) || thrown.code === 'BAD_INPUT') throw thrown;
    const { status, body } = errorAnswer(thrown, request.id);
    return reply.code(status).send({ ...body, forced_off_here: await isOffHere(app) });
  }
}

const JOURNAL_LIMIT_MS = 2000;
const LOOK_MS = 20;

/** Whether this process answers control now; the journal is seen within a second. */
async function isOffHere({ reader, clock }: Application): Promise<boolean> {
  const untilMs = clock.monotonicMs() + JOURNAL_LIMIT_MS;
  while (!reader.view().forcedOff && clock.monotonicMs() < untilMs) await sleep(LOOK_MS);
  return reader.view().forcedOff;
}

function messageOf({ change, confirmation }: Outcome): string {
  if (!change.changed) return t`Nothing to change: ${planLine(change)}`;
  const { counted, confirmedBy } = confirmation;
  const readers = counted === 0 ? t`no running process reads it` : t`${confirmedBy} of ${counted} confirmed`;
  const done = change.mark === null ? t`Done: ${planLine(change)}` : t`Forced off until an enable ends it`;
  return `${done.replace(/\.$/, '')}; ${readers}.`;
}
