import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '../wording/t.js';
import type { Change, Warning } from './change.js';
import type { Holders } from './holders.js';
import { allOf, type Expectation, type Instance, judged, type Reports, readReports } from './instances.js';
import { otherModelWarnings } from './model-reference.js';
import type { Store } from './store.js';
import { LIVE_MS } from './store-timeouts.js';
import { wallOf, wallTime } from './wall-time.js';

/** `verdict` is the exit the change deserves. */
export interface Confirmation {
  readonly verdict: 'confirmed' | 'unconfirmed' | 'regressed';
  readonly instances: readonly Instance[];
  /** How many instances were waited for: those live when the change was sent, or since. */
  readonly counted: number;
  /** How many of them confirmed. */
  readonly confirmedBy: number;
  /** Milliseconds from sending the change until all of them had; `null` when not all did, or there were none. */
  readonly confirmedAfterMs: number | null;
  readonly warnings: readonly Warning[];
}

export interface ConfirmationSettings {
  /** 0 looks once. */
  readonly waitMs: number;
  readonly expectInstances: number;
  readonly staleAfterMs: number;
  /** Where the readers would be: the store's path or URL, without its password. */
  readonly place: string;
  /** Ends the waiting early; the change stays as it is. */
  readonly interrupted?: AbortSignal;
}

const POLL_MS = 50;

/**
 * Waits until every instance that was live when the change was sent (`sentMs`, on the monotonic clock), or since,
 * reports that it is on its disk, and every store that has the change has told of its instances: silence is not a
 * confirmation, neither a store's nor an instance's. What a store told once, it has told.
 */
export async function confirm(
  holders: Holders,
  change: Change,
  settings: ConfirmationSettings,
  sentMs = holders.clock.monotonicMs(),
): Promise<Confirmation> {
  const { clock } = holders;
  const startMs = clock.monotonicMs();
  const expectation = expectationOf(change);
  let reports: Reports = new Map();
  while (true) {
    reports = new Map([...reports, ...(await readReports(holders))]);
    const instances = judged(allOf(reports), expectation, settings.staleAfterMs);
    const silent = change.confirmedIn.filter((name) => !reports.has(name));
    const nowMs = clock.monotonicMs();
    const counted = countedSince(instances, nowMs - sentMs);
    const done = silent.length === 0 && isComplete(counted, settings.expectInstances);
    const interrupted = !done && settings.interrupted?.aborted === true;
    if (done || interrupted || nowMs - startMs >= settings.waitMs) {
      const regressed = await instancesAbove(holders, instances);
      const look = { instances, counted, silent, answered: reports.size > 0 };
      const told = concluded(holders, settings, look, regressed, done ? nowMs - sentMs : null);
      const notice = interrupted ? [interruptedWarning(change)] : [];
      return { ...told, warnings: [...notice, ...told.warnings, ...modelWarnings(change, instances)] };
    }
    await sleep(POLL_MS, undefined, { signal: settings.interrupted }).catch(() => {});
  }
}

/** What the stores told while the writer waited. */
interface Look {
  readonly instances: readonly Instance[];
  /** Those whose confirmation is waited for. */
  readonly counted: readonly Instance[];
  /** The stores that have the change and told nothing; one that is known as missing is not among them. */
  readonly silent: readonly Store['name'][];
  readonly answered: boolean;
}

/** `null` when nothing was recorded that an instance could confirm. */
function expectationOf({ mark, after, named }: Change): Expectation | null {
  if (mark !== null) return { kind: 'disable', markId: mark.id };
  return after === null ? null : { kind: 'edit', revision: after.revision, named };
}

/** Who falls silent after the change was sent may stand still and go on later with what it knew: it stays. */
function countedSince(instances: readonly Instance[], sentAgoMs: number): Instance[] {
  return instances.filter(({ seenAgoMs }) => seenAgoMs <= LIVE_MS + sentAgoMs);
}

function isComplete(counted: readonly Instance[], expected: number): boolean {
  return counted.every((instance) => instance.confirmed) && counted.length >= expected;
}

/** Live instances above the record, which was read after them: it lost what they saw. */
async function instancesAbove({ record }: Holders, instances: readonly Instance[]): Promise<Warning[]> {
  const live = instances.filter((instance) => instance.live);
  if (live.length === 0) return [];
  const state = await record.read().catch(() => null);
  if (state === null) return [];
  const recorded = state.flag?.revision ?? 0;
  return live
    .filter(({ revision }) => revision > recorded)
    .map(({ instance, revision }) => ({
      code: 'STORE_REGRESSED',
      text: t`${instance} has seen revision ${revision}, the record is at ${recorded}: the record lost data.`,
    }));
}

/** Nobody serves a model under a forced off, whichever it is. */
function modelWarnings({ mark, after }: Change, instances: readonly Instance[]): readonly Warning[] {
  return mark === null ? otherModelWarnings(after?.model ?? null, instances) : [];
}

function concluded(
  holders: Holders,
  settings: ConfirmationSettings,
  look: Look,
  regressed: readonly Warning[],
  confirmedAfterMs: number | null,
): Confirmation {
  const { instances, counted } = look;
  const unmet = unmetWarnings(look, settings);
  const lost = instances.filter(({ live, confirmed }) => !live && !confirmed);
  return {
    verdict: regressed.length > 0 ? 'regressed' : confirmedAfterMs === null ? 'unconfirmed' : 'confirmed',
    instances,
    counted: counted.length,
    confirmedBy: counted.filter((instance) => instance.confirmed).length,
    confirmedAfterMs: counted.length === 0 ? null : confirmedAfterMs,
    warnings: [...regressed, ...unmet, ...lost.map((instance) => lostWarning(holders, instance, settings))],
  };
}

/** Whoever presses Ctrl-C has to know that it is done all the same. */
function interruptedWarning({ after, mark }: Change): Warning {
  const text =
    after === null
      ? t`Interrupted while waiting: recorded as forced off ${mark?.id ?? ''}, not confirmed.`
      : t`Interrupted while waiting: recorded as revision ${after.revision}, not confirmed.`;
  return { code: 'INTERRUPTED', text };
}

function unmetWarnings(
  { counted, silent, answered }: Look,
  { expectInstances, place }: ConfirmationSettings,
): Warning[] {
  const warnings = counted
    .filter(({ confirmed }) => !confirmed)
    .map(({ instance, host, revision, live }): Warning => {
      const text = live
        ? t`${instance} on ${host} is live and still at revision ${revision}.`
        : t`${instance} on ${host} was live when the change was sent, fell silent since, and was still at revision ${revision}.`;
      return { code: 'UNCONFIRMED', text };
    });
  for (const name of silent) {
    const text = t`${name} did not say which instances read it: whether they have the change is not known.`;
    warnings.push({ code: 'UNCONFIRMED', text });
  }
  if (counted.length === 0 && answered && silent.length === 0)
    warnings.push({ code: 'NO_READERS', text: t`no running process reads this store: ${place}` });
  if (counted.length < expectInstances) {
    const text = t`${counted.length} of the ${expectInstances} expected instances are live.`;
    warnings.push({ code: 'TOO_FEW_READERS', text });
  }
  return warnings;
}

function lostWarning(
  holders: Holders,
  { instance, seenAgoMs }: Instance,
  { staleAfterMs }: ConfirmationSettings,
): Warning {
  const untilMs = holders.clock.nowMs() - seenAgoMs + staleAfterMs;
  const until = wallTime(new Date(untilMs).toISOString(), wallOf(holders));
  const seconds = Math.round(seenAgoMs / 1000);
  const fact = t`${instance}, last seen ${seconds} s ago, may serve the model until ${until}`;
  const restarted = t`or, if it is started again, for ${Math.round(staleAfterMs / 60_000)} min from then`;
  const text = t`${fact}, ${restarted}, unless it reaches a store`;
  return { code: 'LOST_INSTANCE', text };
}
