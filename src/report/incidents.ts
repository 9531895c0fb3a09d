import type { Episode } from '../guard/guard-store.js';
import type { Incident } from './report.js';

/** The episodes of which some part lies in the window, oldest first. Pure. */
export function incidentsIn(
  episodes: readonly Episode[],
  fromMs: number,
  untilMs: number,
  clean: (text: string) => string,
): Incident[] {
  return episodes
    .filter(({ beganMs, endedMs }) => beganMs < untilMs && (endedMs === null || endedMs >= fromMs))
    .map((episode) => incidentOf(episode, clean));
}

function incidentOf(episode: Episode, clean: (text: string) => string): Incident {
  const { rule, level, beganMs, endedMs, text, value, threshold, action, dryRun } = episode;
  const { acknowledgedMs, acknowledgedBy } = episode;
  return {
    ...{ rule, level, began: iso(beganMs), ended: endedMs === null ? null : iso(endedMs) },
    ...{ text: clean(text), value, threshold, action, dryRun },
    acknowledgedBy: acknowledgedBy === null ? null : clean(acknowledgedBy),
    acknowledgedAt: acknowledgedMs === null ? null : iso(acknowledgedMs),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
