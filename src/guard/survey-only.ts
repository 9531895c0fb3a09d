import { survey } from './survey.js';
import type { Tick, TickSources } from './tick.js';

/** A tick that only looks: what it would do is said, and nothing is changed, taken or remembered. */
export async function surveyOnly(sources: TickSources): Promise<Tick> {
  const leader = await sources.guardStore.leader().catch(() => null);
  const nothing = { acted: null, moved: null, notRemembered: null, heartbeat: 'none' } as const;
  return { survey: await survey(sources), leads: false, leader, ...nothing };
}
