import type { FastifyInstance } from 'fastify';
import { settleReported } from '../../outcomes/settle-reported.js';
import type { Application } from '../application.js';
import { ERROR, ERRORS } from '../schemas.js';

const MOST_OUTCOMES = 1000;
const BODY_LIMIT_BYTES = 524_288;

const BODY = {
  ...{ type: ['object', 'array'], minItems: 1, maxItems: MOST_OUTCOMES },
  description:
    'One outcome or up to 1000: {"booking_id", and "actual_pickup_at" (ISO 8601) or "actual_delay_minutes"}. ' +
    'Sending one again changes nothing; another value corrects it.',
} as const;

const count = { type: 'integer' } as const;
const refused = {
  type: 'array',
  description: 'Those that are not kept, by their place in the request; the others are.',
  items: {
    type: 'object',
    additionalProperties: true,
    properties: {
      index: count,
      booking_id: { type: 'string' },
      reason: { enum: ['delay_over_180_min', 'scheduled_time_unknown'] },
      detail: { type: 'string' },
    },
  },
} as const;

const SETTLED = {
  ...{ type: 'object', additionalProperties: true, required: ['settled', 'refused'] },
  description: 'What became of each.',
  properties: {
    settled: { ...count, description: 'Outcomes that were new.' },
    corrected: { ...count, description: 'Outcomes that replaced another value; each is audited.' },
    unchanged: count,
    unpredicted: { ...count, description: 'Of all these, how many name a booking that nobody asked about.' },
    refused,
  },
} as const;

/** What happened: the outcomes by which both arms are scored. */
export function outcomeRoutes(server: FastifyInstance, app: Application): void {
  server.post<{ Body: object }>(
    '/outcomes',
    {
      config: { access: 'ingest' },
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        ...{ tags: ['predictions'], summary: 'What happened to bookings', body: BODY },
        description:
          "Each settles the booking's last prediction from before its pickup, for both arms. One that cannot be kept does not " +
          'keep the others back.',
        response: {
          ...{ 200: SETTLED, ...ERRORS },
          422: { ...ERROR, description: 'None of the outcomes can be kept; `refused` tells why.' },
        },
      },
    },
    async ({ body }, reply) => {
      const items = Array.isArray(body) ? body : [body];
      const settled = await settleReported(items, app.config.timeZone, app);
      if (settled.refused.length < items.length) return settled;
      const [first] = settled.refused;
      return reply.code(422).send({ error: first?.detail, code: 'BAD_INPUT', refused: settled.refused });
    },
  );
}
