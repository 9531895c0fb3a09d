import type { FastifyInstance } from 'fastify';
import { localTime } from '../../booking/local-time.js';
import { placeOf } from '../../flag/stores.js';
import { improvementDocument } from '../../monitoring/improvement-document.js';
import { rolloutDocument } from '../../render/rollout-status.js';
import { improvementByDay } from '../../rollout/improvement-by-day.js';
import { prepareHold, prepareRollback } from '../../rollout-changes/stop.js';
import { guardScopeOf, rolloutReport } from '../../rollout-report.js';
import type { Application } from '../application.js';
import { AUTHORSHIP, changeFlag, forceOff, JUST_AUTHORSHIP, WAITING } from '../change-flag.js';
import { requirePercentage } from '../change-request.js';
import { recently } from '../recently.js';
import { CHANGED, ERRORS, IMPROVEMENT, ROLLOUT } from '../schemas.js';

/** Two routes tell of one look. */
const KEPT_MS = 2000;

const read = { access: 'read', controlPlane: true, shared: true } as const;
const write = { access: 'write', controlPlane: true } as const;
const tags = ['rollout'];

/** Where the rollout stands, what is known of both arms, and what takes traffic back. More traffic is the commands'. */
export function rolloutRoutes(server: FastifyInstance, app: Application): void {
  const { config, clock, sources, holders, events } = app;
  const open = { sources, place: placeOf(config), guardScope: guardScopeOf(config) };
  const keeping = { forMs: KEPT_MS, clock, version: events.published };
  const reportNow = recently(() => rolloutReport(open), keeping);

  server.get(
    '/rollout/status',
    {
      config: read,
      schema: {
        ...{ tags, summary: 'Where it stands, and what is next' },
        description:
          'The document of `atmr-ml rollout status --json`: the decision, its reasons, and each gate.',
        response: { 200: ROLLOUT, ...ERRORS },
      },
    },
    async () => rolloutDocument(await reportNow()),
  );

  server.get(
    '/rollout/improvement',
    {
      config: read,
      schema: {
        tags,
        summary: 'Both arms by local day, and the improvement with its ends as known after each',
        description: 'The ends may be read after any day: looking often does not make them err more often.',
        response: { 200: IMPROVEMENT, ...ERRORS },
      },
    },
    async () => {
      const { survey } = await reportNow();
      const { days = [], earlier = [] } = survey.sighting?.evidence ?? {};
      const stepMs = survey.rollout === null ? null : Date.parse(survey.rollout.stepAt);
      const stepDay = stepMs === null ? null : localTime(stepMs, config.timeZone).dayNumber;
      return improvementDocument(improvementByDay([...earlier, ...days]), stepDay);
    },
  );

  server.post<{ Body: { reason?: string } | null }>(
    '/rollout/hold',
    {
      config: write,
      schema: {
        ...{ tags, summary: 'Stay at the share of now', querystring: WAITING, body: JUST_AUTHORSHIP },
        description: 'As `atmr-ml rollout hold`: no step until somebody resumes; the guard goes on.',
        response: CHANGED,
      },
    },
    async (request, reply) => {
      const { write } = await prepareHold(holders, config, { reason: request.body?.reason ?? '' });
      return await changeFlag(app, write, request, reply, { writesInitialState: false });
    },
  );

  server.post<{ Body: { to?: 'previous' | number; reason?: string } | null }>(
    '/rollout/rollback',
    {
      config: write,
      schema: {
        ...{ tags, summary: 'Less traffic, or none, now', querystring: WAITING },
        description: 'As `atmr-ml rollout rollback`. To 0 it is a forced off, and needs one store only.',
        body: {
          type: ['object', 'null'],
          additionalProperties: false,
          properties: { to: TO, ...AUTHORSHIP },
        },
        response: CHANGED,
      },
    },
    async (request, reply) => {
      const { to = 0, reason = '' } = request.body ?? {};
      const share = to === 'previous' ? to : requirePercentage(to);
      if (share === 0) return await forceOff(app, request, reply);
      const { write } = await prepareRollback(holders, config, { reason }, share);
      return await changeFlag(app, write, request, reply, { writesInitialState: false });
    },
  );
}

const TO = {
  oneOf: [{ const: 'previous' }, { type: 'number', minimum: 0, maximum: 100 }],
  description: '`previous`, or a share below that of now; 0 by default, which is a forced off.',
} as const;
