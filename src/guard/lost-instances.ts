import type { Instance } from '../flag/instances.js';
import type { Episode } from './guard-store.js';

/** The name under which a lost heartbeat is remembered; each instance once. */
export const LOST_INSTANCE = 'lost_instance';

/** Who acknowledges a loss that was none. */
const CAME_BACK = 'the instance, which came back';

/**
 * What is to be remembered of servers whose heartbeat stopped without a good-bye, as episodes that are over; `known` are
 * those remembered already. One that reports again did not crash: it or its store was away for a while.
 */
export function lostInstances(
  instances: readonly Instance[],
  known: readonly Episode[],
  nowMs: number,
): Episode[] {
  const byId = new Map(known.map((episode) => [episode.id, episode]));
  return instances.flatMap((one) => {
    if (one.url === null) return [];
    const before = byId.get(idOf(one));
    if (!one.live) return before === undefined || isBack(before) ? [lossOf(one, nowMs)] : [];
    if (before === undefined || before.acknowledgedMs !== null) return [];
    return [{ ...before, acknowledgedMs: nowMs, acknowledgedBy: CAME_BACK }];
  });
}

function lossOf(one: Instance, nowMs: number): Episode {
  const lostMs = Math.round(nowMs - one.seenAgoMs);
  return {
    ...{ id: idOf(one), rule: LOST_INSTANCE, level: 'warn', looks: 1 },
    ...{ beganMs: lostMs, endedMs: lostMs, text: `${one.instance} was lost without a stop` },
    ...{ value: null, threshold: null, action: null, dryRun: false, actedMs: null },
    ...{ acknowledgedMs: null, acknowledgedBy: null },
  };
}

function isBack({ acknowledgedBy }: Episode): boolean {
  return acknowledgedBy === CAME_BACK;
}

function idOf({ instance }: Instance): string {
  return `${LOST_INSTANCE} ${instance}`;
}

/** Those lost since, which nobody has acknowledged: a reason that is known does not stop a step for ever. */
export function crashesSince(episodes: readonly Episode[], sinceMs: number): Episode[] {
  return episodes.filter(
    ({ rule, beganMs, acknowledgedMs }) =>
      rule === LOST_INSTANCE && beganMs >= sinceMs && acknowledgedMs === null,
  );
}

/** "vm-1-ab": the instance that an episode is about. */
export function instanceOf({ id }: Episode): string {
  return id.slice(LOST_INSTANCE.length + 1);
}
