import type pg from 'pg';
import { limited } from '../postgres-statement.js';

/** How many migrations the schema `atmr_ml` has had; 0 when there is none yet. Rejects after `limitMs` of silence. */
export async function schemaVersion(client: pg.ClientBase, limitMs: number): Promise<number> {
  const { rows: found } = await client.query<{ exists: boolean }>(
    limited("SELECT to_regclass('atmr_ml.migration') IS NOT NULL AS exists", limitMs),
  );
  if (found[0]?.exists !== true) return 0;
  const { rows } = await client.query<{ version: number }>(
    limited('SELECT coalesce(max(id), 0)::int AS version FROM atmr_ml.migration', limitMs),
  );
  return rows[0]?.version ?? 0;
}
