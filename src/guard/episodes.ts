import { chunks, type Dialect, list, type Row, tuples, type Work } from '../ledger/statement.js';
import { EPISODE_COLUMNS, episodeValues } from './episode-rows.js';
import type { Episode } from './guard-store.js';
import { LOST_INSTANCE } from './lost-instances.js';

/** The rows of episodes that last, that ended since, or that acted and were not acknowledged; oldest first. */
export function* readEpisodes({ schema: at }: Dialect, key: string, sinceMs: number): Work<readonly Row[]> {
  const sql = `SELECT ${EPISODE_COLUMNS.join(', ')} FROM ${at}guard_episode
    WHERE (key = $1 AND ended_ms IS NULL) OR (key = $1 AND ended_ms >= $2)
      OR (key = $1 AND acted_ms IS NOT NULL AND acknowledged_ms IS NULL)
    ORDER BY began_ms, id`;
  return yield { sql, values: [key, sinceMs] };
}

/** Adds episodes or replaces those of the same id; of several of one id, the last counts. */
export function* putEpisodes({ schema: at }: Dialect, key: string, episodes: readonly Episode[]): Work<void> {
  const byId = new Map(episodes.map((episode) => [episode.id, episode]));
  // A guard that read an episode before it was acknowledged must not take that back; a loss may be a new one.
  const kept = ['acknowledged_ms', 'acknowledged_by'];
  const set = EPISODE_COLUMNS.slice(1).map((column) =>
    kept.includes(column)
      ? `${column} = CASE WHEN excluded.rule = '${LOST_INSTANCE}' THEN excluded.${column}
           ELSE coalesce(excluded.${column}, e.${column}) END`
      : `${column} = excluded.${column}`,
  );
  // In one order everywhere: two writers never wait for each other in a circle.
  for (const ids of chunks([...byId.keys()].sort())) {
    const sql = `INSERT INTO ${at}guard_episode AS e (key, ${EPISODE_COLUMNS.join(', ')})
      VALUES ${tuples(ids.length, EPISODE_COLUMNS.length + 1)}
      ON CONFLICT (key, id) DO UPDATE SET ${set.join(', ')}`;
    yield { sql, values: ids.flatMap((id) => [key, ...episodeValues(byId.get(id)!)]) };
  }
}

/** Marks those that nobody has acknowledged, and ends what lasts. */
export function* acknowledgeEpisodes(
  { schema: at, nowMs }: Dialect,
  key: string,
  ids: readonly string[],
  by: string,
): Work<void> {
  for (const some of chunks(ids.toSorted())) {
    const sql = `UPDATE ${at}guard_episode SET acknowledged_ms = ${nowMs}, acknowledged_by = $2,
        ended_ms = coalesce(ended_ms, ${nowMs})
      WHERE key = $1 AND acknowledged_ms IS NULL AND id IN ${list(some.length, 2)}`;
    yield { sql, values: [key, by, ...some] };
  }
}
