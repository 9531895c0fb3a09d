import type { Episode } from '../documents.js';

/** Whether it asks anybody: what is over, and led to nothing, does not. */
export function isOpen({ endedMs, actedMs, acknowledgedBy }: Episode): boolean {
  return acknowledgedBy === null && (endedMs === null || actedMs !== null);
}

const RANKS = { act: 0, warn: 1, notice: 2 } as const;

/** What asks somebody first, the worst of it first, and of equals the newest. */
export function bySeverity(episodes: readonly Episode[]): Episode[] {
  const rank = (episode: Episode) => (isOpen(episode) ? 0 : 3) + RANKS[episode.level];
  return episodes.toSorted((a, b) => rank(a) - rank(b) || b.beganMs - a.beganMs);
}
