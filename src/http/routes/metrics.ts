import type { FastifyInstance } from 'fastify';
import type { Application } from '../application.js';

/** For Prometheus, in its text format. */
export function metricsRoutes(server: FastifyInstance, app: Application): void {
  const schema = { tags: ['operation'], summary: 'Counters and gauges for Prometheus' };
  server.get('/metrics', { config: { access: 'read' }, schema }, async (_request, reply) => {
    return reply.type(app.metrics.contentType).send(await app.metrics.text(app));
  });
}
