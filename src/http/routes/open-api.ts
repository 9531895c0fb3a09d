import type { FastifyInstance } from 'fastify';
import { ERRORS } from '../schemas.js';

/** What there is, for programs and for people. */
export function openApiRoutes(server: FastifyInstance): void {
  const schema = {
    ...{ tags: ['operation'], summary: 'This description', description: 'OpenAPI 3.1 of every route, once.' },
    response: {
      200: { type: 'object', description: 'The document.', additionalProperties: true },
      ...ERRORS,
    },
  };
  server.get('/openapi.json', { config: { access: 'read' }, schema }, async () => server.swagger());
}
