import type { FastifyInstance } from 'fastify';

/**
 * JSON is the only thing that is read, and no form of a foreign page can send it. An empty body is none: many
 * clients name the type even when they send nothing. `__proto__` and `constructor.prototype` are refused.
 */
export function jsonParser(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, null);
    else void parse(request, String(body), done);
  });
}
