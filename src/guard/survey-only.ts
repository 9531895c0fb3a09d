import { survey } from './survey.js';
import type { Tick, TickSources } from './tick.js';

/** A tick that only looks: what it would do is said, and nothing is changed, taken or remembered. */
export async function surveyOnly(sources: TickSources): Promise<Tick> {
  const leader = await sources.guardStore.leader().catch(() => null);
  const seen = await survey(sources);
  const nothing = { acted: null, moved: null, notRemembered: null, heartbeat: 'none' } as const;
  return { survey: seen, leads: false, leader, episodes: seen.episodes, ...nothing };
}
