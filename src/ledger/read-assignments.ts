import * as v from 'valibot';
import { integer } from './prediction-rows.js';
import type { Assignments } from './rollout-reads.js';
import type { Dialect, Work } from './statement.js';

const schema = v.object({ model: integer, control: integer, both: integer });

/** Different bookings by the variants that the split put them in. */
export function* readAssignments(
  { schema: at }: Dialect,
  fromMs: number,
  revisionFrom: number,
): Work<Assignments> {
  const count = (condition: string) => `coalesce(sum(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0)`;
  const sql = `
    SELECT ${count("first = 'model' AND last = 'model'")} AS model,
      ${count("first = 'control' AND last = 'control'")} AS control, ${count('first <> last')} AS "both"
    FROM (
      SELECT min(p.variant) AS first, max(p.variant) AS last FROM ${at}prediction p
      WHERE p.created_ms >= $1 AND p.reason = 'SPLIT' AND p.revision >= $2
      -- Not by the column: SQLite would go through the whole history in the order of its index.
      GROUP BY p.booking_id || ''
    ) b`;
  const [row] = yield { sql, values: [fromMs, revisionFrom] };
  return v.parse(schema, row);
}
