import * as v from 'valibot';
import { integer, nullableInteger } from '../ledger/prediction-rows.js';
import { DAY_MS, MINUTE_MS } from '../ledger/spans.js';
import type { Dialect, Work } from '../ledger/statement.js';

/** What is said of the service goes back 30 days, which a change of the clocks and the zone make longer. */
export const UPTIME_KEPT_DAYS = 40;

/** Marks the minute, and drops those that are long past: the table stays small without a housekeeper. */
export function* markMinute({ schema: at }: Dialect, key: string, atMs: number): Work<void> {
  const minuteMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
  yield {
    sql: `INSERT INTO ${at}uptime_minute (key, minute_ms) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    values: [key, minuteMs],
  };
  yield {
    sql: `DELETE FROM ${at}uptime_minute WHERE key = $1 AND minute_ms < $2`,
    values: [key, minuteMs - UPTIME_KEPT_DAYS * DAY_MS],
  };
}

const schema = v.object({ marked: integer, first_ms: nullableInteger });

/** How many minutes that began in the window have a mark, and the first of them; `null` when there is none. */
export function* readMinutes(
  { schema: at }: Dialect,
  key: string,
  fromMs: number,
  untilMs: number,
): Work<{ marked: number; firstMs: number | null }> {
  const sql = `SELECT count(*) AS marked, min(minute_ms) AS first_ms FROM ${at}uptime_minute
    WHERE key = $1 AND minute_ms >= $2 AND minute_ms < $3`;
  const [row] = yield { sql, values: [key, fromMs, untilMs] };
  const { marked, first_ms: firstMs } = v.parse(schema, row);
  return { marked, firstMs };
}
