import { messageOf } from '../errors.js';
import { sendJournal } from '../flag/sync.js';
import { type Acted, type ActSettings, act, move } from './act.js';
import { planMove } from './follow-plan.js';
import type { Episode } from './guard-store.js';
import { lostInstances } from './lost-instances.js';
import { type Survey, type SurveySources, survey } from './survey.js';

/** One tick, as `guard --once` prints it and `serve` logs it. */
export interface Tick {
  readonly survey: Survey;
  readonly leads: boolean;
  /** Who leads, where it is somebody else; `null` when that is not known. */
  readonly leader: string | null;
  /** What was done about the worst finding; `null` for nothing. */
  readonly acted: Acted | null;
  /** What the plan did by itself; `null` for nothing. */
  readonly moved: Acted | null;
  /** Why what was seen could not be remembered; `null` when it could. */
  readonly notRemembered: string | null;
  readonly heartbeat: 'sent' | 'failed' | 'none';
}

export interface TickSources extends SurveySources {
  /** Names this guard among those that could lead. */
  readonly holder: string;
  readonly leaseMs: number;
  readonly act: ActSettings;
  /** Tells the outside that the guard lives; `null` where nobody wants to know. */
  readonly beat: (() => Promise<void>) | null;
}

/**
 * Look, decide, act, record; in every phase, one leader at a time. Traffic goes back before anything is written down, and
 * what a crash left half done is finished first. Never rejects because a store is away.
 */
export async function tick(sources: TickSources): Promise<Tick> {
  const { holders } = sources;
  await sendJournal(holders);
  const lead = await takeLead(sources);
  const seen = await survey(sources);
  const { guard, status } = seen;
  const acted =
    lead.leads && guard !== null && guard.act !== null
      ? await act(holders, seen, guard.act, sources.act)
      : null;
  const notRemembered = lead.leads ? await remember(sources, seen, acted) : null;
  const moved = lead.leads && acted === null ? await followPlan(sources, seen) : null;
  const heartbeat = await beat(sources);
  return { survey: { ...seen, status }, ...lead, acted, moved, notRemembered, heartbeat };
}

/** A database that does not answer keeps nobody from acting: nobody else can lead there either. */
async function takeLead({ guardStore, holder, leaseMs }: TickSources) {
  try {
    if (await guardStore.lead(holder, leaseMs)) return { leads: true, leader: holder };
    return { leads: false, leader: await guardStore.leader() };
  } catch {
    return { leads: true, leader: null };
  }
}

/** An act that failed is not remembered as done: the next look tries it again. */
async function remember(
  { guardStore }: TickSources,
  seen: Survey,
  acted: Acted | null,
): Promise<string | null> {
  const { guard, episodes, status, nowMs } = seen;
  if (guard === null || seen.telemetryFault !== null) return seen.telemetryFault;
  const failed = acted !== null && !acted.done ? guard.act : null;
  const changed = guard.episodes.map((episode): Episode => {
    if (failed === null || episode.rule !== failed.rule) return episode;
    const before = episodes.find(({ id }) => id === episode.id);
    return { ...episode, action: before?.action ?? null, actedMs: before?.actedMs ?? null };
  });
  try {
    await guardStore.put([...changed, ...lostInstances(status.instances, episodes, nowMs)]);
    return null;
  } catch (thrown) {
    return messageOf(thrown);
  }
}

async function followPlan({ holders, act: settings }: TickSources, seen: Survey): Promise<Acted | null> {
  const { rollout, assessment, status } = seen;
  if (status.regressed || seen.telemetryFault !== null) return null;
  const next = planMove(rollout, assessment, status.flag, status.instances);
  return next === null ? null : await move(holders, status.flag, next.event, next.reason, settings);
}

async function beat({ beat: send }: TickSources): Promise<Tick['heartbeat']> {
  if (send === null) return 'none';
  return await send().then(
    () => 'sent' as const,
    () => 'failed' as const,
  );
}
