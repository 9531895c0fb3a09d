import type { FastifyInstance } from 'fastify';
import type { Page, WindowMetrics } from '../../ledger/ledger.js';
import { localDays } from '../../monitoring/local-days.js';
import { metricsDocument, trafficDocument, WINDOWS } from '../../monitoring/metrics-document.js';
import { anomalyDocument, storedPredictionDocument } from '../../monitoring/prediction-document.js';
import { t } from '../../wording/t.js';
import type { Application } from '../application.js';
import { ANOMALIES, DAYS, METRICS, PREDICTIONS, SUMMARY } from '../prediction-schemas.js';
import { ERRORS } from '../schemas.js';

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;
/** Off by more than this is an anomaly. */
const ANOMALY_MINUTES = 5;

const config = { access: 'read', controlPlane: true, shared: true } as const;
const whole = (least: number, most: number, absent: number) => {
  return { type: 'integer', minimum: least, maximum: most, default: absent } as const;
};
const hours = whole(1, 720, 24);
const limit = whole(1, 1000, 100);
const minutes = { type: 'number', minimum: 0, maximum: 1440 } as const;

function schemaOf(summary: string, description: string, answer: object, parameters: object = {}) {
  const querystring = { type: 'object', additionalProperties: false, properties: parameters };
  return { tags: ['monitoring'], summary, description, querystring, response: { 200: answer, ...ERRORS } };
}

/** How both arms do, by what was recorded. */
export function monitoringRoutes(server: FastifyInstance, app: Application): void {
  server.get(
    '/ml-monitoring/summary',
    {
      config,
      schema: schemaOf(
        'The last day and week at a glance',
        'Over all instances: the totals, the last 24 hours, the last seven days and the seven before, and the flag as this instance knows it.',
        SUMMARY,
      ),
    },
    () => readSummary(app),
  );

  server.get<{ Querystring: { hours: number } }>(
    '/ml-monitoring/metrics',
    {
      config,
      schema: schemaOf(
        'Scores and traffic of the last hours',
        'Scores are of bookings settled in the period, traffic of answers given in it; `windows` says so of each.',
        METRICS,
        { hours },
      ),
    },
    async ({ query }) => ({ ...(await readPeriod(query.hours, app)), windows: WINDOWS }),
  );

  server.get<{ Querystring: { days: number } }>(
    '/ml-monitoring/daily',
    {
      config,
      schema: schemaOf(
        'The same by local day, oldest first; the last day is not over',
        'Days of the configured time zone, 23 to 25 hours long.',
        DAYS,
        {
          days: whole(1, 30, 7),
        },
      ),
    },
    ({ query }) => readDays(query.days, app),
  );

  server.get<{ Querystring: PredictionQuery }>(
    '/ml-monitoring/predictions',
    {
      config,
      schema: schemaOf(
        'Answers, newest first, with their outcomes',
        'One page; `cursor` asks for the next, and is null after the last.',
        PREDICTIONS,
        {
          limit,
          cursor: { type: 'string', maxLength: 1000, description: 'Of the page before.' },
          booking_id: { type: 'string', maxLength: 200, description: 'Of this booking alone; has no pages.' },
        },
      ),
    },
    async ({ query }) => {
      const page = await readPage(query, app);
      const predictions = page.predictions.map(storedPredictionDocument);
      return { count: predictions.length, predictions, cursor: page.cursor };
    },
  );

  server.get<{ Querystring: AnomalyQuery }>(
    '/ml-monitoring/anomalies',
    {
      config,
      schema: schemaOf(
        'Settled bookings that were predicted far off, the worst first',
        'By what was served to the caller, whichever arm said it.',
        ANOMALIES,
        {
          threshold: { ...minutes, description: `Minutes; ${ANOMALY_MINUTES} by default.` },
          threshold_mae: { ...minutes, description: 'The same by another name.' },
          ...{ hours, limit },
        },
      ),
    },
    ({ query }) => readAnomalies(query, app),
  );
}

interface PredictionQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly booking_id?: string;
}

async function readPage(
  { limit, cursor, booking_id }: PredictionQuery,
  { ledger }: Application,
): Promise<Page> {
  if (booking_id === undefined) return await ledger.predictions(limit, cursor ?? null);
  // No id that is stored holds a NUL, and Postgres takes none.
  const predictions = await ledger.predictionsOf(booking_id.replaceAll('\0', ''), limit);
  return { predictions, cursor: null };
}

interface AnomalyQuery {
  readonly threshold?: number;
  readonly threshold_mae?: number;
  readonly hours: number;
  readonly limit: number;
}

async function readSummary(app: Application) {
  const { ledger, clock } = app;
  const nowMs = clock.nowMs();
  const [totals, day, week, before, far] = await Promise.all([
    ledger.totals(),
    readPeriod(24, app),
    readPeriod(WEEK_HOURS, app),
    readPeriod(WEEK_HOURS, app, WEEK_HOURS),
    ledger.anomalies(nowMs - 24 * HOUR_MS, ANOMALY_MINUTES, 1),
  ]);
  return {
    total_predictions: totals.traffic.requests,
    total_since: totals.sinceMs === null ? null : new Date(totals.sinceMs).toISOString(),
    totals: trafficDocument(totals.traffic),
    metrics_24h: day,
    metrics_7d: week,
    metrics_7d_before: before,
    feature_flags: flagDocument(app),
    ...{ anomalies_count: far.count, threshold_mae: ANOMALY_MINUTES },
    windows: { ...WINDOWS, anomalies: anomalyWindow(24) },
    timestamp: new Date(nowMs).toISOString(),
  };
}

/** The last `hours`, or those that ended `endedHours` ago. */
async function readPeriod(hours: number, { ledger, clock }: Application, endedHours = 0) {
  const untilMs = clock.nowMs() - endedHours * HOUR_MS;
  const metrics: WindowMetrics = await ledger.metrics(untilMs - hours * HOUR_MS, untilMs);
  return { period_hours: hours, ...metricsDocument(metrics) };
}

async function readDays(count: number, { ledger, clock, config: { timeZone } }: Application) {
  const days = localDays(count, clock.nowMs(), timeZone);
  const metrics = await ledger.daily(days);
  const documents = days.map(({ date }, i) => ({ date, ...metricsDocument(metrics[i]!) }));
  return { days: documents, timezone: timeZone, windows: WINDOWS };
}

async function readAnomalies(query: AnomalyQuery, { ledger, clock }: Application) {
  const { threshold, threshold_mae, hours, limit } = query;
  const minutes = threshold ?? threshold_mae ?? ANOMALY_MINUTES;
  const { count, anomalies } = await ledger.anomalies(clock.nowMs() - hours * HOUR_MS, minutes, limit);
  return {
    ...{ threshold_mae: minutes, period_hours: hours, count },
    anomalies: anomalies.map(anomalyDocument),
    windows: { anomalies: anomalyWindow(hours) },
  };
}

function anomalyWindow(hours: number): string {
  return t`settlement time: the last ${hours} h`;
}

/** What this process knows and acts by, without asking a store. */
function flagDocument({ reader }: Application) {
  const { state, forcedOff } = reader.view();
  const { flag } = state;
  return {
    ML_ENABLED: !forcedOff && (flag?.enabled ?? false),
    ML_TRAFFIC_PERCENTAGE: forcedOff ? 0 : (flag?.percentage ?? 0),
    FALLBACK_ON_ERROR: flag?.fallbackOnError ?? true,
    forced_off: forcedOff,
    revision: flag?.revision ?? null,
    model: flag?.model ?? null,
  };
}
