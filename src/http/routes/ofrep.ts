import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Answer } from '../../flag/answer.js';
import { openFeatureReason } from '../../flag/openfeature-reason.js';
import { t } from '../../wording/t.js';
import type { Application } from '../application.js';
import { ERRORS } from '../schemas.js';

/** OpenFeature's remote evaluation protocol, for any SDK with an OFREP provider. */
export function ofrepRoutes(server: FastifyInstance, { reader, config: { flagKey } }: Application): void {
  const config = { access: 'ingest' } as const;
  const tags = ['OpenFeature remote evaluation'];
  // What does not fit is for the protocol's own errors to say.
  const body = { type: ['object', 'null'], additionalProperties: true } as const;

  server.post<{ Params: { key: string }; Body: Context }>(
    '/ofrep/v1/evaluate/flags/:key',
    {
      config,
      schema: {
        ...{ tags, summary: 'Does the model answer this booking?', body },
        description:
          '`context.targetingKey` is the id of the booking, as text or number. `metadata.atmrReason` tells a forced off, which ' +
          'OpenFeature has no word for.',
        params: {
          type: 'object',
          properties: { key: { type: 'string', description: 'The key of the flag.' } },
        },
        response: { 200: EVALUATION, ...ERRORS, 400: REFUSED, 404: UNKNOWN_FLAG },
      },
    },
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
    {
      config,
      schema: {
        ...{ tags, summary: 'The same for every flag, with an ETag', body },
        description: 'The same ETag in `If-None-Match` is 304: nothing has changed for this booking.',
        response: { 200: EVALUATIONS, 304: UNCHANGED, ...ERRORS, 400: REFUSED },
      },
    },
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

const object = { type: 'object', additionalProperties: true } as const;
const text = { type: 'string' } as const;

const EVALUATION = {
  ...object,
  description: 'The answer for this booking.',
  required: ['key', 'value', 'variant', 'reason', 'metadata'],
  properties: {
    key: text,
    value: { type: 'boolean', description: 'Whether the model answers.' },
    variant: { enum: ['model', 'control'] },
    reason: { ...text, description: 'In the words of OpenFeature: SPLIT, DISABLED, STALE, DEFAULT, ERROR.' },
    metadata: {
      ...object,
      properties: { atmrReason: text, revision: { type: 'integer' }, code: text },
    },
  },
} as const;

const EVALUATIONS = {
  ...object,
  description: 'The answers for this booking.',
  properties: { flags: { type: 'array', items: EVALUATION } },
} as const;

const UNCHANGED = { type: 'null', description: 'As the ETag says; without a body.' } as const;

const REFUSED = {
  ...object,
  description: "The protocol's own error, or a body that is no JSON.",
  properties: { key: text, errorCode: text, errorDetails: text },
} as const;

const UNKNOWN_FLAG = { ...REFUSED, description: 'There is no such flag here.' } as const;

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
