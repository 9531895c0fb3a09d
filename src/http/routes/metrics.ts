import type { FastifyInstance } from 'fastify';
import type { Application } from '../application.js';
import { ERRORS } from '../schemas.js';

/** For Prometheus, in its text format. */
export function metricsRoutes(server: FastifyInstance, app: Application): void {
  const schema = {
    ...{ tags: ['operation'], summary: 'Counters and gauges for Prometheus' },
    description: 'Of this instance, since it started; the gauges of the flag are as it knows them.',
    response: {
      200: {
        description: 'The text format of Prometheus.',
        content: { 'text/plain': { schema: { type: 'string' } } },
      },
      ...ERRORS,
    },
  };
  server.get('/metrics', { config: { access: 'read' }, schema }, async (_request, reply) => {
    return reply.type(app.metrics.contentType).send(await app.metrics.text(app));
  });
}
