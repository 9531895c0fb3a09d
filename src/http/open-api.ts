import type { FastifyInstance, FastifySchema } from 'fastify';
import recorded from './examples.json' with { type: 'json' };
import { TOO_LARGE, WRONG_TYPE } from './schemas.js';

/** Of one operation: what was sent, and what came back, by status. */
interface Examples {
  readonly request?: unknown;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** By method and address; `npm run docs:http` records them from a server. */
const EXAMPLES: Readonly<Record<string, Examples>> = recorded;

const TAGS = [
  { name: 'feature flags', description: 'Who answers, and the changes of that.' },
  { name: 'predictions', description: 'Bookings and what became of them.' },
  { name: 'monitoring', description: 'What is known of both arms, of the traffic and of the inputs.' },
  { name: 'rollout', description: 'Where the rollout stands, and less traffic. More is for the commands.' },
  { name: 'alerts', description: 'What the guard found.' },
  { name: 'value', description: 'The return, and the lists of the guide.' },
  { name: 'OpenFeature remote evaluation', description: 'For any SDK with an OFREP provider.' },
  { name: 'operation', description: 'For probes, Prometheus and programs.' },
];

/** Describes every route that is registered from here on, under one of its addresses. */
export async function describeApi(server: FastifyInstance): Promise<void> {
  const { default: swagger } = await import('@fastify/swagger');
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'atmr-ml',
        version: '1',
        description: 'Every path under /api also answers under /api/v1. Times are ISO 8601 in UTC.',
      },
      tags: TAGS,
      components: {
        securitySchemes: {
          read: { type: 'http', scheme: 'bearer', description: 'ATMR_ML_READ_TOKEN, where it is set' },
          ingest: { type: 'http', scheme: 'bearer', description: 'ATMR_ML_INGEST_TOKEN' },
          write: { type: 'http', scheme: 'bearer', description: 'ATMR_ML_TOKEN' },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const access = route.config?.access;
      const security = access === undefined || access === 'open' ? [] : [{ [access]: [] }];
      const examples = EXAMPLES[`${String(route.method)} ${url}`] ?? { answers: {} };
      return { schema: { security, ...schema, ...shownBy(schema ?? {}, examples) }, url };
    },
  });
}

/** The schemas of what is sent and answered, with their examples. Copies: a route's own are not touched. */
function shownBy({ body, response }: FastifySchema, { request, answers }: Examples): FastifySchema {
  const refusals = body === undefined ? {} : { 413: TOO_LARGE, 415: WRONG_TYPE };
  const all: Readonly<Record<string, object>> = { ...(response ?? {}), ...refusals };
  return {
    ...(body !== undefined && { body: withExample(body, request) }),
    response: Object.fromEntries(
      Object.entries(all).map(([status, schema]) => [status, withExample(schema, answers[status])]),
    ),
  };
}

function withExample(schema: unknown, example: unknown): object {
  const plain = { ...(schema as object) };
  if (example === undefined) return plain;
  if (!('content' in plain)) return { ...plain, examples: [example] };
  const media = Object.entries(plain.content as Record<string, object>);
  return { ...plain, content: Object.fromEntries(media.map(([type, one]) => [type, { ...one, example }])) };
}
