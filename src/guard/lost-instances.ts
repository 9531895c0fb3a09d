import type { Instance } from '../flag/instances.js';
import type { Episode } from './guard-store.js';

/** The name under which a lost heartbeat is remembered; each instance once. */
export const LOST_INSTANCE = 'lost_instance';

/** Servers whose heartbeat stopped without a good-bye, as episodes that are over; `known` are those remembered already. */
export function lostInstances(
  instances: readonly Instance[],
  known: readonly Episode[],
  nowMs: number,
): Episode[] {
  const ids = new Set(known.map(({ id }) => id));
  return instances
    .filter(({ live, url }) => !live && url !== null)
    .map(({ instance, seenAgoMs }) => {
      const lostMs = Math.round(nowMs - seenAgoMs);
      return {
        ...{ id: `${LOST_INSTANCE} ${instance}`, rule: LOST_INSTANCE, level: 'warn' as const, looks: 1 },
        ...{ beganMs: lostMs, endedMs: lostMs, text: `${instance} was lost without a stop` },
        ...{ value: null, threshold: null, action: null, dryRun: false, actedMs: null },
        ...{ acknowledgedMs: null, acknowledgedBy: null },
      };
    })
    .filter(({ id }) => !ids.has(id));
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
