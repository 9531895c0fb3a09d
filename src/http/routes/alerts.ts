import type { FastifyInstance } from 'fastify';
import { acknowledgeAlerts } from '../../alerts/acknowledge-alerts.js';
import { readAlerts } from '../../alerts/read-alerts.js';
import { alertsDocument } from '../../render/alerts.js';
import type { Application } from '../application.js';
import { AUTHORSHIP } from '../change-flag.js';
import { authorOf } from '../change-request.js';
import { ACKNOWLEDGED, ALERTS, ERRORS } from '../schemas.js';

const MESSAGES = 20;
const tags = ['alerts'];

/** What the guard found, who was told, and that somebody has seen it. */
export function alertRoutes(server: FastifyInstance, { config, clock, events, log }: Application): void {
  server.get(
    '/alerts',
    {
      config: { access: 'read', controlPlane: true, shared: true },
      schema: {
        tags,
        summary: 'What was found and nobody acknowledged, or ended in 24 h; and the messages about it',
        description: `The document of \`atmr-ml alerts list --json\`, with the newest ${MESSAGES} messages.`,
        response: { 200: ALERTS, ...ERRORS },
      },
    },
    async () => alertsDocument(await readAlerts(config, MESSAGES, clock.nowMs()), config.alerts),
  );

  server.post<{ Body: { rule?: string; by?: string } | null }>(
    '/alerts/ack',
    {
      config: { access: 'write', controlPlane: true },
      schema: {
        tags,
        summary: 'Somebody has seen it: it counts anew, escalation and reminders end',
        description: 'As `atmr-ml alerts ack`. Acknowledging what nothing found changes nothing.',
        body: {
          type: ['object', 'null'],
          additionalProperties: false,
          properties: {
            rule: {
              type: 'string',
              maxLength: 100,
              description: 'All that it found; else what was acted on.',
            },
            by: AUTHORSHIP.by,
          },
        },
        response: { 200: ACKNOWLEDGED, ...ERRORS },
      },
    },
    async (request) => {
      const { rule = null, by } = request.body ?? {};
      const author = authorOf(request, by);
      const acknowledged = await acknowledgeAlerts(config, rule, author, clock.nowMs());
      log.info('alerts acknowledged', { by: request.caller, count: acknowledged.length });
      events.publish('alert', { acknowledged: acknowledged.map((episode) => episode.rule) });
      return { acknowledged };
    },
  );
}
