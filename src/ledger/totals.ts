import * as v from 'valibot';
import type { Traffic } from './ledger.js';
import { TOTAL_MS } from './spans.js';
import { type Dialect, lock, type Work } from './statement.js';
import { readSums, TRAFFIC_SUMS } from './sums.js';
import { readTimeCounts } from './time-counts.js';
import { trafficFrom } from './traffic.js';

const TOTAL = [{ spanMs: TOTAL_MS, fromMs: 0, untilMs: 1 }];
const SINCE = 'totals_since_ms';
const schema = v.object({ value: v.string() });

/** The last reset; `null` when there was none. */
export function* totalsSince(dialect: Dialect): Work<number | null> {
  const value = yield* readMark(dialect, SINCE);
  return value === null ? null : Number(value);
}

export function* readTotals(dialect: Dialect): Work<{ sinceMs: number | null; traffic: Traffic }> {
  const sinceMs = yield* totalsSince(dialect);
  const sums = yield* readSums(dialect, TRAFFIC_SUMS, TOTAL);
  const times = yield* readTimeCounts(dialect, TOTAL);
  return { sinceMs, traffic: trafficFrom(sums, times) };
}

/** Answers from before that are still on their way will not count. */
export function* resetTotals(dialect: Dialect, nowMs: number): Work<void> {
  yield* lock(dialect.lockAlone);
  yield* writeMark(dialect, SINCE, String(nowMs));
  for (const table of ['traffic_sum', 'time_count']) {
    yield { sql: `DELETE FROM ${dialect.schema}${table} WHERE span_ms = $1`, values: [TOTAL_MS] };
  }
}

/** A value that is remembered by its name. */
export function* readMark({ schema: at }: Dialect, name: string): Work<string | null> {
  const sql = `SELECT value FROM ${at}ledger_mark WHERE name = $1`;
  const [row] = yield { sql, values: [name] };
  return row === undefined ? null : v.parse(schema, row).value;
}

export function* writeMark({ schema: at }: Dialect, name: string, value: string): Work<void> {
  const sql = `INSERT INTO ${at}ledger_mark (name, value) VALUES ($1, $2)
               ON CONFLICT (name) DO UPDATE SET value = excluded.value`;
  yield { sql, values: [name, value] };
}
