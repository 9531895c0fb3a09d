import type { Dialect, Row, Work } from '../ledger/statement.js';
import { storable } from '../ledger/storable.js';
import { ENTRY_COLUMNS } from './outbox-rows.js';

const LONGEST_ERROR = 500;

/**
 * Takes up to `limit` entries that are due for `forMs`, the oldest; their rows come in any order. One statement, by the
 * database's clock: of several that ask at once, each gets others, and in Postgres nobody waits for what another is taking.
 */
export function* claimEntries(
  { schema: at, nowMs, forUpdate }: Dialect,
  key: string,
  holder: string,
  limit: number,
  forMs: number,
): Work<readonly Row[]> {
  // MATERIALIZED: looked for once, so that `limit` is kept whatever way the planner takes.
  const sql = `
    WITH due AS MATERIALIZED (
      SELECT id FROM ${at}alert_outbox
        WHERE key = $1 AND sent_ms IS NULL AND gave_up_ms IS NULL AND next_ms <= ${nowMs}
          AND (claimed_until_ms IS NULL OR claimed_until_ms <= ${nowMs})
        ORDER BY created_ms, id LIMIT $2 ${forUpdate === '' ? '' : `${forUpdate} SKIP LOCKED`}
    )
    UPDATE ${at}alert_outbox SET claimed_by = $3, claimed_until_ms = ${nowMs} + CAST($4 AS bigint)
      WHERE key = $1 AND id IN (SELECT id FROM due)
      RETURNING ${ENTRY_COLUMNS}`;
  return yield { sql, values: [key, limit, holder, Math.round(forMs)] };
}

/** It arrived. A claim that has ended is still the holder's until another one has it. */
export function* markSent(
  { schema: at, nowMs }: Dialect,
  key: string,
  id: string,
  holder: string,
): Work<void> {
  const sql = `UPDATE ${at}alert_outbox SET sent_ms = ${nowMs}, attempts = attempts + 1, last_error = NULL,
      claimed_by = NULL, claimed_until_ms = NULL
    WHERE key = $1 AND id = $2 AND claimed_by = $3`;
  yield { sql, values: [key, id, holder] };
}

/** It did not: next in `againInMs`, or never. */
export function* markFailed(
  { schema: at, nowMs }: Dialect,
  key: string,
  id: string,
  holder: string,
  error: string,
  againInMs: number | null,
): Work<void> {
  const then = againInMs === null ? `gave_up_ms = ${nowMs}` : `next_ms = ${nowMs} + CAST($5 AS bigint)`;
  const sql = `UPDATE ${at}alert_outbox SET last_error = $4, attempts = attempts + 1, ${then},
      claimed_by = NULL, claimed_until_ms = NULL
    WHERE key = $1 AND id = $2 AND claimed_by = $3`;
  const values = [key, id, holder, storable(error.slice(0, LONGEST_ERROR))];
  yield { sql, values: againInMs === null ? values : [...values, Math.round(againInMs)] };
}
