import { chunks, type Dialect, type Row, tuples, type Work } from '../ledger/statement.js';
import { EPISODE_COLUMNS, episodeValues } from './episode-rows.js';
import type { Episode } from './guard-store.js';

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
  const set = EPISODE_COLUMNS.slice(1).map((column) => `${column} = excluded.${column}`);
  // In one order everywhere: two writers never wait for each other in a circle.
  for (const ids of chunks([...byId.keys()].sort())) {
    const sql = `INSERT INTO ${at}guard_episode (key, ${EPISODE_COLUMNS.join(', ')})
      VALUES ${tuples(ids.length, EPISODE_COLUMNS.length + 1)}
      ON CONFLICT (key, id) DO UPDATE SET ${set.join(', ')}`;
    yield { sql, values: ids.flatMap((id) => [key, ...episodeValues(byId.get(id)!)]) };
  }
}
