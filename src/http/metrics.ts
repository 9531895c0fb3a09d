import type { PredictionRow } from '../ledger/ledger.js';
import type { Recorder } from '../ledger/recorder.js';
import type { Application } from './application.js';

/** What is counted in this process, for Prometheus. */
export interface Metrics {
  /** An HTTP request that ended. */
  requested(method: string, route: string, status: number, seconds: number): void;
  /** A booking that was answered. */
  answered(row: PredictionRow): void;
  /** The text that Prometheus reads, with the state of `app` now. */
  text(app: Omit<Application, 'metrics'>): Promise<string>;
  readonly contentType: string;
}

/** Up to the deadline, and what is beyond it. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counters of one server, in a registry of their own: two servers in a process do not mix. */
export async function openMetrics(): Promise<Metrics> {
  const { Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  const counter = <const L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <const L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Histogram({ name, help, labelNames, buckets: SECONDS, registers });
  const requests = counter('atmr_ml_http_requests_total', 'HTTP requests', ['method', 'route', 'status']);
  const durations = histogram('atmr_ml_http_request_duration_seconds', 'Time to the answer’s end', ['route']);
  const answers = counter('atmr_ml_predictions_total', 'Bookings answered', ['variant', 'source']);
  const attempts = counter('atmr_ml_model_attempts_total', 'Questions to the model, shadow included', [
    'result',
  ]);
  const predictionTime = histogram(
    'atmr_ml_prediction_duration_seconds',
    'Features, weather and model, to completion',
    [],
  );
  const defaults = counter('atmr_ml_weather_defaults_total', 'Answers without known weather', ['reason']);
  const state = new Map(
    GAUGES.map(({ name, help }) => [name, new Gauge({ name, help, registers })] as const),
  );
  const failures = new Gauge({
    ...{ name: 'atmr_ml_weather_failures', help: 'Failed calls of the weather service since the start' },
    ...{ labelNames: ['reason'], registers },
  });

  return {
    contentType: registry.contentType,
    requested(method, route, status, seconds) {
      requests.inc({ method, route, status });
      durations.observe({ route }, seconds);
    },
    answered({ variant, source, attempt, predictionTimeMs, weatherReason }) {
      answers.inc({ variant, source });
      if (attempt !== 'none') attempts.inc({ result: attempt });
      if (predictionTimeMs !== null) predictionTime.observe(predictionTimeMs / 1000);
      if (weatherReason !== null) defaults.inc({ reason: weatherReason });
    },
    async text(app) {
      for (const { name, read } of GAUGES) state.get(name)?.set(read(app));
      for (const [reason, count] of Object.entries(app.weather.counts().failures))
        failures.set({ reason }, count);
      return await registry.metrics();
    },
  };
}

type Observable = Omit<Application, 'metrics'>;

/** What is not counted but is; NaN is Prometheus' own word for "not known". */
const GAUGES: readonly { name: string; help: string; read(app: Observable): number }[] = [
  {
    name: 'atmr_ml_flag_revision',
    help: 'The revision of the flag that this process knows; 0 for none',
    read: ({ reader }) => reader.view().state.flag?.revision ?? 0,
  },
  {
    name: 'atmr_ml_flag_percentage',
    help: 'The share of the bookings that the model answers, 0 to 100',
    read: ({ reader }) => reader.view().state.flag?.percentage ?? 0,
  },
  {
    name: 'atmr_ml_flag_enabled',
    help: '1 while the flag lets the model answer',
    read: ({ reader }) => {
      const { forcedOff, state } = reader.view();
      return state.flag?.enabled && !forcedOff ? 1 : 0;
    },
  },
  {
    name: 'atmr_ml_flag_forced_off',
    help: '1 while a forced off holds',
    read: ({ reader }) => (reader.view().forcedOff ? 1 : 0),
  },
  {
    name: 'atmr_ml_flag_regressed',
    help: '1 while the record has lost data that this process has seen',
    read: ({ reader }) => (reader.view().regressed ? 1 : 0),
  },
  {
    name: 'atmr_ml_model_missing',
    help: '1 while the flag names a model that this process does not run',
    read: ({ reader }) => (reader.view().modelMissing ? 1 : 0),
  },
  {
    name: 'atmr_ml_recorder_queued',
    help: 'Answers that wait to be written',
    read: ({ recorder }) => recorder.state().queued,
  },
  {
    name: 'atmr_ml_recorder_spooled',
    help: 'Answers on this disk that wait for the ledger',
    read: ({ recorder }) => recorder.state().spooled,
  },
  {
    name: 'atmr_ml_recorder_lost',
    help: 'Answers that neither the ledger nor the disk took, since the start',
    read: ({ recorder }) => recorder.state().lost,
  },
  {
    name: 'atmr_ml_weather_calls',
    help: 'Calls of the weather service since the start',
    read: ({ weather }) => weather.counts().calls,
  },
  {
    name: 'atmr_ml_weather_calls_today',
    help: 'Calls of the weather service today',
    read: ({ weather }) => weather.counts().callsToday,
  },
  {
    name: 'atmr_ml_weather_cache_hits',
    help: 'Questions that the kept weather answered, since the start',
    read: ({ weather }) => weather.counts().cacheHits,
  },
  {
    name: 'atmr_ml_weather_stale_answers',
    help: 'Old weather shown because the service failed, since the start',
    read: ({ weather }) => weather.counts().staleAnswers,
  },
  {
    name: 'atmr_ml_event_clients',
    help: 'Clients that listen to /events',
    read: ({ events }) => events.count(),
  },
];

/** The recorder, counting what passes. */
export function counting(recorder: Recorder, metrics: Metrics): Recorder {
  return {
    ...recorder,
    add(row) {
      metrics.answered(row);
      recorder.add(row);
    },
    addDurably(row) {
      metrics.answered(row);
      return recorder.addDurably(row);
    },
  };
}
