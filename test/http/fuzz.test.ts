import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyHistory } from '../../src/flag/history.js';
import { sqliteAt } from '../../src/sqlite.js';
import { hostileRequests, type Target } from './hostile-requests.js';
import { type RawAnswer, type RawRequest, sendRaw } from './raw-request.js';
import { INGEST, READ, type RunningServer, startServer, WRITE } from './running-server.js';

/** Requests a route; `npm run test:fuzz` sends more. */
const RUNS = Number(process.env.RUNS ?? 60);
const SEED = Number(process.env.SEED ?? 20_261_122);

const BOOKING = {
  id: 'b-1',
  scheduled_time: '2026-03-02T08:30:00Z',
  distance_meters: 8000,
  is_urgent: false,
};
/** Bodies that fit, by path; a route that is not here gets whatever its schema names. */
const FITTING: Readonly<Record<string, Target['fitting']>> = {
  '/api/predictions': { booking: BOOKING, driver: { id: 'd-1', total_bookings: 90 } },
  '/api/outcomes': { booking_id: 'b-1', actual_delay_minutes: 4, actual_pickup_at: '2026-03-02T08:34:00Z' },
  '/api/feature-flags/ml/enable': { percentage: 10, reason: 'fuzz' },
  '/api/feature-flags/ml/percentage': { percentage: 20, reason: 'fuzz' },
  '/api/feature-flags/ml/disable': { reason: 'fuzz' },
  '/api/feature-flags/reset-stats': { reason: 'fuzz' },
  '/ofrep/v1/evaluate/flags/{key}': { context: { targetingKey: 'b-1' } },
  '/ofrep/v1/evaluate/flags': { context: { targetingKey: 'b-1' } },
};
/** Routes whose very message may be "not well". */
const MAY_BE_503 = ['/api/feature-flags/ml/health', '/readyz'];
/** What only our own code knows: where it is, what it runs on, what it asks its database. */
const INSIDE =
  /node_modules|\.(?:ts|js|mjs):\d+|\bat \S+ \(|SQLITE|sqlite_|near "|no such (?:table|column)|TypeError|RangeError/;

const server = await startServer({ tokens: { write: WRITE, ingest: INGEST, read: READ } });
afterAll(() => server.close());
const routes = await describedRoutes(server);

describe(`requests that fit and do not fit (seed ${SEED}, ${RUNS} a route)`, () => {
  let before: Contents;
  const statuses = new Map<string, number>();
  let sent = 0;
  beforeAll(async () => {
    // Something to lose.
    await server.ask('/api/feature-flags/ml/enable', { body: { percentage: 50 }, token: WRITE });
    for (const id of ['kept-1', 'kept-2']) expect((await predict(server, id)).status).toBe(201);
    before = await contents(server);
  });

  it('knows every route that it has bodies for', () => {
    expect(routes.map(({ path }) => path)).toEqual(expect.arrayContaining(Object.keys(FITTING)));
    expect(routes.length).toBeGreaterThan(15);
  });

  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s',
    async (_, route) => {
      const property = fc.asyncProperty(hostileRequests(route, server.door.port, WRITE), async (request) => {
        const answer = await sendRaw(server.door.port, request, addressOf(++sent));
        const kind = answer === null ? 'closed' : String(answer.status);
        statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
        judge(route, request, answer, server);
      });
      await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: RUNS < 100 });
    },
    900_000,
  );

  it('leave the server alive, its tables whole and its objects clean', async () => {
    const told = [...statuses].sort().map(([kind, count]) => `${kind}: ${count}`);
    process.stderr.write(`fuzz, seed ${SEED}: ${told.join(', ')}\n`);
    expect((await server.ask('/healthz')).json).toEqual({ status: 'alive' });
    expect((await predict(server, 'after')).status).toBe(201);
    const after = await contents(server);
    expect(after.integrity).toEqual(['ok']);
    expect(after.schema).toEqual(before.schema);
    for (const [table, count] of before.rows) {
      expect(after.rows.get(table), table).toBeGreaterThanOrEqual(table === 'totals' ? 0 : count);
    }
    expect(await verifyHistory(server.machine.holders)).toMatchObject({ kind: 'intact' });
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    const log = server.log.join('');
    expect(log).not.toMatch(/\[ML\] bug/);
    expect(log).not.toMatch(new RegExp(`${WRITE}|DROP TABLE|<script>`));
  });
});

function judge(
  { path }: Target,
  request: RawRequest,
  answer: RawAnswer | null,
  { machine }: RunningServer,
): void {
  const told = () => `${requestText(request)}\n→ ${answer?.status} ${answer?.body.slice(0, 500)}`;
  if (answer === null) {
    // It may only have been cut off: by itself, for too much of a body, or because it wants to be a tunnel.
    const { isCut, method } = request;
    expect(isCut || method === 'CONNECT' || request.body.length > 60_000, told()).toBe(true);
    return;
  }
  const { status, headers, body } = answer;
  if (!(status === 503 && MAY_BE_503.includes(path))) expect(status, told()).toBeLessThan(500);
  expect([...headers.keys()], told()).not.toContain('x-injected');
  if (status < 400 || request.method === 'HEAD') return;
  for (const secret of [process.cwd(), machine.home, WRITE, INGEST, READ])
    expect(body, told()).not.toContain(secret);
  expect(body.replaceAll('sqlite_master', ''), told()).not.toMatch(INSIDE);
  expect(headers.get('content-type') ?? '', told()).toMatch(/^application\/json/);
  const document = parsed(body);
  if (MAY_BE_503.includes(path) && status === 503) return;
  // The remote evaluation protocol has names of its own.
  const shape =
    path.startsWith('/ofrep/') && 'errorCode' in document ? ['errorCode', 'errorDetails'] : ['error', 'code'];
  for (const name of shape) expect(document[name], told()).toEqual(expect.stringMatching(/./));
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error(`not JSON: ${body.slice(0, 500)}`);
  }
}

function requestText({ method, target, headers, body }: RawRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value.slice(0, 200)}`);
  return [`${method} ${target.slice(0, 500)}`, ...lines, '', body.toString().slice(0, 1000)].join('\n');
}

/** Each from an address of its own, 127.0.0.0/8 being this machine's. */
function addressOf(count: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  return `127.${1 + Math.floor(count / 62_500)}.${1 + (Math.floor(count / 250) % 250)}.${1 + (count % 250)}`;
}

function predict(server: RunningServer, id: string) {
  return server.ask('/api/predictions', { body: { booking: { ...BOOKING, id } }, token: INGEST });
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { properties?: object } }>>;
  };
}

/** What /api/openapi.json says there is, and the rest that it hides. */
async function describedRoutes(server: RunningServer): Promise<Target[]> {
  const { json } = await server.ask('/api/openapi.json', { token: READ });
  const described = Object.entries(json.paths as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
        ...{ method: method.toUpperCase(), path },
        parameters: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
        fields: Object.keys(requestBody?.content['application/json']?.schema.properties ?? {}),
        fitting: FITTING[path] ?? null,
      })),
  );
  const hidden = ['/ml-monitoring', '/'].map((path) => {
    return { method: 'GET', path, parameters: [], fields: [], fitting: null };
  });
  return [...described.filter(({ method }) => method !== 'HEAD'), ...hidden];
}

interface Contents {
  readonly integrity: readonly unknown[];
  readonly schema: readonly unknown[];
  /** How many rows each table has. */
  readonly rows: ReadonlyMap<string, number>;
}

async function contents({ machine }: RunningServer): Promise<Contents> {
  const sqlite = sqliteAt(join(machine.home, 'atmr-ml.db'));
  const read = await sqlite.read((database) => {
    const column = (sql: string) => (database.prepare(sql).raw().all() as unknown[][]).map(([cell]) => cell);
    const tables = column("SELECT name FROM sqlite_master WHERE type = 'table'") as string[];
    return {
      integrity: column('PRAGMA integrity_check'),
      schema: column('SELECT sql FROM sqlite_master ORDER BY name'),
      rows: new Map(tables.map((table) => [table, Number(column(`SELECT count(*) FROM "${table}"`)[0])])),
    };
  });
  sqlite.close();
  return read;
}
