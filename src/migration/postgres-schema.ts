import type pg from 'pg';
import { limited } from '../postgres-statement.js';

/** True where the schema `atmr_ml` is there, in whatever version. */
export const HAS_SCHEMA = "to_regclass('atmr_ml.migration') IS NOT NULL";

/** How many migrations the schema `atmr_ml` has had; 0 when there is none yet. Rejects after `limitMs` of silence. */
export async function schemaVersion(client: pg.ClientBase, limitMs: number): Promise<number> {
  const { rows: found } = await client.query<{ exists: boolean }>(
    limited(`SELECT ${HAS_SCHEMA} AS exists`, limitMs),
  );
  return found[0]?.exists === true ? await versionOfSchema(client, limitMs) : 0;
}

/** The same where the schema is there. */
export async function versionOfSchema(client: pg.ClientBase, limitMs: number): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    limited('SELECT coalesce(max(id), 0)::int AS version FROM atmr_ml.migration', limitMs),
  );
  return rows[0]?.version ?? 0;
}
