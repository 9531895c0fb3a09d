import { moveRollout } from '../../src/rollout/move.js';
import { request } from '../fault/site.js';
import { until } from '../fault/wait.js';
import type { Asked, RunningServer } from './running-server.js';

/** What was sent and what came back, by status, of `METHOD /address`. */
export type RecordedExamples = Record<string, { request?: unknown; answers: Record<string, unknown> }>;

const RIDE = { scheduled_time: '2035-03-05T17:30', distance_meters: 8000, is_urgent: true };
const READS = [
  '/api/feature-flags/status',
  '/api/feature-flags/ml/health',
  '/api/ml-monitoring/summary',
  '/api/ml-monitoring/metrics',
  '/api/ml-monitoring/daily',
  '/api/ml-monitoring/predictions',
  '/api/ml-monitoring/anomalies',
  '/api/ml-monitoring/weather',
  '/api/ml-monitoring/drift',
  '/api/rollout/status',
  '/api/rollout/improvement',
  '/api/alerts',
  '/api/history',
  '/api/roi',
  '/healthz',
  '/readyz',
  '/metrics',
];

/** Asks a server that nobody asked before for everything that it has, in the order of a rollout; all that came, whole. */
export async function recordExamples(server: RunningServer): Promise<RecordedExamples> {
  const examples: RecordedExamples = {};
  const keep = (operation: string, { status, json, text }: Asked, sent?: unknown) => {
    examples[operation] ??= { ...(sent !== undefined && { request: sent }), answers: {} };
    examples[operation].answers[status] ??= json ?? text;
  };
  const post = async (path: string, body: unknown, pattern = path) =>
    keep(`POST ${pattern}`, await server.ask(path, { body }), body);

  await post('/api/feature-flags/ml/enable', { percentage: 25, reason: 'week 2', by: 'ana' });
  await until('the reader knows', () => server.reader.view().state.flag?.percentage === 25);
  for (const id of [3, 5])
    await post('/api/predictions', { booking: { id, ...RIDE }, request_id: `ride-${id}` });
  await post('/api/predictions', { booking: { id: 5, ...RIDE }, request_id: 'ride-5' });
  await post('/api/predictions', { booking: { id: 6, ...RIDE }, request_id: 'ride-5' });
  await post(
    '/api/outcomes',
    [3, 5].map((id) => ({ booking_id: id, actual_delay_minutes: 12 })),
  );
  await post('/api/outcomes', { booking_id: 'unknown', actual_pickup_at: '2035-03-05T17:42:00Z' });
  await post(
    '/ofrep/v1/evaluate/flags/ml-delay-prediction',
    { context: { targetingKey: '5' } },
    '/ofrep/v1/evaluate/flags/:key',
  );
  await post(
    '/ofrep/v1/evaluate/flags/another',
    { context: { targetingKey: '5' } },
    '/ofrep/v1/evaluate/flags/:key',
  );
  await post(
    '/ofrep/v1/evaluate/flags/ml-delay-prediction',
    { context: {} },
    '/ofrep/v1/evaluate/flags/:key',
  );
  await post('/ofrep/v1/evaluate/flags', { context: { targetingKey: '5' } });
  await post('/api/feature-flags/ml/percentage', { percentage: 10, reason: 'complaints', by: 'zoe' });
  await beginRollout(server);
  for (const path of READS) keep(`GET ${path}`, await server.ask(path));
  keep('GET /api/checklist/:list', await server.ask('/api/checklist/before'));
  await post('/api/rollout/hold', { reason: 'strike on Thursday', by: 'ana' });
  await post('/api/rollout/rollback', { to: 'previous', reason: 'complaints', by: 'ana' });
  await post('/api/feature-flags/ml/disable', { reason: 'error rate above 30 %', by: 'zoe' });
  await post('/api/feature-flags/reset-stats', { reason: 'a new month', by: 'ana' });
  await post('/api/alerts/ack', { by: 'ana' });
  keep('GET /api/events', await firstEvent(server));
  keep('GET /api/openapi.json', { ...(await server.ask('/api/openapi.json')), json: { openapi: '3.1.0' } });
  return examples;
}

async function beginRollout({ machine: { holders }, reader }: RunningServer): Promise<void> {
  const planId = 'the plan of the guide';
  const start = { kind: 'start', percentages: [10, 25, 50, 100], planId, model: null } as const;
  for (const event of [start, { kind: 'advance', planId }, { kind: 'confirmed' }] as const) {
    const { flag } = await holders.record.read();
    await moveRollout(holders, event, { flag }, request('ana', 'week 2'));
  }
  const { flag } = await holders.record.read();
  await until('the reader knows', () => reader.view().state.flag?.revision === flag?.revision);
}

/** The state, which a stream begins with. */
async function firstEvent({ url }: RunningServer): Promise<Asked> {
  const response = await fetch(`${url}/api/events`);
  const stream = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.endsWith('\n\n')) text += (await stream.read()).value ?? '';
  await stream.cancel();
  return { status: response.status, headers: response.headers, text, json: null };
}

const MOST_ITEMS = 2;
const MOST_LINES = 8;

/** Short enough to be read: of each list and text only its beginning. */
export function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.split('\n').slice(0, MOST_LINES).join('\n');
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shortened(part)]));
}
