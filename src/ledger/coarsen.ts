import * as v from 'valibot';
import { nullableInteger } from './prediction-rows.js';
import { DAY_MS, SPANS_MS } from './spans.js';
import { type Dialect, lock, type Work } from './statement.js';
import { readMark, writeMark } from './totals.js';

const COARSE_UNTIL = 'coarse_until_ms';

/** Sums of one table and one length that is shorter than a day. */
interface FineSums {
  readonly table: 'traffic_sum' | 'accuracy_sum' | 'time_count';
  readonly spanMs: number;
}

export const FINE_SUMS: readonly FineSums[] = (
  ['traffic_sum', 'accuracy_sum', 'time_count'] as const
).flatMap((table) => SPANS_MS.filter((spanMs) => spanMs < DAY_MS).map((spanMs) => ({ table, spanMs })));

/** Until when there are sums of days only, by what was said before. */
export function* coarseUntil(dialect: Dialect): Work<number> {
  return Number((yield* readMark(dialect, COARSE_UNTIL)) ?? Number.NEGATIVE_INFINITY);
}

/** Says that before the day of `beforeMs` there are sums of days only; it never moves back. Returns where it stands. */
export function* markCoarse(dialect: Dialect, beforeMs: number): Work<number> {
  yield* lock(dialect.lockAlone);
  const untilMs = Math.floor(beforeMs / DAY_MS) * DAY_MS;
  const markedMs = yield* coarseUntil(dialect);
  if (markedMs >= untilMs) return markedMs;
  yield* writeMark(dialect, COARSE_UNTIL, String(untilMs));
  return untilMs;
}

const schema = v.object({ first: nullableInteger });

/** Removes the oldest of these sums, those of `spans` spans at most. True when there may be more. */
export function* coarsenSums(
  dialect: Dialect,
  { table, spanMs }: FineSums,
  beforeMs: number,
  spans: number,
): Work<boolean> {
  const { schema: at } = dialect;
  yield* lock(dialect.lockAlone);
  const oldest = `SELECT min(start_ms) AS first FROM ${at}${table} WHERE span_ms = $1`;
  const [row] = yield { sql: oldest, values: [spanMs] };
  const { first } = v.parse(schema, row);
  if (first === null || first >= beforeMs) return false;
  const untilMs = Math.min(beforeMs, first + Math.max(1, Math.floor(spans)) * spanMs);
  yield {
    sql: `DELETE FROM ${at}${table} WHERE span_ms = $1 AND start_ms < $2`,
    values: [spanMs, untilMs],
  };
  return untilMs < beforeMs;
}
