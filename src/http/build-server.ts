import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Application } from './application.js';
import { speakToCallers } from './caller-language.js';
import { errorAnswer } from './error-answer.js';
import { jsonParser } from './json-parser.js';
import { describeApi } from './open-api.js';
import { BODY_LIMIT_BYTES, protect, REQUEST_LIMIT_MS } from './protection.js';
import { readQueryNumbers } from './query-numbers.js';
import { shareRecentAnswers } from './recent-answers.js';
import { requestIdOf } from './request-id.js';
import { routesAt } from './routes-at.js';

/** The whole HTTP server of an application, ready to listen or to be injected with requests. */
export async function buildServer(app: Application): Promise<FastifyInstance> {
  const { default: fastify } = await import('fastify');
  const server = fastify({
    logger: false, // one line a request, written below without anything personal
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_LIMIT_MS,
    genReqId: requestIdOf,
    // Unknown and wrong fields are refused, not silently dropped or turned into something else.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allowUnionTypes: true } },
    frameworkErrors: (error, request, reply) => {
      const { status, body } = errorAnswer(error, request.id);
      // Its type knows no status codes, for lack of a route.
      void (reply as unknown as FastifyReply).code(status).send(body);
    },
    routerOptions: { maxParamLength: 200 },
  });
  // A schema would turn an unknown (`null`) into a 0; the answers go out as they are.
  server.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  server.decorateRequest('caller', 'api');
  jsonParser(server);
  answerErrors(server, app);
  await speakToCallers(server);
  await protect(server, app);
  server.addHook('preValidation', readQueryNumbers);
  observe(server, app);
  shareRecentAnswers(server, app);
  await describeApi(server);
  await routesAt(server, app);
  await server.ready();
  return server;
}

function answerErrors(server: FastifyInstance, { log }: Application): void {
  server.setErrorHandler((thrown, request, reply) => {
    const { status, body, isBug } = errorAnswer(thrown, request.id);
    if (isBug) {
      const detail = thrown instanceof Error ? thrown.stack : String(thrown);
      log.error('bug', { request: request.id, route: routeOf(request), detail });
    }
    return reply.code(status).send(body);
  });
}

/** Every answer names its request, is counted, and leaves one line: the route's pattern, never what was asked. */
function observe(server: FastifyInstance, { log, metrics }: Application): void {
  server.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  server.addHook('onResponse', async (request, reply) => {
    const { method, id } = request;
    const route = routeOf(request);
    const status = reply.statusCode;
    metrics.requested(method, route, status, reply.elapsedTime / 1000);
    if (request.routeOptions.config.access === 'open') return; // probes come every second
    const line = { method, route, status, ms: Math.round(reply.elapsedTime * 10) / 10, request: id };
    if (status >= 500) log.error('request failed', line);
    else log.info('request', line);
  });
}

/** The pattern, such as `/api/predictions/:id`: bounded, and tells of nobody. */
function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? 'unknown';
}
