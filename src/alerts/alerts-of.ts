import type { Episode } from '../guard/guard-store.js';
import { LOST_INSTANCE } from '../guard/lost-instances.js';
import type { Alert, DoneAction, Severity } from './alert.js';

/** What a tick gives to tell of. */
export interface News {
  readonly flag: string;
  readonly nowMs: number;
  /** As they are remembered after the tick. */
  readonly episodes: readonly Episode[];
  /** Episodes that are over for so long are told as over: until then they may come back. */
  readonly settleMs: number;
  readonly remindMs: number | null;
  /** The plan's own move, by its event. */
  readonly moved: {
    readonly event: string;
    readonly reason: string;
    readonly revision: number | null;
  } | null;
  /** Since when nothing can be looked at, and why; `null` while it can. */
  readonly telemetry: { readonly sinceMs: number; readonly text: string } | null;
  /** What the model answers after the tick. */
  readonly percentage: number;
  readonly simulated: boolean;
}

/** Older events were told, or nobody was there to tell; the outbox remembers them for longer. */
const FRESH_MS = 24 * 3_600_000;

/**
 * The alerts of a tick. Pure, and the same for whoever looks: an event has one id, made of its episode and its kind, so that
 * nothing is told twice however often it is seen.
 */
export function alertsOf(news: News): Alert[] {
  return [
    ...news.episodes.flatMap((episode) => ofEpisode(episode, news)),
    ...ofPlan(news),
    ...ofTelemetry(news),
  ];
}

function ofEpisode(episode: Episode, news: News): Alert[] {
  const { id, beganMs, actedMs, action, endedMs, rule } = episode;
  if (rule === LOST_INSTANCE) return [];
  const alerts: Alert[] = [];
  const isActed = actedMs !== null && action !== null && action !== 'notify';
  // What was acted on at its first look is told once, with what was done.
  if (isActed) alerts.push(made(episode, news, 'acted', `${id} ${action} ${actedMs}`, actedMs));
  else alerts.push(made(episode, news, 'begun', `${id} begun`, beganMs));
  const isSettled = endedMs !== null && news.nowMs - endedMs >= news.settleMs;
  if (isSettled) alerts.push(made(episode, news, 'recovered', `${id} recovered`, endedMs));
  const due = reminderOf(episode, news);
  if (due !== null) alerts.push(made(episode, news, 'reminder', `${id} reminder ${due}`, news.nowMs));
  return alerts.filter(({ atMs }) => atMs > news.nowMs - FRESH_MS);
}

/** Counts the reminders of a critical episode that nobody has acknowledged; `null` where none is due. */
function reminderOf(
  { endedMs, acknowledgedMs, actedMs, dryRun }: Episode,
  { remindMs, nowMs }: News,
): number | null {
  if (remindMs === null || dryRun || acknowledgedMs !== null || actedMs === null || endedMs !== null)
    return null;
  const count = Math.floor((nowMs - actedMs) / remindMs);
  return count >= 1 ? count : null;
}

function made(episode: Episode, news: News, kind: Alert['kind'], id: string, atMs: number): Alert {
  const { rule, beganMs, value, threshold, text, action, dryRun } = episode;
  const done = action === null || action === 'notify' || kind === 'begun' || kind === 'recovered';
  return {
    ...{ id: `${news.flag} ${id}`, flag: news.flag, subject: rule, kind, severity: severityOf(episode) },
    ...{ beganMs, atMs, value, threshold, evidence: text, simulated: news.simulated },
    done: done ? null : { action: action as DoneAction, percentage: dryRun ? null : news.percentage, dryRun },
  };
}

/** What takes traffic back is critical; what holds or warns is for today. */
export function severityOf({
  level,
  action,
  dryRun,
}: Pick<Episode, 'level' | 'action' | 'dryRun'>): Severity {
  if (dryRun) return 'warning';
  if (action === 'roll_back' || action === 'disable' || action === 'halve') return 'critical';
  return level === 'notice' ? 'notice' : 'warning';
}

/** `ready` and the like come and go; what moves traffic, or asks for a person, is worth a message. */
const TOLD: readonly string[] = ['ready', 'advance', 'complete'];

function ofPlan({ moved, flag, nowMs, percentage, simulated }: News): Alert[] {
  if (moved === null || !TOLD.includes(moved.event)) return [];
  return [
    {
      ...{
        id: `${flag} rollout ${moved.event} ${moved.revision}`,
        flag,
        subject: 'rollout',
        kind: 'moved' as const,
      },
      ...{ severity: 'warning' as const, beganMs: nowMs, atMs: nowMs, value: null, threshold: null },
      ...{ evidence: moved.reason, simulated },
      done: { action: moved.event as DoneAction, percentage, dryRun: false },
    },
  ];
}

function ofTelemetry({ telemetry, flag, nowMs, simulated }: News): Alert[] {
  if (telemetry === null) return [];
  return [
    {
      // By the hour: two instances that lose the database are not told apart by their seconds.
      ...{ id: `${flag} telemetry ${Math.floor(telemetry.sinceMs / 3_600_000)}`, flag, subject: 'telemetry' },
      ...{ kind: 'begun' as const, severity: 'warning' as const, beganMs: telemetry.sinceMs, atMs: nowMs },
      ...{ value: null, threshold: null, evidence: telemetry.text, done: null, simulated },
    },
  ];
}
