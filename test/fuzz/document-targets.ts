import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { duration, endOf, percentOf, startOf, wholeNumber } from '../../src/arguments.js';
import { readConfig } from '../../src/config.js';
import { parseDurationMs } from '../../src/environment.js';
import { analysisRequest } from '../../src/error-analysis/request.js';
import { AtmrError } from '../../src/errors.js';
import { decide } from '../../src/flag/decide.js';
import {
  auditEntrySchema,
  flagSchema,
  jsonText,
  markSchema,
  readDocument,
  readReport,
} from '../../src/flag/documents.js';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import { snapshotSchema } from '../../src/flag/flag-rows.js';
import { parsePercentage } from '../../src/flag/percentage-text.js';
import { parseRedisUrl } from '../../src/flag/redis-address.js';
import { activeMarks, EMPTY_STATE, hasMark, join } from '../../src/flag/state.js';
import { fingerprintOf, placeOf, placeText } from '../../src/flag/stores.js';
import { readPage } from '../../src/ledger/read-predictions.js';
import { parseSpool, spoolText } from '../../src/ledger/spool-lines.js';
import { loadModel } from '../../src/model/load.js';
import { readOnnx } from '../../src/model/onnx-file.js';
import { forestPredictor } from '../../src/model/predict-forest.js';
import { readForest } from '../../src/model/read-forest.js';
import { readManifest } from '../../src/model/read-manifest.js';
import { describePostgres } from '../../src/postgres.js';
import { parseGate } from '../../src/rollout/gate-spec.js';
import { lintPlan } from '../../src/rollout/lint.js';
import { freezeOf, hoursOf } from '../../src/rollout/plan-of.js';
import { readReport as readWeather } from '../../src/weather/read-report.js';
import { prediction } from '../ledger/rows.js';
import { mutatedBytes, mutatedJson, mutatedText } from './mutated.js';
import { require, requireSound, type Target, target } from './target.js';

const ROOT = resolve(import.meta.dirname, '../..');
const fixture = (path: string) => readFileSync(resolve(ROOT, path));
const ZONE = 'Europe/Zurich';
const NOW = Date.UTC(2026, 10, 28);

const CONFIG = `timezone: Europe/Zurich
heuristic: { minutesPerKm: 0.5, baseMinutes: 1, defaultMinutes: 5 }
flag: { key: ml-delay-prediction, staleAfter: 10m }
serve: { host: 127.0.0.1, apiPort: 5000, deadline: 1s, url: "http://10.0.0.5:5000", keepDays: 400 }
rollout:
  steps:
    - { percentage: 10, minimumTime: 7d, minimumSettled: 100, gates: [mae < 2.2, "roi > 300 %"], approvals: 1 }
    - { percentage: 100, minimumTime: 0s }
  recovery: { percentage: 5 }
  bake: 7d
  window: { days: mon-fri, hours: 8-17 }
  freeze: [2026-12-20..2027-01-03]
guard: { interval: 15s }
weather: { places: { home: { lat: 46.2, lon: 6.1 } } }
`;
const DOT_ENV = `ML_ENABLED=true
ML_TRAFFIC_PERCENTAGE=25 # so far
DATABASE_URL="postgresql://ana:secret@db:5432/atmr?sslmode=require"
REDIS_URL='redis://:p%40ss@cache:6379/0'
FALLBACK_ON_ERROR=1
`;
const URLS = [
  ...['redis://:secret@cache.local:6379/0', 'rediss://u:p%40@[::1]:6380', 'redis+cluster://a:1,b:2,[::1]:3'],
  ...[
    'redis+sentinel://:secret@a:26379,b/main',
    'postgresql://ana:secret@db.local:5432/atmr?sslmode=require',
  ],
];
const author = { at: '2026-03-01T10:00:00.000Z', by: 'ana', reason: 'week 2' };
const FLAG: Flag = {
  ...changedContent(unwrittenFlag('k'), { enabled: true, percentage: 25 }, 'activate', author),
  ...{ revision: 7, changeId: 'c7', clears: ['m0'], model: { name: 'm', version: '1', sha256: 'ab' } },
  rollout: {
    ...{ phase: 'held', step: 1, percentages: [5, 10, 100], event: 'hold', planId: 'p', model: 'ab' },
    ...{ startedAt: author.at, stepAt: author.at, baselineAt: author.at, phaseAt: author.at },
    ...{ stop: { code: 'operator', text: 'strike', from: 'collecting' }, approvals: ['ana'] },
  },
};
const MARK = { id: 'm1', ...author, host: 'host-1' };
const { clears: _, ...AFTER } = FLAG;
const ENTRY = {
  ...{ revision: 7, changeId: 'c7', at: author.at, by: 'ana', action: 'activate', reason: '', named: ['m0'] },
  ...{ before: null, after: AFTER, previousHash: null, hash: 'ab' },
};
const REPORT = {
  ...{ instance: 'i1', host: 'h', pid: 7, url: null, revision: 7, changeId: 'c7' },
  ...{ model: null, off: ['m1'], at: author.at },
};
const SNAPSHOT = {
  flag: {
    ...{ key: 'k', enabled: 1, percentage: 25, fallback_on_error: true, salt: 'k', model: null },
    ...{ revision: 7, change_id: 'c7', clears: '["m0"]', updated_at: NOW, updated_by: 'ana' },
    ...{ reason: '', action: 'activate', rollout: JSON.stringify(FLAG.rollout) },
  },
  marks: [
    { ...MARK, at: NOW, ended_revision: null },
    { ...MARK, id: 'm0', at: NOW, ended_revision: 6 },
  ],
  head: 'ab',
};

function readFlag(text: string): void {
  const flag = readDocument(v.pipe(jsonText, flagSchema), text, 'Redis');
  requireSound(flag);
  require(flag.percentage >= 0 && flag.percentage <= 100, 'a share beyond all');
  const { variant } = decide(flag, 'booking-1');
  require(flag.enabled || variant === 'control', 'what is off served the model');
}

/** A forced off holds under whatever id, until that id has ended. */
function readMark(text: string): void {
  const mark = readDocument(v.pipe(jsonText, markSchema), text, 'Redis');
  const state = join(EMPTY_STATE, { flag: null, marks: { [mark.id]: mark }, ended: {} });
  require(!hasMark(EMPTY_STATE, mark.id), `an unknown mark ${mark.id} is known`);
  require(activeMarks(state).length === 1, `the forced off ${mark.id} does not hold`);
  const ended = join(state, { flag: null, marks: {}, ended: { [mark.id]: 7 } });
  require(activeMarks(ended).length === 0, `the ended forced off ${mark.id} holds`);
}

function readSnapshot(text: string): void {
  const rows = jsonOr(text);
  const state = readDocument(snapshotSchema, rows, 'SQLite');
  requireSound(state);
  const marks = (rows as { marks: { id: string; ended_revision: unknown }[] }).marks;
  const holding = new Map(marks.map((one) => [one.id, one.ended_revision === null]));
  require(activeMarks(state).length ===
    [...holding.values()].filter(Boolean).length, 'a forced off got lost');
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function readConfigText(text: string): Promise<void> {
  writeFileSync('config.yaml', text);
  const config = await readConfig('config.yaml');
  const { initial: _initial, ...plain } = config;
  requireSound(plain);
  const { steps, recovery } = config.rollout;
  for (const { percentage, minimumMs } of [recovery, ...steps]) {
    require(percentage >= 0 && percentage <= 100 && minimumMs >= 0, 'a step of no plan');
  }
  requireSound(lintPlan(config.rollout));
  requireSound((await readConfig('config.yaml', 'k', { urgent: true })).rollout);
}

async function readDotEnv(text: string): Promise<void> {
  writeFileSync('.env', text);
  const config = await readConfig(undefined);
  const initial = config.initial();
  requireSound(initial);
  if (initial !== null) require(initial.percentage >= 0 && initial.percentage <= 100, 'a share beyond all');
}

function readUrls(text: string): void {
  const login = /\/\/([^/@?#\s]+:)?([a-z]{6,})@/.exec(text)?.[2];
  for (const one of [placeOf, placeText, fingerprintOf]) {
    const shown = one({ databaseUrl: text, redisUrl: null, home: '/home' });
    if (login !== undefined) require(!shown.includes(`:${login}@`), 'a password is shown');
  }
  describePostgres(text);
  const address = parseRedisUrl(text);
  if (address.kind === 'single') return;
  for (const { host, port } of address.nodes) require(host !== '' && port >= 0 && port <= 65_535, 'no node');
}

const ONNX = fixture('models/delay_predictor.onnx');
const SMALL_ONNX = smallOnnx();
const MANIFEST = fixture('models/delay_predictor.json').toString();

function smallOnnx(): Uint8Array {
  // The largest parts of the shipped model are its lists; a mutant of a small file hits its structure.
  return ONNX.length < 4096 ? ONNX : ONNX.subarray(0, 2048);
}

function readModel(bytes: Uint8Array): void {
  const graph = readOnnx(bytes, 'm.onnx');
  const forest = readForest(graph, 'm.onnx');
  if (forest === null || forest.targets > 1 || forest.width > 10_000) return;
  const minutes = new Float64Array(3);
  forestPredictor(forest)(new Float32Array(3 * forest.width).fill(1), 3, minutes);
}

/** With its hash put right, what is left to be found is what else is wrong. */
async function readManifestText(text: string): Promise<void> {
  writeFileSync(
    'm.json',
    text.replace(/"sha256": ?"[^"]*"/, `"sha256": "${createHash('sha256').update(ONNX).digest('hex')}"`),
  );
  writeFileSync('m.onnx', ONNX);
  requireSound(await readManifest('m.json'));
  const model = await loadModel('m.onnx');
  await model.close();
}

function readWeatherText(text: string): void {
  for (const kind of ['current', 'forecast'] as const) requireSound(readWeather(kind, text, NOW));
}

function readArguments(text: string): void {
  const readers = [
    () => wholeNumber('--n', text, 0, 100),
    () => duration('--wait', text, 0, 3_600_000),
    () => percentOf('--level', text),
    () => startOf('--from', text, ZONE),
    () => endOf('--to', text, ZONE),
    () => parseDurationMs(text),
    () => parsePercentage(text),
    () => hoursOf(text),
    () => freezeOf(text),
    () => parseGate(text),
    () => analysisRequest({ since: text, report: [] } as never, ZONE, NOW),
    () => analysisRequest({ baseline: text, report: [] } as never, ZONE, NOW),
  ];
  for (const read of readers) requireSound(orRefused(read));
  const share = parsePercentage(text);
  require(share === null || (share >= 0 && share <= 100), 'a share beyond all');
}

function orRefused(read: () => unknown): unknown {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof AtmrError)) throw thrown;
    return null;
  }
}

const SPOOL = spoolText([prediction({}), prediction({ requestId: 'r2', bookingId: 'b2' })]);

function readSpool(text: string): void {
  const { rows, skipped } = parseSpool(text);
  requireSound(rows);
  require(rows.length + skipped === text.split('\n').filter((line) => line !== '').length, 'a line got lost');
}

function readCursor(text: string): void {
  for (const cursor of [text, Buffer.from(text).toString('base64url')]) {
    const first = orRefused(() => readPage({ schema: '' } as never, 50, cursor).next());
    requireSound(JSON.parse(JSON.stringify(first ?? null)));
  }
}

export const DOCUMENT_TARGETS: readonly Target[] = [
  target('the configuration', mutatedText([CONFIG, '{}', 'timezone: UTC\n']), readConfigText),
  target('.env', mutatedText([DOT_ENV]), readDotEnv),
  target(
    'arguments',
    mutatedText(['10m', '12.5 %', '2026-03-02', '2026-07-01..2026-07-31', '7d', 'mae < 2.2', '8-17']),
    readArguments,
  ),
  target('URLs of stores', mutatedText(URLS), readUrls),
  target('the flag in Redis', mutatedJson([FLAG]), readFlag),
  target('a mark in Redis', mutatedJson([MARK]), readMark),
  target('an audit row', mutatedJson([ENTRY]), (text) =>
    requireSound(readDocument(v.pipe(jsonText, auditEntrySchema), text, 'Redis')),
  ),
  target('a report of an instance', mutatedJson([REPORT]), (text) => requireSound(readReport('i1', text))),
  target('rows of the flag', mutatedJson([SNAPSHOT]), readSnapshot),
  target('an ONNX model', fc.oneof(mutatedBytes([ONNX]), mutatedBytes([SMALL_ONNX])), readModel),
  target('a manifest', mutatedJson([JSON.parse(MANIFEST)]), readManifestText),
  target(
    'answers of OpenWeather',
    mutatedJson(
      ['rain', 'clear-minimal', 'forecast', '401'].map((name) =>
        JSON.parse(fixture(`fixtures/weather/${name}.json`).toString()),
      ),
    ),
    readWeatherText,
  ),
  target('a spool', mutatedText([SPOOL]), readSpool),
  target('a cursor', mutatedJson([[1_800_000_000_000, 'r-1']]), readCursor),
];
