import fc from 'fast-check';
import type { RawRequest } from './raw-request.js';

/** A route as /api/openapi.json tells it, with what the requests are made from. */
export interface Target {
  readonly method: string;
  readonly path: string;
  /** Names of the query and of the body. */
  readonly parameters: readonly string[];
  readonly fields: readonly string[];
  /** A body that fits, for the faults that hide behind it. */
  readonly fitting: Fitting | null;
}

type Fitting = Readonly<Record<string, unknown>>;

type Header = readonly [string, string];

/** Text that has broken other programs. */
const NASTY = [
  `'; DROP TABLE predictions; --`,
  `1); DELETE FROM atmr_ml.flags WHERE ('1'='1`,
  `" OR ""="`,
  `%' UNION SELECT sql FROM sqlite_master --`,
  `\${process.exit(1)}`,
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\r\nx-injected: 1',
  '\ud800',
  '\u202e',
  '🚑'.repeat(60),
  'x'.repeat(201),
  'x'.repeat(5000),
  'NaN',
  'Infinity',
  '-0',
  '1e400',
  '0x10',
  '2026-13-45T99:99',
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '2026-03-29T02:30',
  '9999-12-31T23:59:60Z',
] as const;
/** Numbers as JSON may spell them. */
const NUMBERS = [
  ...['0', '-0', '1', '-1', '0.1', '100', '100.005', '101', '1e-12', '5e-324', '1e308', '-1e308', '1e400'],
  ...['-1e400', '9007199254740993', '4294967296', '1e21', `1${'0'.repeat(400)}`, '0.1e-400', '180.5'],
] as const;
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'then', 'length', '', 'a b', '$where'];
const POLLUTION = [
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"\\u005f_proto__":{"polluted":1}}',
  '[{"__proto__":[]}]',
];

/** A value as JSON text: also what `JSON.stringify` never writes, such as 1e400 or a name twice. */
const value: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY).map((text) => JSON.stringify(text)) },
  { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }).map((text) => JSON.stringify(text)) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((json) => JSON.stringify(json)) },
  { weight: 1, arbitrary: fc.constantFrom(...POLLUTION, 'true', 'null', '[]', '{}', '[null]') },
  { weight: 1, arbitrary: fc.double().map((number) => JSON.stringify(number)) },
);

/** What is text is kept as text: there, nasty ones must get through. */
const TEXT_FIELDS = /(^|_)(id|key|Key|reason|facility)$|targetingKey/;
const PLAUSIBLE = [
  'null',
  '0',
  '1',
  '0.5',
  '12',
  '46.2',
  'true',
  '"no"',
  '"2026-03-02T09:15:00+01:00"',
  '{}',
];

/** A value for a field that is nasty, or harmless enough for the next one to be looked at. */
function valueFor(name: string): fc.Arbitrary<string> {
  const harmless = TEXT_FIELDS.test(name) ? NASTY.map((text) => JSON.stringify(text)) : PLAUSIBLE;
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...harmless) }, { weight: 2, arbitrary: value });
}

const BOOKING_FIELDS = [
  ...['id', 'booking_id', 'scheduled_time', 'pickup_lat', 'pickup_lon', 'dropoff_lat', 'dropoff_lon'],
  ...['distance_meters', 'duration_seconds', 'medical_facility', 'is_medical', 'is_urgent', 'is_round_trip'],
  ...[
    'driver_id',
    'driver_total_bookings',
    'weather',
    'weather.main.temp',
    'weather.visibility',
    'simulated',
  ],
  ...[
    'acted_on',
    'variant',
    'actual_delay_minutes',
    'time_of_day',
    'distance_km',
    'weather_factor',
    'total_bookings',
  ],
  ...['month', 'traffic_density', 'targetingKey', 'actual_pickup_at'],
];

/** An object that may have any of `names`, twice too. */
function objectWith(names: readonly string[]): fc.Arbitrary<string> {
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...names, ...BOOKING_FIELDS) },
    { weight: 1, arbitrary: fc.constantFrom(...NAMES) },
  );
  return fc
    .array(
      name.chain((one) => fc.tuple(fc.constant(one), valueFor(one))),
      { maxLength: 6 },
    )
    .map(objectText);
}

function objectText(pairs: readonly (readonly [string, string])[]): string {
  return `{${pairs.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

/** A value, and the names that lead to it. */
interface Change {
  readonly place: readonly string[];
  readonly text: string;
}

/** The fitting body with one to three of its values replaced or added, at its top or one below. */
function nearly(fitting: Fitting, fields: readonly string[]): fc.Arbitrary<string> {
  const places = [...Object.keys(fitting), ...fields].flatMap((name) => {
    const inner = fitting[name];
    const more = name === 'booking' ? BOOKING_FIELDS : [];
    const below = isObject(inner) ? [...Object.keys(inner), ...more] : [];
    return [[name], ...below.map((key) => [name, key])];
  });
  const change = fc
    .constantFrom(...places)
    .chain((place) => fc.record({ place: fc.constant(place), text: valueFor(place.at(-1) ?? '') }));
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => objectText(changedPairs(fitting, changes)));
}

function changedPairs(object: Fitting, changes: readonly Change[]): [string, string][] {
  const names = new Set([...Object.keys(object), ...changes.map(({ place }) => place[0] ?? '')]);
  return [...names].flatMap((name): [string, string][] => {
    const here = changes.filter(({ place }) => place[0] === name);
    const whole = here.filter(({ place }) => place.length === 1);
    if (whole.length > 0) return whole.map(({ text }) => [name, text]);
    const inner = object[name];
    if (!isObject(inner)) return [[name, JSON.stringify(inner)]];
    const below = here.map(({ place, text }) => ({ place: place.slice(1), text }));
    return [[name, objectText(changedPairs(inner, below))]];
  });
}

function isObject(given: unknown): given is Fitting {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

/** No JSON at all, or more of it than anybody needs. */
const unreadable: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.jsonValue().map((json) => Buffer.from(JSON.stringify(json).slice(0, -1))),
  fc
    .constantFrom('', ' ', '\ufeff{}', "{'a':1}", '{"a":1,}', 'NaN', '{}{}', '[', '"', 'a=b&c=d')
    .map(Buffer.from),
  fc.nat(32_000).map((depth) => Buffer.from('['.repeat(depth) + ']'.repeat(depth))),
  fc
    .nat(9_000)
    .map((depth) => Buffer.from(`${'{"context":'.repeat(depth)}1${'}'.repeat(depth)}`.slice(0, 65_000))),
  fc
    .nat(9_000)
    .map((depth) => Buffer.from(`{"booking":{"weather":${'['.repeat(depth)}${']'.repeat(depth)}}}`)),
  fc.nat(600_000).map((length) => Buffer.from(JSON.stringify({ reason: 'x'.repeat(length) }))),
  fc.nat(5_000).map((count) => Buffer.from(JSON.stringify(Array.from({ length: count }, (_, i) => ({ i }))))),
  fc
    .nat(3_000)
    .map((count) => Buffer.from(objectText(Array.from({ length: count }, (_, i) => [`k${i}`, '1'])))),
  fc.constantFrom(...POLLUTION).map(Buffer.from),
);

function bodyFor({ method, fields, fitting }: Target): fc.Arbitrary<Buffer> {
  if (method === 'GET') return fc.oneof({ weight: 9, arbitrary: fc.constant(Buffer.alloc(0)) }, unreadable);
  const object = objectWith(fields);
  const list = fc.array(object, { maxLength: 4 }).map((items) => `[${items.join(',')}]`);
  return fc.oneof(
    ...(fitting === null ? [] : [{ weight: 12, arbitrary: nearly(fitting, fields).map(Buffer.from) }]),
    { weight: 3, arbitrary: object.map(Buffer.from) },
    { weight: 1, arbitrary: list.map(Buffer.from) },
    { weight: 1, arbitrary: value.map(Buffer.from) },
    { weight: 2, arbitrary: unreadable },
  );
}

const TRICKS: readonly ((path: string) => string)[] = [
  (path) => path.replace('/api', '/api/v1'),
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.replaceAll('/', '//'),
  (path) => `/x/..${path}`,
  (path) => `/%2e%2e${path}`,
  (path) => `${path}/../../../../etc/passwd`,
  (path) => `${path}%00`,
  (path) => `${path}%2f..%2f..%2fpackage.json`,
  (path) => path.replace('/', '\\'),
  (path) => path.replaceAll('/', '%2F'),
  (path) => path.toUpperCase(),
  (path) => `${path};jsessionid=1`,
  (path) => `${path}%zz`,
  (path) => `${path}/%c0%ae%c0%ae/`,
  (path) => `${path}\u00e9\u{1f691}`,
  (path) => `${path}#fragment`,
  (path) => `http://evil.example${path}`,
  (path) => `http://127.0.0.1${path}`,
  (path) => `${path}/${'a/'.repeat(5000)}`,
  (path) => `${path}/${'x'.repeat(17_000)}`,
  () => '*',
  () => '/__proto__',
  () => '/api/v1/constructor',
];

const text = fc.oneof(
  fc.constantFrom(...NASTY, ...NUMBERS).map((plain) => encodeURIComponent(plain.replaceAll('\ud800', ''))),
  fc.constantFrom('%zz', '%00', '%c0%ae', '1&hours=2', '[]', '&', '=', '1e3', '+7', '%2B7', '1;2'),
  fc.string({ maxLength: 20 }).map(encodeURIComponent),
);

function targetFor({ path, parameters }: Target): fc.Arbitrary<string> {
  const filled = fc.oneof(
    { weight: 4, arbitrary: fc.constant('ml-delay-prediction') },
    { weight: 1, arbitrary: text },
  );
  const plain = filled.map((key) => path.replaceAll(/\{\w+\}/g, key));
  const tricked = fc.tuple(plain, fc.constantFrom(...TRICKS)).map(([one, trick]) => trick(one));
  const name = fc.constantFrom(
    ...parameters,
    ...(parameters.length > 0 ? [] : ['x']),
    '__proto__',
    'a[b]',
    '',
  );
  const query = fc.array(fc.tuple(name, text), { maxLength: parameters.length > 0 ? 3 : 1 });
  return fc
    .tuple(fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: tricked }), query)
    .map(([start, pairs]) => {
      // Nobody waits for readers here; the query may say otherwise, and then it is a hostile wish.
      const all = [
        ...(parameters.includes('wait') ? [['wait', '0']] : []),
        ...pairs.filter(([one]) => one !== 'wait'),
      ];
      return all.length === 0 ? start : `${start}?${all.map((pair) => pair.join('=')).join('&')}`;
    });
}

const TYPES = [
  ...[
    'application/json; charset=utf-16',
    'application/jsonp',
    'text/plain',
    'text/json',
    'application/xml',
    '*/*',
  ],
  ...[
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json, text/plain',
    '',
  ],
  ...['application/json;', 'application/json; charset="', 'APPLICATION/JSON', '__proto__', 'a'.repeat(9000)],
  ...['application/json\r\nx-injected: 1', 'application/vnd.api+json', 'application/json\u0000'],
];
const ODD_HEADERS: readonly Header[] = [
  ['X-Request-Id', 'a\r\nx-injected: 1'],
  ['X-Request-Id', '<script>alert(1)</script>'],
  ['X-Request-Id', '\u0000'],
  ['Authorization', 'Bearer '],
  ['Authorization', 'Bearer guess'],
  ['Authorization', `Basic ${'A'.repeat(3000)}`],
  ['Authorization', 'Digest username="x"'],
  ['Authorization', '\u00ff\u00fe'],
  ['Host', 'evil.example'],
  ['Host', ''],
  ['Host', '[::1'],
  ['Origin', 'https://evil.example'],
  ['Origin', 'null'],
  ['Sec-Fetch-Site', 'cross-site'],
  ['X-Forwarded-For', '127.0.0.1, 10.0.0.1'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['X-Original-URL', '/api/feature-flags/ml/disable'],
  ['Content-Length', '0'],
  ['Content-Length', '-1'],
  ['Content-Length', '99999999999999999999'],
  ['Content-Length', '5'],
  ['Transfer-Encoding', 'chunked'],
  ['Transfer-Encoding', 'gzip, chunked'],
  ['Transfer-Encoding', 'nonsense'],
  ['Content-Encoding', 'gzip'],
  ['Expect', '100-continue'],
  ['Expect', 'nonsense'],
  ['Upgrade', 'websocket'],
  ['Upgrade', 'h2c'],
  ['Accept', 'text/html'],
  ['Accept-Version', '2.x'],
  ['Accept-Encoding', 'gzip;q=NaN'],
  ['If-None-Match', '*'],
  ['Range', 'bytes=0-,0-'],
  ['Last-Event-Id', '-1'],
  ['Last-Event-Id', '__proto__'],
  ['Cookie', 'a='.repeat(4000)],
  ['X-Long', 'x'.repeat(20_000)],
  ['__proto__', 'polluted'],
  ['constructor', 'polluted'],
  ['Bad Name', 'x'],
  ['', 'x'],
  ['X-Fold', 'a\r\n b'],
  ['X-Null', 'a\u0000b'],
  ['Smuggle', 'x\r\n\r\nGET /api/feature-flags/status HTTP/1.1'],
];
const METHODS = [
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PUT',
  'PATCH',
  'DELETE',
  'PROPFIND',
  'CONNECT',
  'get',
  'NONSENSE',
  '',
];

/** Requests for a route: each part of most of them is as it should be, and one or two are not. */
export function hostileRequests(route: Target, port: number, token: string): fc.Arbitrary<RawRequest> {
  const usually = (fine: string, odd: readonly string[], weight: number) => {
    return fc.oneof(
      { weight, arbitrary: fc.constant(fine) },
      { weight: 1, arbitrary: fc.constantFrom(...odd) },
    );
  };
  return fc
    .record({
      method: usually(route.method, ['GET', 'POST', ...METHODS], 14),
      target: targetFor(route),
      type: usually('application/json', TYPES, 9),
      odd: fc.oneof(
        { weight: 3, arbitrary: fc.constant<Header[]>([]) },
        { weight: 1, arbitrary: fc.array(fc.constantFrom(...ODD_HEADERS), { minLength: 1, maxLength: 2 }) },
      ),
      body: bodyFor(route),
    })
    .map(({ method, target, type, odd, body }) => {
      const given = new Set(odd.map(([name]) => name));
      const usual: Header[] = [
        ['Connection', 'close'],
        ['Host', `127.0.0.1:${port}`],
        ['Authorization', `Bearer ${token}`],
        ...(body.length === 0 ? [] : ([['Content-Type', type]] as const)),
        ...(given.has('Transfer-Encoding') ? [] : ([['Content-Length', String(body.length)]] as const)),
      ];
      const isCut = ['Content-Length', 'Transfer-Encoding', 'Smuggle'].some((name) => given.has(name));
      const headers = [...usual.filter(([name]) => !given.has(name)), ...odd];
      return { method, target, headers, body, isCut };
    });
}
