import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AtmrError } from '../../errors.js';
import { disable } from '../../flag/disable.js';
import { carryOut, exitCodeOf, type Outcome, type Writer } from '../../flag/outcome.js';
import { setPercentage } from '../../flag/percentage.js';
import { placeOf } from '../../flag/stores.js';
import { isHealthy } from '../../health/health.js';
import { prepareActivate } from '../../model/model-changes.js';
import { outcomeDocument, planLine } from '../../render/change.js';
import { statusDocument } from '../../render/status.js';
import { readStatusReport } from '../../status-report.js';
import type { Application } from '../application.js';
import { requestOf, requirePercentage } from '../change-request.js';
import { errorAnswer } from '../error-answer.js';
import { CHANGED, ERRORS, HEALTH, STATUS } from '../schemas.js';

/** How long a change waits for the live readers, as `--wait` of the commands does. */
const querystring = {
  ...{ type: 'object', additionalProperties: false },
  properties: { wait: { type: 'number', minimum: 0, maximum: 60, default: 10, description: 'Seconds.' } },
} as const;
const DEFAULT_PERCENTAGE = 10;

const read = { access: 'read', controlPlane: true } as const;
const write = { access: 'write', controlPlane: true } as const;
const tags = ['feature flags'];
const percentage = {
  ...{ type: 'number', minimum: 0, maximum: 100 },
  description: 'At most two decimals.',
} as const;
const reason = { type: 'string', maxLength: 1000, description: 'Why; it goes into the history.' } as const;
const justReason = { type: ['object', 'null'], additionalProperties: false, properties: { reason } } as const;

/** The control of the flag, exactly as the commands do it. */
export function flagRoutes(server: FastifyInstance, app: Application): void {
  const statusNow = async () => statusDocument(await readStatusReport(app.holders, app.ledger, app.config));

  server.get(
    '/feature-flags/status',
    {
      config: read,
      schema: {
        tags,
        summary: 'Who answers, since when, who changed it',
        response: { 200: STATUS, ...ERRORS },
      },
    },
    statusNow,
  );

  server.get(
    '/feature-flags/ml/health',
    {
      config: read,
      schema: { tags, summary: '503 only when failing', response: { ...ERRORS, 200: HEALTH, 503: HEALTH } },
    },
    async (_request, reply) => {
      const { config, stats, health } = await statusNow();
      if (health.status === 'failing') reply.code(503);
      return {
        status: health.status,
        healthy: isHealthy(health.status),
        ml_enabled: config.ML_ENABLED,
        ml_traffic: config.ML_TRAFFIC_PERCENTAGE,
        success_rate: health.success_rate,
        total_requests: stats.total_requests,
        alerts: health.findings.map(({ name, level, value, threshold, text }) => {
          return { name, level, value, threshold, text };
        }),
      };
    },
  );

  server.post<{ Body: { percentage?: number; reason?: string } | null }>(
    '/feature-flags/ml/enable',
    {
      config: write,
      schema: {
        ...{ tags, summary: 'Let the model answer a share of the bookings (10 % unless told otherwise)' },
        querystring,
        body: {
          type: ['object', 'null'],
          additionalProperties: false,
          properties: { percentage, reason },
        },
        response: CHANGED,
      },
    },
    async (request, reply) => {
      const share = requirePercentage(request.body?.percentage ?? DEFAULT_PERCENTAGE);
      const prepared = await prepareActivate(app.config.modelsFolder, share, app.holders);
      return sendChange(reply, await change(prepared.write, request, true));
    },
  );

  server.post<{ Body: { reason?: string } | null }>(
    '/feature-flags/ml/disable',
    {
      config: write,
      schema: {
        ...{ tags, summary: 'Force the model off, everywhere, now', querystring, body: justReason },
        response: CHANGED,
      },
    },
    async (request, reply) => {
      try {
        return sendChange(reply, await change(disable, request, false));
      } catch (thrown) {
        if (!(thrown instanceof AtmrError) || thrown.code === 'BAD_INPUT') throw thrown;
        // No store took it; whether this machine's journal did is what the caller has to know now.
        const { status, body } = errorAnswer(thrown, request.id);
        return reply.code(status).send({ ...body, forced_off_here: await isOffHere(app) });
      }
    },
  );

  server.post<{ Body: { percentage: number; reason?: string } }>(
    '/feature-flags/ml/percentage',
    {
      config: write,
      schema: {
        ...{ tags, summary: 'Change the share and nothing else: what is off stays off' },
        querystring,
        body: {
          type: 'object',
          additionalProperties: false,
          required: ['percentage'],
          properties: { percentage, reason },
        },
        response: CHANGED,
      },
    },
    async (request, reply) => {
      const share = requirePercentage(request.body.percentage);
      const writer: Writer = (holders, asked) => setPercentage(holders, share, asked);
      return sendChange(reply, await change(writer, request, true));
    },
  );

  server.post<{ Body: { reason?: string } | null }>(
    '/feature-flags/reset-stats',
    {
      config: write,
      schema: { tags, summary: 'Count from zero again', body: justReason, response: CHANGED },
    },
    async (request) => {
      await app.ledger.resetTotals(app.clock.nowMs());
      app.log.info('totals reset', { by: request.caller });
      return { success: true, message: 'The totals count from zero again.', status: await statusNow() };
    },
  );

  /** As the commands do, but that nobody is asked: whoever holds the token has consented. */
  async function change(writer: Writer, request: FastifyRequest, writesInitialState: boolean) {
    const { holders, config, log } = app;
    const initial = writesInitialState ? config.initial() : null;
    const { wait } = request.query as { readonly wait: number };
    const waiting = { waitMs: wait * 1000, expectInstances: 0 };
    const settings = { ...waiting, staleAfterMs: config.staleAfterMs, place: placeOf(config) };
    const outcome = await carryOut(holders, writer, requestOf(request, app), initial, settings);
    const { kind, after, changeId } = outcome.change;
    log.info(`flag: ${kind}`, { by: request.caller, revision: after?.revision ?? null, changeId });
    return {
      success: true,
      message: messageOf(outcome),
      confirmed: exitCodeOf(outcome, waiting) === 0,
      change: outcomeDocument(outcome),
      status: await statusNow(),
    };
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

/** Recorded, and somebody has not confirmed: accepted, no more. */
function sendChange(reply: FastifyReply, answer: { readonly confirmed: boolean }): FastifyReply {
  return reply.code(answer.confirmed ? 200 : 202).send(answer);
}

function messageOf({ change, confirmation }: Outcome): string {
  if (!change.changed) return `Nothing to change: ${planLine(change)}`;
  const { counted, confirmedBy } = confirmation;
  const readers = counted === 0 ? 'no running process reads it' : `${confirmedBy} of ${counted} confirmed`;
  const done = change.mark === null ? `Done: ${planLine(change)}` : 'Forced off until an enable ends it';
  return `${done.replace(/\.$/, '')}; ${readers}.`;
}
