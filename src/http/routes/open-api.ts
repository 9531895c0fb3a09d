import type { FastifyInstance } from 'fastify';

/** What there is, for programs and for people. */
export function openApiRoutes(server: FastifyInstance): void {
  const config = { access: 'read' } as const;
  server.get('/openapi.json', { config, schema: { hide: true } }, async () => server.swagger());
}
