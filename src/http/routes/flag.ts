import type { FastifyInstance } from 'fastify';
import type { Writer } from '../../flag/outcome.js';
import { setPercentage } from '../../flag/percentage.js';
import { isHealthy } from '../../health/health.js';
import { prepareActivate } from '../../model/model-changes.js';
import { statusDocument } from '../../render/status.js';
import { readStatusReport } from '../../status-report.js';
import { t } from '../../wording/t.js';
import type { Application } from '../application.js';
import { AUTHORSHIP, changeFlag, forceOff, JUST_AUTHORSHIP, WAITING } from '../change-flag.js';
import { requirePercentage } from '../change-request.js';
import { CHANGED, ERRORS, HEALTH, STATUS } from '../schemas.js';

const DEFAULT_PERCENTAGE = 10;

const read = { access: 'read', controlPlane: true } as const;
const write = { access: 'write', controlPlane: true } as const;
const tags = ['feature flags'];
const percentage = {
  ...{ type: 'number', minimum: 0, maximum: 100 },
  description: 'At most two decimals.',
} as const;

/** The control of the flag, exactly as the commands do it. */
export function flagRoutes(server: FastifyInstance, app: Application): void {
  const statusNow = async () => statusDocument(await readStatusReport(app.holders, app.ledger, app.config));

  server.get(
    '/feature-flags/status',
    {
      config: { ...read, shared: true },
      schema: {
        tags,
        summary: 'Who answers, since when, who changed it',
        description:
          'The document of `atmr-ml status --json`: the flag, each store, each live instance, the totals, and the health of ' +
          'the last 60 minutes.',
        response: { 200: STATUS, ...ERRORS },
      },
    },
    statusNow,
  );

  server.get(
    '/feature-flags/ml/health',
    {
      config: read,
      schema: {
        ...{ tags, summary: '503 only when failing' },
        description:
          'For a monitor that looks at the status alone. Off, idle and collecting are healthy: nothing is wrong.',
        response: {
          ...ERRORS,
          200: HEALTH,
          503: { ...HEALTH, description: 'Failing; or an error, as elsewhere.' },
        },
      },
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
        description:
          'As `atmr-ml activate --yes`: names the model where the flag names none, ends a forced off, and waits for the live ' +
          'instances.',
        querystring: WAITING,
        body: {
          type: ['object', 'null'],
          additionalProperties: false,
          properties: { percentage, ...AUTHORSHIP },
        },
        response: CHANGED,
      },
    },
    async (request, reply) => {
      const share = requirePercentage(request.body?.percentage ?? DEFAULT_PERCENTAGE);
      const { write: writer, warnings } = await prepareActivate(app.config.modelsFolder, share, app.holders);
      return await changeFlag(app, writer, request, reply, { writesInitialState: true, warnings });
    },
  );

  server.post<{ Body: { reason?: string } | null }>(
    '/feature-flags/ml/disable',
    {
      config: write,
      schema: {
        ...{
          tags,
          summary: 'Force the model off, everywhere, now',
          description:
            'As `atmr-ml disable`: holds until an enable ends it, and needs one store only. Where none takes it, ' +
            '`forced_off_here` of the error tells whether this process answers control all the same.',
          querystring: WAITING,
          body: JUST_AUTHORSHIP,
        },
        response: CHANGED,
      },
    },
    (request, reply) => forceOff(app, request, reply),
  );

  server.post<{ Body: { percentage: number; reason?: string } }>(
    '/feature-flags/ml/percentage',
    {
      config: write,
      schema: {
        ...{ tags, summary: 'Change the share and nothing else: what is off stays off' },
        description: 'A forced off and a flag that is off stay as they are; their share is kept for later.',
        querystring: WAITING,
        body: {
          type: 'object',
          additionalProperties: false,
          required: ['percentage'],
          properties: { percentage, ...AUTHORSHIP },
        },
        response: CHANGED,
      },
    },
    async (request, reply) => {
      const share = requirePercentage(request.body.percentage);
      const writer: Writer = (holders, asked) => setPercentage(holders, share, asked);
      return await changeFlag(app, writer, request, reply, { writesInitialState: true });
    },
  );

  server.post<{ Body: { reason?: string } | null }>(
    '/feature-flags/reset-stats',
    {
      config: write,
      schema: {
        ...{ tags, summary: 'Count from zero again', body: JUST_AUTHORSHIP },
        description: 'The totals of `stats`; rates, scores and the history stay.',
        response: { 200: CHANGED[200], ...ERRORS },
      },
    },
    async (request) => {
      await app.ledger.resetTotals(app.clock.nowMs());
      app.log.info('totals reset', { by: request.caller });
      return { success: true, message: t`The totals count from zero again.`, status: await statusNow() };
    },
  );
}
