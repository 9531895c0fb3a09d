import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { AtmrError } from '../../errors.js';
import {
  ANOMALY_MINUTES,
  type Monitoring,
  monitoringPage,
  PAGE_STYLE,
} from '../../render/monitoring-page.js';
import { readStatusReport } from '../../status-report.js';
import type { Application } from '../application.js';

const DAY_MS = 86_400_000;
const LATEST = 100;
const LARGEST_ANOMALIES = 20;

/** The page for people, on both ports. */
export function pageRoutes(server: FastifyInstance, app: Application): void {
  const config = { access: 'read', controlPlane: true, page: true } as const;
  const schema = { hide: true };
  const hash = createHash('sha256').update(PAGE_STYLE).digest('base64');
  const helmet = {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...{ defaultSrc: ["'none'"], styleSrc: [`'sha256-${hash}'`], imgSrc: ['data:'] },
        ...{ frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
      },
    },
  };

  server.get('/ml-monitoring', { config, schema, helmet }, async (_request, reply) => {
    const page = monitoringPage(await readMonitoring(app));
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
  });

  server.get('/', { config: { access: 'read', page: true }, schema }, (_request, reply) =>
    reply.redirect('/ml-monitoring'),
  );
}

async function readMonitoring(app: Application): Promise<Monitoring> {
  const { holders, ledger, config } = app;
  const [report, recorded] = await Promise.all([
    readStatusReport(holders, ledger, config),
    readRecorded(app),
  ]);
  return { report, ledger: recorded };
}

/** `null` when the ledger does not answer. */
async function readRecorded({ ledger, clock }: Application): Promise<Monitoring['ledger']> {
  const nowMs = clock.nowMs();
  try {
    const [day, week, { predictions: latest }, { anomalies, count: anomalyCount }] = await Promise.all([
      ledger.metrics(nowMs - DAY_MS, nowMs),
      ledger.metrics(nowMs - 7 * DAY_MS, nowMs),
      ledger.predictions(LATEST, null),
      ledger.anomalies(nowMs - 7 * DAY_MS, ANOMALY_MINUTES, LARGEST_ANOMALIES),
    ]);
    return { day, week, latest, anomalies, anomalyCount };
  } catch (thrown) {
    if (!(thrown instanceof AtmrError)) throw thrown;
    return null;
  }
}
