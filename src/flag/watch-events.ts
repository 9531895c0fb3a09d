import { oneLine } from '../one-line.js';
import { t } from '../wording/t.js';
import { authorOf, whoDidWhat } from './conflict.js';
import type { Flag } from './flag.js';
import type { Holders } from './holders.js';
import type { Instance } from './instances.js';
import type { Mark } from './state.js';
import type { Status } from './status.js';
import { type Wall, wallTime } from './wall-time.js';

/** Something that a person who watches wants to hear. */
export type WatchEvent =
  | { readonly event: 'flag'; readonly flag: Flag }
  | { readonly event: 'forced off'; readonly mark: Mark }
  | { readonly event: 'forced off ended'; readonly mark: Mark }
  | { readonly event: 'store'; readonly store: string; readonly answers: boolean }
  | { readonly event: 'instance'; readonly instance: string; readonly state: 'live' | 'lost' | 'stopped' };

/**
 * What happened between two looks; the first look tells everything that is. `overtaken` are the flags that came
 * and went in between.
 */
export function eventsBetween(
  before: Status | null,
  now: Status,
  overtaken: readonly Flag[] = [],
): WatchEvent[] {
  return [
    ...overtaken.map((flag) => ({ event: 'flag' as const, flag })),
    ...flagEvents(before, now),
    ...now.marks
      .filter(({ id }) => !holds(before, id))
      .map((mark) => ({ event: 'forced off' as const, mark })),
    ...(before?.marks ?? [])
      .filter(({ id }) => !holds(now, id))
      .map((mark) => ({ event: 'forced off ended' as const, mark })),
    ...storeEvents(before, now),
    ...instanceEvents(before, now),
  ];
}

/** `now`, with the instances that it cannot tell of because a store is away: they have not stopped. */
export function withSilent(before: Status | null, now: Status): Status {
  if (before === null || now.stores.every(({ answers }) => answers)) return now;
  return { ...now, instances: [...now.instances, ...missingFrom(now, before)] };
}

/** The flags that were written between two looks, without the one that is there now; oldest first. */
export async function overtakenFlags(
  { record }: Holders,
  before: Status | null,
  now: Status,
): Promise<Flag[]> {
  const [from, to] = [before?.flag?.revision ?? 0, now.flag?.revision ?? 0];
  if (before === null || to - from < 2) return [];
  const entries = await record.history(to - from).catch(() => []);
  const between = entries.filter(({ revision }) => revision > from && revision < to);
  return between.toReversed().map(({ after }) => ({ ...after, clears: [] }));
}

export function eventLine(event: WatchEvent, at: string, timeZone: string): string {
  const wall = { timeZone, nowMs: Date.parse(at) };
  return `${wallTime(at, wall)}  ${eventText(event, wall)}`;
}

function eventText(event: WatchEvent, wall: Wall): string {
  switch (event.event) {
    case 'flag':
      return t`revision ${event.flag.revision}: ${whoDidWhat(authorOf(event.flag), wall)}`;
    case 'forced off':
      return t`forced off by ${oneLine(event.mark.by)} on ${event.mark.host}`;
    case 'forced off ended':
      return t`the forced off by ${oneLine(event.mark.by)} has ended`;
    case 'store':
      return event.answers ? t`${event.store} answers` : t`${event.store} does not answer`;
    case 'instance':
      return INSTANCE_IS[event.state](event.instance);
  }
}

const INSTANCE_IS: Readonly<Record<'live' | 'lost' | 'stopped', (instance: string) => string>> = {
  live: (instance) => t`instance ${instance} is live`,
  lost: (instance) => t`instance ${instance} is lost`,
  stopped: (instance) => t`instance ${instance} is stopped`,
};

function flagEvents(before: Status | null, { flag }: Status): WatchEvent[] {
  return flag === null || flag.changeId === before?.flag?.changeId ? [] : [{ event: 'flag', flag }];
}

function storeEvents(before: Status | null, { stores }: Status): WatchEvent[] {
  return stores
    .filter(({ name, answers }) => before?.stores.find((store) => store.name === name)?.answers !== answers)
    .map(({ name, answers }) => ({ event: 'store', store: name, answers }));
}

function instanceEvents(before: Status | null, now: Status): WatchEvent[] {
  const changed = now.instances.filter(
    ({ instance, live }) => before?.instances.find((was) => was.instance === instance)?.live !== live,
  );
  const gone = before === null ? [] : missingFrom(withSilent(before, now), before);
  return [
    ...changed.map(({ instance, live }) => {
      return { event: 'instance' as const, instance, state: live ? ('live' as const) : ('lost' as const) };
    }),
    ...gone.map(({ instance }) => ({ event: 'instance' as const, instance, state: 'stopped' as const })),
  ];
}

function missingFrom(now: Status, before: Status): Instance[] {
  return before.instances.filter(({ instance }) => !now.instances.some((is) => is.instance === instance));
}

function holds(status: Status | null, id: string): boolean {
  return status?.marks.some((mark) => mark.id === id) ?? false;
}
