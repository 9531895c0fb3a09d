import type { FastifyInstance } from 'fastify';
import type { View } from '../../flag/answer.js';
import { t } from '../../wording/t.js';
import type { Application } from '../application.js';

const config = { access: 'open' } as const;
const tags = ['operation'];

/** Is it alive, and may it be sent bookings? */
export function probeRoutes(server: FastifyInstance, { reader, clock }: Application): void {
  server.get('/healthz', { config, schema: { tags, summary: 'The process is alive' } }, async () => {
    return { status: 'alive' };
  });

  server.get(
    '/readyz',
    { config, schema: { tags, summary: '503 while bookings had better go elsewhere; the body says why' } },
    async (_request, reply) => {
      const reasons = unreadyReasons(reader.view(), clock.monotonicMs());
      if (reasons.length > 0) reply.code(503);
      return { ready: reasons.length === 0, reasons };
    },
  );
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
