import * as v from 'valibot';
import type { Dialect, Work } from '../ledger/statement.js';

/**
 * Takes or renews the lead; true for the one that has it. One statement, by the database's clock: of several that ask
 * at once, one wins, whatever their own clocks say.
 */
export function* takeLead(
  { schema: at, nowMs }: Dialect,
  key: string,
  holder: string,
  forMs: number,
): Work<boolean> {
  const sql = `
    INSERT INTO ${at}guard_lease AS l (key, holder, until_ms) VALUES ($1, $2, ${nowMs} + CAST($3 AS bigint))
    ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, until_ms = excluded.until_ms
      WHERE l.holder = excluded.holder OR l.until_ms <= ${nowMs}
    RETURNING holder`;
  return (yield { sql, values: [key, holder, Math.round(forMs)] }).length > 0;
}

/** Gives the lead back, if it is the holder's. */
export function* giveLeadBack({ schema: at }: Dialect, key: string, holder: string): Work<void> {
  yield { sql: `DELETE FROM ${at}guard_lease WHERE key = $1 AND holder = $2`, values: [key, holder] };
}

/** What the database's clock shows. */
export function* readClock({ nowMs }: Dialect): Work<number> {
  const [row] = yield { sql: `SELECT CAST(${nowMs} AS text) AS ms`, values: [] };
  return Number(v.parse(v.object({ ms: v.string() }), row).ms);
}

/** Who leads now; `null` when nobody does. */
export function* readLeader({ schema: at, nowMs }: Dialect, key: string): Work<string | null> {
  const sql = `SELECT holder FROM ${at}guard_lease WHERE key = $1 AND until_ms > ${nowMs}`;
  const [row] = yield { sql, values: [key] };
  return row === undefined ? null : v.parse(v.object({ holder: v.string() }), row).holder;
}
