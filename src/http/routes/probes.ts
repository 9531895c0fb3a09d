import type { FastifyInstance } from 'fastify';
import type { View } from '../../flag/answer.js';
import { t } from '../../wording/t.js';
import type { Application } from '../application.js';

const config = { access: 'open' } as const;
const tags = ['operation'];

const ALIVE = {
  ...{ tags, summary: 'The process is alive', description: 'Says nothing of the stores: see `/readyz`.' },
  response: {
    200: {
      ...{ type: 'object', description: 'It is.' },
      properties: { status: { const: 'alive' } },
    },
  },
} as const;

const READINESS = {
  type: 'object',
  properties: {
    ready: { type: 'boolean' },
    reasons: { type: 'array', items: { type: 'string' }, description: 'Empty when ready.' },
  },
} as const;

const READY = {
  ...{ tags, summary: '503 while bookings had better go elsewhere; the body says why' },
  description: 'A forced off is no reason: the heuristic answers, as it was told to.',
  response: {
    200: { ...READINESS, description: 'Bookings may come.' },
    503: {
      ...READINESS,
      description: 'The stores were not asked or do not answer, lost data, or the model is missing.',
    },
  },
} as const;

/** Is it alive, and may it be sent bookings? */
export function probeRoutes(server: FastifyInstance, { reader, clock }: Application): void {
  server.get('/healthz', { config, schema: ALIVE }, async () => ({ status: 'alive' }));

  server.get('/readyz', { config, schema: READY }, async (_request, reply) => {
    const reasons = unreadyReasons(reader.view(), clock.monotonicMs());
    if (reasons.length > 0) reply.code(503);
    return { ready: reasons.length === 0, reasons };
  });
}

/** A forced off is no reason: the heuristic answers, as it was told to. */
function unreadyReasons({ attemptedUntilMs, contactUntilMs, regressed, modelMissing }: View, nowMs: number) {
  return [
    ...(nowMs > attemptedUntilMs ? [t`the stores of the flag have not been asked in the last 3 s`] : []),
    ...(nowMs > contactUntilMs ? [t`no store of the flag has answered for too long`] : []),
    ...(regressed ? [t`the store of the flag has lost data`] : []),
    ...(modelMissing ? [t`the flag names a model that this process does not have`] : []),
  ];
}
