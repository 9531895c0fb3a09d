import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { Application } from './application.js';
import { recently } from './recently.js';

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** Different questions whose answers are kept; whoever asks more has them forgotten. */
const MOST_KEPT = 200;
const MOST_AGE_SECONDS = 60;

/**
 * Has the routes that say `shared` give many askers one answer, where these say how old it may be (`Cache-Control: max-age=5`, as
 * the dashboard does): a hundred people who watch cost the ledger as much as one. Without that, every answer is new; and none
 * is older than the last change of the flag that this process knows of.
 */
export function shareRecentAnswers(
  server: FastifyInstance,
  app: Pick<Application, 'clock' | 'events'>,
): void {
  server.addHook('onRoute', (route) => {
    if (route.config?.shared === true) route.handler = shared(route.handler as Handler, app);
  });
}

function shared(
  handler: Handler,
  { clock, events }: Pick<Application, 'clock' | 'events'>,
): RouteOptions['handler'] {
  const known = new Map<string, () => Promise<unknown>>();
  return (request, reply) => {
    const forMs = 1000 * ageAllowed(request.headers['cache-control']);
    if (forMs === 0) return handler(request, reply);
    const key = `${forMs} ${JSON.stringify([request.query, request.params])}`;
    let ask = known.get(key);
    if (ask === undefined) {
      if (known.size >= MOST_KEPT) known.clear();
      ask = recently(async () => handler(request, reply), { forMs, clock, version: events.published });
      known.set(key, ask);
    }
    return ask();
  };
}

/** Seconds; 0 where the header allows none. */
export function ageAllowed(header: string | undefined): number {
  const [, seconds] = /^max-age=(\d{1,6})$/i.exec(header?.trim() ?? '') ?? [];
  return Math.min(MOST_AGE_SECONDS, Number(seconds ?? 0));
}
