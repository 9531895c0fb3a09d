import * as v from 'valibot';
import { LATE_ABOVE_MINUTES } from '../booking/outcome.js';
import type { DayFigures } from '../rollout/day-figures.js';
import { MOST_MINUTES } from './accuracy.js';
import { ofVersion, scoredDelay } from './both-scored.js';
import { integer } from './prediction-rows.js';
import type { DayWindow } from './rollout-reads.js';
import type { Dialect, Work } from './statement.js';
import { storable } from './storable.js';

const schema = v.object({
  asked: integer,
  simulated: integer,
  settled: integer,
  e: v.number(),
  h: v.number(),
  ee: v.number(),
  hh: v.number(),
  eh: v.number(),
  actual: v.number(),
  actual_squares: v.number(),
  foreseen: integer,
});

/** The figures of the bookings scheduled on a day, by one statement: all are of one moment. */
export function* readDay(
  { schema: at }: Dialect,
  { dayNumber, fromMs, untilMs }: DayWindow,
  modelVersion: string | null,
): Work<DayFigures> {
  const sql = `
    -- Each delay is found once, not once for each sum that it is in.
    WITH said AS MATERIALIZED (
      SELECT p.booking_id, p.simulated, p.model_minutes AS model, p.heuristic_minutes AS heuristic,
        ${scoredDelay(at)} AS actual
      FROM ${at}prediction p WHERE p.scheduled_ms >= $1 AND p.scheduled_ms < $2 AND ${ofVersion('$3')}
    )
    SELECT asked.*, settled.* FROM (
      SELECT count(*) AS asked, coalesce(sum(b.simulated), 0) AS simulated
      FROM (SELECT max(s.simulated) AS simulated FROM said s WHERE s.model IS NOT NULL GROUP BY s.booking_id) b
    ) asked CROSS JOIN (
      SELECT count(*) AS settled, ${sum('e')}, ${sum('h')}, ${sum('e * s.e', 'ee')}, ${sum('h * s.h', 'hh')},
        ${sum('e * s.h', 'eh')}, ${sum('actual')}, ${sum('actual * s.actual', 'actual_squares')}, ${sum('foreseen')}
      FROM (
        SELECT ${errorOf('model')} AS e, ${errorOf('heuristic')} AS h, actual, ${FORESEEN} AS foreseen
        FROM said WHERE actual IS NOT NULL
      ) s
    ) settled`;
  const [row] = yield { sql, values: [fromMs, untilMs, storable(modelVersion)] };
  const { actual_squares: actualSquares, ...figures } = v.parse(schema, row);
  return { dayNumber, ...figures, actualSquares };
}

function sum(expression: string, name = expression): string {
  return `coalesce(sum(s.${expression}), 0) AS ${name}`;
}

/** As the scores have it, a day at most: the square of what a broken model says would be no number. */
function errorOf(minutes: string): string {
  const error = `abs(${minutes} - actual)`;
  return `CASE WHEN ${error} > ${MOST_MINUTES} THEN ${MOST_MINUTES} ELSE ${error} END`;
}

const FORESEEN = `CASE WHEN actual > ${LATE_ABOVE_MINUTES} AND model > ${LATE_ABOVE_MINUTES}
  AND heuristic <= ${LATE_ABOVE_MINUTES} THEN 1 ELSE 0 END`;
