import * as v from 'valibot';
import { MISSED_ABOVE_MINUTES } from '../booking/outcome.js';
import { ofVersion, scoredDelay } from './both-scored.js';
import type { Dialect, Work } from './statement.js';
import { storable } from './storable.js';

const attemptSchema = v.object({ attempt: v.picklist(['answered', 'failed', 'late', 'not_finite']) });

/** Whether the newest attempts of the model failed, oldest first. */
export function* readRecentAttempts(
  { schema: at }: Dialect,
  fromMs: number,
  limit: number,
  modelVersion: string | null,
  revisionFrom: number,
): Work<readonly boolean[]> {
  const sql = `SELECT p.attempt FROM ${at}prediction p
    WHERE p.created_ms >= $1 AND ${ofVersion('$2')} AND coalesce(p.revision, 0) >= $3
      AND p.attempt IN ('answered', 'failed', 'late', 'not_finite')
    ORDER BY p.created_ms DESC, p.request_id DESC LIMIT $4`;
  const rows = yield { sql, values: [fromMs, storable(modelVersion), revisionFrom, limit] };
  return rows.map((row) => v.parse(attemptSchema, row).attempt !== 'answered').reverse();
}

const missSchema = v.object({ error: v.number() });

/** Whether the model missed the newest settled bookings by their schedule, oldest first. */
export function* readRecentMisses(
  { schema: at }: Dialect,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
  limit: number,
  modelVersion: string | null,
): Work<readonly boolean[]> {
  const sql = `SELECT abs(s.model_minutes - s.actual) AS error FROM (
      SELECT p.scheduled_ms, p.request_id, p.model_minutes, ${scoredDelay(at)} AS actual FROM ${at}prediction p
      WHERE p.scheduled_ms >= $1 AND p.scheduled_ms < $2 AND ${ofVersion('$3')}
    ) s WHERE s.actual IS NOT NULL ORDER BY s.scheduled_ms DESC, s.request_id DESC LIMIT $4`;
  const rows = yield { sql, values: [fromMs, untilMs, storable(modelVersion), limit] };
  return rows.map((row) => v.parse(missSchema, row).error > MISSED_ABOVE_MINUTES).reverse();
}
