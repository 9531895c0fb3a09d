import * as v from 'valibot';
import { chunks, type Dialect, list, type Row, tuples, type Work } from '../ledger/statement.js';
import { storable } from '../ledger/storable.js';
import type { NewEntry } from './outbox.js';
import { ENTRY_COLUMNS, NEW_COLUMNS, newEntryValues } from './outbox-rows.js';

/** Why an entry that somebody saw in time was not sent. */
const SEEN = 'somebody has seen to it';

const idSchema = v.object({ id: v.string() });

/** Adds those whose id is not there yet; of several of one id, the first counts. Returns the ids that were new. */
export function* addEntries(
  { schema: at }: Dialect,
  key: string,
  entries: readonly NewEntry[],
): Work<readonly string[]> {
  const byId = new Map(entries.toReversed().map((entry) => [storable(entry.id), entry]));
  const added: string[] = [];
  // In one order everywhere: two writers never wait for each other in a circle.
  for (const ids of chunks([...byId.keys()].sort())) {
    const sql = `INSERT INTO ${at}alert_outbox (key, ${NEW_COLUMNS.join(', ')})
      VALUES ${tuples(ids.length, NEW_COLUMNS.length + 1)}
      ON CONFLICT DO NOTHING RETURNING id`;
    const rows = yield { sql, values: ids.flatMap((id) => [key, ...newEntryValues(byId.get(id)!)]) };
    added.push(...rows.map((row) => v.parse(idSchema, row).id));
  }
  return added;
}

/** The rows of the newest entries, newest first. */
export function* readEntries({ schema: at }: Dialect, key: string, limit: number): Work<readonly Row[]> {
  const sql = `SELECT ${ENTRY_COLUMNS} FROM ${at}alert_outbox WHERE key = $1
    ORDER BY created_ms DESC, id DESC LIMIT $2`;
  return yield { sql, values: [key, limit] };
}

/** Gives up those of these alerts that may still arrive, but for what is being sent now. They stay: who tells again, tells nothing. */
export function* dropEntries(
  { schema: at, nowMs, forUpdate }: Dialect,
  key: string,
  alertIds: readonly string[],
): Work<void> {
  for (const ids of chunks([...new Set(alertIds.map((id) => storable(id)))].sort())) {
    const sql = `UPDATE ${at}alert_outbox SET gave_up_ms = ${nowMs}, last_error = '${SEEN}' WHERE key = $1 AND id IN (
      SELECT id FROM ${at}alert_outbox
        WHERE key = $1 AND sent_ms IS NULL AND gave_up_ms IS NULL
          AND (claimed_until_ms IS NULL OR claimed_until_ms <= ${nowMs})
          AND alert_id IN ${list(ids.length, 1)}
        ORDER BY created_ms, id ${forUpdate}
      )`;
    yield { sql, values: [key, ...ids] };
  }
}

/** Removes what was sent or given up before. */
export function* pruneEntries({ schema: at }: Dialect, key: string, beforeMs: number): Work<void> {
  yield {
    sql: `DELETE FROM ${at}alert_outbox WHERE key = $1 AND coalesce(sent_ms, gave_up_ms) < $2`,
    values: [key, beforeMs],
  };
}
