import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Answer } from '../../flag/answer.js';
import { openFeatureReason } from '../../flag/openfeature-reason.js';
import { t } from '../../wording/t.js';
import type { Application } from '../application.js';

/** OpenFeature's remote evaluation protocol, for any SDK with an OFREP provider. */
export function ofrepRoutes(server: FastifyInstance, { reader, config: { flagKey } }: Application): void {
  const config = { access: 'ingest' } as const;
  const tags = ['OpenFeature remote evaluation'];
  // What does not fit is for the protocol's own errors to say.
  const body = { type: ['object', 'null'], additionalProperties: true } as const;

  server.post<{ Params: { key: string }; Body: Context }>(
    '/ofrep/v1/evaluate/flags/:key',
    { config, schema: { tags, summary: 'Does the model answer this booking?', body } },
    async (request, reply) => {
      const { key } = request.params;
      if (key !== flagKey) {
        return reply.code(404).send({ key, ...failure('FLAG_NOT_FOUND', t`There is no flag ${key} here.`) });
      }
      const targetingKey = targetingKeyOf(request.body);
      if (targetingKey === null) return reply.code(400).send({ key, ...KEY_MISSING });
      return evaluation(key, reader.decide(targetingKey), reader.view().state.flag?.revision ?? null);
    },
  );

  server.post<{ Body: Context; Headers: { 'if-none-match'?: string } }>(
    '/ofrep/v1/evaluate/flags',
    { config, schema: { tags, summary: 'The same for every flag, with an ETag', body } },
    async (request, reply) => {
      const targetingKey = targetingKeyOf(request.body);
      if (targetingKey === null) return reply.code(400).send(KEY_MISSING);
      const revision = reader.view().state.flag?.revision ?? null;
      const answer = { flags: [evaluation(flagKey, reader.decide(targetingKey), revision)] };
      const hash = createHash('sha256').update(JSON.stringify(answer)).digest('base64url');
      const etag = `"${hash.slice(0, 22)}"`;
      reply.header('etag', etag);
      return request.headers['if-none-match'] === etag ? reply.code(304).send() : answer;
    },
  );
}

type Context = { readonly context?: unknown } | null;

function evaluation(key: string, { variant, reason, code }: Answer, revision: number | null) {
  return {
    ...{ key, value: variant === 'model', variant, reason: openFeatureReason(reason) },
    metadata: { atmrReason: reason, revision: revision ?? 0, ...(code !== undefined && { code }) },
  };
}

/** `String(id)`; `null` for none, since an empty one would put everybody into one bucket. */
function targetingKeyOf(body: Context): string | null {
  const context = body?.context;
  if (typeof context !== 'object' || context === null || !('targetingKey' in context)) return null;
  const { targetingKey } = context;
  if (typeof targetingKey === 'number' && Number.isSafeInteger(targetingKey)) return String(targetingKey);
  return typeof targetingKey === 'string' && targetingKey !== '' ? targetingKey : null;
}

function failure(errorCode: string, errorDetails: string) {
  return { errorCode, errorDetails };
}

const KEY_MISSING = failure(
  'TARGETING_KEY_MISSING',
  t`context.targetingKey is missing; expected the id of the booking.`,
);
