import type { FastifyInstance } from 'fastify';
import type { Application } from '../application.js';
import { ERRORS, HISTORY } from '../schemas.js';

/** Who changed the flag, when and why: the rows of `atmr-ml history --json`. */
export function historyRoutes(server: FastifyInstance, { holders }: Application): void {
  server.get<{ Querystring: { limit: number } }>(
    '/history',
    {
      config: { access: 'read', controlPlane: true, shared: true },
      schema: {
        tags: ['feature flags'],
        summary: 'Every change, newest first',
        description: 'The rows of `atmr-ml history --json`, with the hash of each and of the one before.',
        querystring: {
          ...{ type: 'object', additionalProperties: false },
          properties: { limit: { type: 'integer', minimum: 1, maximum: 1000, default: 50 } },
        },
        response: { 200: HISTORY, ...ERRORS },
      },
    },
    async ({ query }) => ({ changes: await holders.record.history(query.limit) }),
  );
}
