import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type RunningServer, startServer } from './running-server.js';

const SEED = 20_261_122;
const RUNS = 20;

/** JSON of any shape, and shapes that nearly fit. */
const anything = fc.oneof(fc.jsonValue(), fc.string());
const near = (names: readonly string[]) =>
  fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof(anything, fc.double(), fc.integer(), fc.date().map(String)),
  );
const BODIES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  '/api/feature-flags/ml/enable?wait=0': near(['percentage', 'reason']),
  '/api/feature-flags/ml/percentage?wait=0': near(['percentage', 'reason']),
  '/api/feature-flags/ml/disable?wait=0': near(['reason']),
  '/ofrep/v1/evaluate/flags/ml-delay-prediction': fc.record({ context: near(['targetingKey']) }),
  '/api/predictions': fc.record({
    booking: near([
      'id',
      'scheduled_time',
      'distance_meters',
      'pickup_lat',
      'pickup_lon',
      'weather',
      'is_urgent',
    ]),
  }),
  '/api/outcomes': fc.oneof(
    near(['booking_id', 'actual_delay_minutes', 'actual_pickup_at']),
    fc.array(near(['booking_id', 'actual_delay_minutes'])),
  ),
};
const QUERIES = [
  'metrics?hours=',
  'daily?days=',
  'predictions?limit=',
  'predictions?cursor=',
  'anomalies?threshold=',
];

describe(`whatever is sent (seed ${SEED})`, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  const fits = (status: number, text: string) => {
    if (status >= 500) throw new Error(`${status}: ${text}\n${server.log.at(-2)}${server.log.at(-1)}`);
    JSON.parse(text);
  };

  it.each(Object.entries(BODIES))('POST %s answers, and blames itself for nothing', async (path, near) => {
    const property = fc.asyncProperty(fc.oneof(near, anything), async (body) => {
      const { status, text } = await server.ask(path, { method: 'POST', body: JSON.stringify(body) ?? '' });
      fits(status, text);
    });
    await fc.assert(property, { seed: SEED, numRuns: RUNS });
  });

  it.each(QUERIES)('GET /api/ml-monitoring/%s answers, and blames itself for nothing', async (path) => {
    const value = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String));
    const property = fc.asyncProperty(value, async (text) => {
      const answer = await server.ask(`/api/ml-monitoring/${path}${encodeURIComponent(text)}`);
      fits(answer.status, answer.text);
    });
    await fc.assert(property, { seed: SEED, numRuns: RUNS });
  });

  it('paths and headers are no exception', async () => {
    const property = fc.asyncProperty(fc.webPath(), fc.base64String(), async (path, value) => {
      const headers = { 'x-request-id': value, authorization: `Basic ${value}`, 'last-event-id': value };
      const answer = await server.ask(`/api${path}`, { headers });
      fits(answer.status, answer.text);
    });
    await fc.assert(property, { seed: SEED, numRuns: RUNS });
  });
});
