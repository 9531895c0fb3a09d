import Libsql from 'libsql';
import pg from 'pg';
import { bucketOf } from '../src/ledger/latency-sketch.js';
import type { Ledger } from '../src/ledger/ledger.js';
import { PREDICTION_COLUMNS } from '../src/ledger/prediction-rows.js';

/** Predictions with outcomes, a tenth of them in the last 7 days, the rest in the year before. */
export interface Filling {
  readonly count: number;
  readonly untilMs: number;
}

const DAY_MS = 86_400_000;
const RECENT_DAYS = 7;
const DAYS = 365;
const OUTCOME_AFTER_MS = 7_200_000;
/** Rows made by one statement. */
const STEP = 250_000;
/** Prediction times, log-normal about 12 ms. */
const TIMES_MS = Array.from({ length: 97 }, (_, i) => 12 * Math.exp(0.5 * normalQuantile((i + 0.5) / 97)));

/** What SQLite and Postgres say differently. */
interface Tongue {
  readonly schema: string;
  /** A table `s` of whole numbers `i`. */
  series(from: number, until: number): string;
}

export function fillSqlite(path: string, filling: Filling): void {
  const database = new Libsql(path);
  // A crash of the bench loses nothing that anybody misses.
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA temp_store = MEMORY');
  const series = (from: number, until: number) =>
    `(WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${until}) SELECT i FROM n) s`;
  for (const sql of statements(filling, { schema: '', series })) database.exec(`BEGIN; ${sql}; COMMIT`);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

export async function fillPostgres(url: string, filling: Filling): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("SET synchronous_commit = off; SET work_mem = '128MB'");
  const series = (from: number, until: number) =>
    `(SELECT CAST(g AS bigint) AS i FROM generate_series(${from}, ${until - 1}) g) s`;
  for (const sql of statements(filling, { schema: 'atmr_ml.', series })) await client.query(sql);
  // What the server does by itself, a little later.
  await client.query('VACUUM ANALYZE');
  await client.query('CHECKPOINT');
  await client.end();
}

/** The sums that were filled say what the rows say, or the bench measures nothing. */
export async function checkFilled(ledger: Ledger, { untilMs }: Filling): Promise<void> {
  const fromMs = untilMs - RECENT_DAYS * DAY_MS;
  const { traffic, accuracy, ...window } = await ledger.metrics(fromMs, untilMs);
  let [requests, settled, absolute, missed] = [0, 0, 0, 0];
  for await (const _ of ledger.recorded(window.fromMs, window.untilMs)) requests += 1;
  for await (const { row, actualDelayMinutes } of ledger.scored(window.fromMs, window.untilMs)) {
    settled += 1;
    absolute += Math.abs((row.modelMinutes ?? 0) - (actualDelayMinutes ?? 0));
    missed += Number(Math.abs(row.predictedMinutes - (actualDelayMinutes ?? 0)) > 5);
  }
  const sums = [traffic.requests, accuracy.settled, accuracy.served.missRate, accuracy.model.mae];
  const rows = [requests, settled, missed / settled, absolute / settled];
  const agree = sums.every((sum, i) => Math.abs((sum ?? Number.NaN) - (rows[i] ?? 0)) < 1e-3);
  if (!agree || settled === 0) throw new Error(`The sums ${sums} are not those of the rows: ${rows}.`);
}

function* statements(filling: Filling, tongue: Tongue): Generator<string> {
  const { count, untilMs } = filling;
  const { schema: at } = tongue;
  yield `CREATE TABLE ${at}bench_time (k bigint PRIMARY KEY, ms double precision, bucket bigint)`;
  yield `INSERT INTO ${at}bench_time VALUES ${TIMES_MS.map((ms, k) => `(${k}, ${ms}, ${bucketOf(ms)})`).join(', ')}`;
  for (let from = 0; from < count; from += STEP) {
    yield predictions(filling, tongue, from, Math.min(count, from + STEP));
  }
  for (let dayMs = untilMs - DAYS * DAY_MS; dayMs < untilMs; dayMs += DAY_MS) {
    yield outcomes(at, dayMs, Math.min(dayMs + DAY_MS, untilMs - OUTCOME_AFTER_MS));
  }
  const firstMs = Math.floor((untilMs - DAYS * DAY_MS) / DAY_MS) * DAY_MS;
  for (let dayMs = firstMs; dayMs <= untilMs; dayMs += DAY_MS) yield* sumsOf(at, dayMs, dayMs + DAY_MS);
  yield `INSERT INTO ${at}traffic_sum SELECT 0, 0, ${total(TRAFFIC)} FROM ${at}traffic_sum WHERE span_ms = ${DAY_MS}`;
  yield `INSERT INTO ${at}time_count SELECT 0, 0, bucket, CAST(sum(count) AS bigint) FROM ${at}time_count
         WHERE span_ms = ${DAY_MS} GROUP BY bucket`;
  yield `DROP TABLE ${at}bench_time`;
}

function predictions(
  { count, untilMs }: Filling,
  { schema: at, series }: Tongue,
  from: number,
  until: number,
) {
  const recent = Math.round(count * 0.9);
  const [oldMs, recentMs] = [untilMs - DAYS * DAY_MS, untilMs - RECENT_DAYS * DAY_MS];
  const old = `${oldMs} + i * ${recentMs - oldMs} / ${recent}`;
  const created = `CASE WHEN i < ${recent} THEN ${old} ELSE ${recentMs} + (i - ${recent}) * ${untilMs - recentMs} / ${count - recent} END`;
  const model = '(2 + (i * 31 % 97) / CAST(10 AS double precision))';
  const heuristic = '(3 + (i * 53 % 89) / CAST(10 AS double precision))';
  const byModel = '(i % 4 = 0)';
  const values: Record<(typeof PREDICTION_COLUMNS)[number], string> = {
    request_id: "'request-' || (100000000 + i)",
    booking_id: "'booking-' || (100000000 + i)",
    created_ms: created,
    scheduled_ms: `${created} + 3600000`,
    variant: `CASE WHEN ${byModel} THEN 'model' ELSE 'control' END`,
    source: `CASE WHEN ${byModel} THEN 'model' ELSE 'heuristic' END`,
    reason: "'SPLIT'",
    revision: '7',
    percentage: '25',
    predicted_minutes: `CASE WHEN ${byModel} THEN ${model} ELSE ${heuristic} END`,
    model_minutes: model,
    heuristic_minutes: heuristic,
    lower_minutes: `${model} - 4`,
    upper_minutes: `${model} + 4`,
    confidence: '0.75',
    attempt: "'answered'",
    prediction_time_ms: 't.ms',
    weather_factor: '0.5',
    weather_reason: 'NULL',
    out_of_range: '0',
    features: `'{"distance_km":4.25,"time_of_day":17,"is_medical":1,"traffic_density":0.8,"weather_factor":0.5}'`,
    driver_id: "'driver-' || (i % 300)",
    model_name: "'delay_predictor'",
    model_version: "'1.0.0'",
    simulated: '1',
    instance: "'bench'",
    answer: 'NULL',
  };
  return `INSERT INTO ${at}prediction (${PREDICTION_COLUMNS.join(', ')})
          SELECT ${PREDICTION_COLUMNS.map((column) => values[column]).join(', ')}
          FROM ${series(from, until)} JOIN ${at}bench_time t ON t.k = i * 7919 % ${TIMES_MS.length} ORDER BY i`;
}

/** The model is wrong by up to 7 minutes, one in seven by more than 5 where it answers. */
function outcomes(at: string, fromMs: number, untilMs: number): string {
  const actual = '(model_minutes + (created_ms % 1409 - 704) / CAST(100 AS double precision))';
  return `INSERT INTO ${at}outcome (booking_id, actual_minutes, pickup_ms, origin, known_ms, settled_ms, standing, request_id, error_minutes)
          SELECT booking_id, ${actual}, NULL, 'file', created_ms + ${OUTCOME_AFTER_MS}, created_ms + ${OUTCOME_AFTER_MS},
            'scored', request_id, abs(predicted_minutes - ${actual})
          FROM ${at}prediction WHERE created_ms >= ${fromMs} AND created_ms < ${untilMs}`;
}

const TRAFFIC = {
  requests: '1',
  model_variant: "CASE WHEN variant = 'model' THEN 1 ELSE 0 END",
  source_model: "CASE WHEN source = 'model' THEN 1 ELSE 0 END",
  source_heuristic: "CASE WHEN source = 'heuristic' THEN 1 ELSE 0 END",
  source_fallback: '0',
  attempts: '1',
  failures: '0',
  ineligible: '0',
  weather_defaults: '0',
  out_of_range: '0',
  simulated: '1',
  confidence_count: '1',
  confidence_sum: '750000',
  time_count: '1',
  time_sum: 'CAST(round(prediction_time_ms * 1000) AS bigint)',
};

const ACCURACY: Readonly<Record<string, string>> = {
  scored: '1',
  unscored: '0',
  unpredicted: '0',
  late: 'CASE WHEN actual_minutes > 5 THEN 1 ELSE 0 END',
  late_predicted: 'CASE WHEN actual_minutes > 5 AND model_minutes > 5 THEN 1 ELSE 0 END',
  covered: 'CASE WHEN actual_minutes BETWEEN lower_minutes AND upper_minutes THEN 1 ELSE 0 END',
  with_interval: '1',
  ...armSums('model', 'model_minutes', '1'),
  ...armSums('heuristic', 'heuristic_minutes', '1'),
  ...armSums('served', 'predicted_minutes', '1'),
  ...armSums('served_by_model', 'model_minutes', "CASE WHEN source = 'model' THEN 1 ELSE 0 END"),
};

function armSums(arm: string, predicted: string, counts: string): Record<string, string> {
  const thousandths = (minutes: string) => `CAST(round((${minutes}) * 1000) AS bigint)`;
  const error = `${predicted} - actual_minutes`;
  const sums = {
    count: '1',
    actual: thousandths('actual_minutes'),
    actual_squares: `${thousandths('actual_minutes')} * ${thousandths('actual_minutes')}`,
    error: thousandths(error),
    absolute: `abs(${thousandths(error)})`,
    squares: `${thousandths(error)} * ${thousandths(error)}`,
    accurate: `CASE WHEN abs(${error}) < 3 THEN 1 ELSE 0 END`,
    missed: `CASE WHEN abs(${error}) > 5 THEN 1 ELSE 0 END`,
  };
  return Object.fromEntries(
    Object.entries(sums).map(([name, sql]) => [`${arm}_${name}`, `${counts} * (${sql})`]),
  );
}

/** The sums of one day in UTC: its minutes from the rows, its hours from the minutes, itself from the hours. */
function* sumsOf(at: string, fromMs: number, untilMs: number): Generator<string> {
  const settled = `(SELECT p.*, o.actual_minutes, o.settled_ms FROM ${at}outcome o JOIN ${at}prediction p ON p.request_id = o.request_id
    WHERE o.settled_ms >= ${fromMs} AND o.settled_ms < ${untilMs}) r`;
  const made = `(SELECT p.*, t.bucket FROM ${at}prediction p JOIN ${at}bench_time t ON t.ms = p.prediction_time_ms
    WHERE p.created_ms >= ${fromMs} AND p.created_ms < ${untilMs}) r`;
  const start = (column: string, spanMs: number) => `${column} / ${spanMs} * ${spanMs}`;
  const minute = (column: string) => start(column, 60_000);
  yield `INSERT INTO ${at}traffic_sum (span_ms, start_ms, ${names(TRAFFIC)})
         SELECT 60000, ${minute('created_ms')}, ${sum(TRAFFIC)} FROM ${made} GROUP BY ${minute('created_ms')}`;
  yield `INSERT INTO ${at}time_count (span_ms, start_ms, bucket, count)
         SELECT 60000, ${minute('created_ms')}, bucket, count(*) FROM ${made} GROUP BY ${minute('created_ms')}, bucket`;
  yield `INSERT INTO ${at}accuracy_sum (span_ms, start_ms, ${names(ACCURACY)})
         SELECT 60000, ${minute('settled_ms')}, ${sum(ACCURACY)} FROM ${settled} GROUP BY ${minute('settled_ms')}`;
  for (const [spanMs, finerMs] of [
    [3_600_000, 60_000],
    [DAY_MS, 3_600_000],
  ] as const) {
    const finer = `WHERE span_ms = ${finerMs} AND start_ms >= ${fromMs} AND start_ms < ${untilMs}`;
    const group = start('start_ms', spanMs);
    for (const [table, columns] of [
      ['traffic_sum', TRAFFIC],
      ['accuracy_sum', ACCURACY],
    ] as const) {
      yield `INSERT INTO ${at}${table} (span_ms, start_ms, ${names(columns)})
             SELECT ${spanMs}, ${group}, ${total(columns)} FROM ${at}${table} ${finer} GROUP BY ${group}`;
    }
    yield `INSERT INTO ${at}time_count SELECT ${spanMs}, ${group}, bucket, CAST(sum(count) AS bigint)
           FROM ${at}time_count ${finer} GROUP BY ${group}, bucket`;
  }
}

function names(columns: object): string {
  return Object.keys(columns).join(', ');
}

function sum(columns: Readonly<Record<string, string>>): string {
  return Object.values(columns)
    .map((sql) => `CAST(sum(${sql}) AS bigint)`)
    .join(', ');
}

function total(columns: object): string {
  return Object.keys(columns)
    .map((name) => `CAST(sum(${name}) AS bigint)`)
    .join(', ');
}

/** Of the standard normal; Tukey's lambda form, good enough for a bench. */
function normalQuantile(share: number): number {
  return (share ** 0.1349 - (1 - share) ** 0.1349) / 0.1975;
}
