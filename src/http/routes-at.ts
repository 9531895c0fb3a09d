import type { FastifyInstance } from 'fastify';
import { t } from '../wording/t.js';
import type { Application } from './application.js';
import { alertRoutes } from './routes/alerts.js';
import { eventRoutes } from './routes/events.js';
import { flagRoutes } from './routes/flag.js';
import { historyRoutes } from './routes/history.js';
import { inputRoutes } from './routes/inputs.js';
import { metricsRoutes } from './routes/metrics.js';
import { monitoringRoutes } from './routes/monitoring.js';
import { ofrepRoutes } from './routes/ofrep.js';
import { openApiRoutes } from './routes/open-api.js';
import { outcomeRoutes } from './routes/outcomes.js';
import { pageRoutes } from './routes/page.js';
import { predictionRoutes } from './routes/predictions.js';
import { probeRoutes } from './routes/probes.js';
import { rolloutRoutes } from './routes/rollout.js';
import { valueRoutes } from './routes/value.js';

type Routes = (server: FastifyInstance, app: Application) => void;

/** Under `/api`, and the same under `/api/v1`. */
const API: readonly Routes[] = [
  flagRoutes,
  predictionRoutes,
  outcomeRoutes,
  monitoringRoutes,
  inputRoutes,
  rolloutRoutes,
  alertRoutes,
  historyRoutes,
  valueRoutes,
  eventRoutes,
  openApiRoutes,
];
const ROOT: readonly Routes[] = [ofrepRoutes, probeRoutes, metricsRoutes, pageRoutes];

/** Puts every route in its place. */
export async function routesAt(server: FastifyInstance, app: Application): Promise<void> {
  await server.register(async (scope) => register(scope, app, API), { prefix: '/api' });
  await server.register(
    async (scope) => {
      // One description is enough.
      scope.addHook('onRoute', (route) => {
        route.schema = { ...route.schema, hide: true };
      });
      register(scope, app, API);
    },
    { prefix: '/api/v1' },
  );
  register(server, app, ROOT);
  server.setNotFoundHandler({ preHandler: server.rateLimit() }, (request, reply) => {
    const [path = ''] = request.url.split('?');
    const error = t`There is no ${request.method} ${path}. GET /api/openapi.json tells what there is.`;
    return reply.code(404).send({ error, code: 'NOT_FOUND' });
  });
}

function register(scope: FastifyInstance, app: Application, routes: readonly Routes[]): void {
  for (const add of routes) add(scope, app);
}
