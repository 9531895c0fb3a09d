import { messageOf } from '../errors.js';
import { sendJournal } from '../flag/sync.js';
import { lintPlan } from '../rollout/lint.js';
import { planId } from '../rollout/plan-id.js';
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
  readonly moved: Moved | null;
  /** Everything that is remembered after the tick. */
  readonly episodes: readonly Episode[];
  /** Why what was seen could not be remembered; `null` when it could. */
  readonly notRemembered: string | null;
  readonly heartbeat: 'sent' | 'failed' | 'none';
}

/** A move of the plan by itself, and what became of it. */
export interface Moved extends Acted {
  readonly event: string;
  readonly reason: string;
}

export interface TickSources extends SurveySources {
  /** Names this guard among those that could lead. */
  readonly holder: string;
  readonly leaseMs: number;
  readonly act: ActSettings;
  /** Whether all guards of the flag see one ledger; with Redis alone each machine has its own. */
  readonly isShared: boolean;
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
  const { guard } = seen;
  // While the ledger is away each goes by what it saw itself: who leads may have seen nothing.
  const mayAct = lead.leads || seen.telemetryFault !== null;
  const acted = mayAct && guard?.act ? await act(holders, seen, guard.act, sources.act) : null;
  const changed = changedEpisodes(seen, acted);
  const notRemembered = lead.leads ? await remember(sources, seen, changed) : null;
  const moved = lead.leads && acted === null ? await followPlan(sources, seen) : null;
  const heartbeat = await beat(sources);
  const episodes = [...new Map([...seen.episodes, ...changed].map((one) => [one.id, one])).values()];
  return { survey: seen, ...lead, acted, moved, episodes, notRemembered, heartbeat };
}

/** A database that does not answer keeps nobody from acting: nobody else can lead there either. */
async function takeLead({ guardStore, holder, leaseMs }: TickSources) {
  try {
    if (await guardStore.lead(holder, leaseMs)) return { leads: true, leader: holder };
    return { leads: false, leader: await guardStore.leader().catch(() => null) };
  } catch {
    return { leads: true, leader: null };
  }
}

/** An act that failed is not remembered as done: the next look tries it again. */
function changedEpisodes(
  { guard, episodes, status, nowMs, telemetryFault }: Survey,
  acted: Acted | null,
): Episode[] {
  if (guard === null || telemetryFault !== null) return [];
  const failed = acted !== null && !acted.done ? guard.act : null;
  const changed = guard.episodes.map((episode): Episode => {
    if (failed === null || episode.rule !== failed.rule) return episode;
    const before = episodes.find(({ id }) => id === episode.id);
    return { ...episode, action: before?.action ?? null, actedMs: before?.actedMs ?? null };
  });
  return [...changed, ...lostInstances(status.instances, episodes, nowMs)];
}

async function remember(
  { guardStore }: TickSources,
  seen: Survey,
  changed: readonly Episode[],
): Promise<string | null> {
  if (seen.telemetryFault !== null) return seen.telemetryFault;
  try {
    await guardStore.put(changed);
    return null;
  } catch (thrown) {
    return messageOf(thrown);
  }
}

/** Not by another plan than the rollout's, nor by one that is unsound, nor by evidence of this machine alone. */
function mayFollow({ plan, isShared }: TickSources, rollout: Survey['rollout']): boolean {
  const isSound = lintPlan(plan).every(({ level }) => level !== 'error');
  return isShared && isSound && rollout?.planId === planId(plan);
}

async function followPlan(sources: TickSources, seen: Survey): Promise<Moved | null> {
  const { rollout, recorded, status } = seen;
  if (status.regressed || seen.telemetryFault !== null) return null;
  const { holders, act: settings } = sources;
  const next = planMove(rollout, recorded, status.flag, status.instances, mayFollow(sources, rollout));
  if (next === null) return null;
  const { event, reason } = next;
  return { event: event.kind, reason, ...(await move(holders, status.flag, event, reason, settings)) };
}

async function beat({ beat: send }: TickSources): Promise<Tick['heartbeat']> {
  if (send === null) return 'none';
  return await send().then(
    () => 'sent' as const,
    () => 'failed' as const,
  );
}
