import { withDeadline } from '../deadline.js';
import type { ModelReference } from './flag.js';
import { type Holders, storesOf } from './holders.js';
import type { InstanceReport, SeenInstance, Store } from './store.js';
import { LIVE_MS, TIMEOUTS_MS } from './store-timeouts.js';

/** What an instance has to report before the change is confirmed there. */
export type Expectation =
  | { readonly kind: 'disable'; readonly markId: string }
  | { readonly kind: 'edit'; readonly revision: number; readonly named: readonly string[] };

/** One process that reads the flag, as all stores together tell of it. */
export interface Instance {
  readonly instance: string;
  readonly host: string;
  readonly pid: number;
  readonly url: string | null;
  readonly revision: number;
  readonly changeId: string | null;
  readonly model: ModelReference | null;
  readonly off: readonly string[];
  readonly seenAgoMs: number;
  /** False: it stopped reporting without saying good-bye, and may still serve what it knew. */
  readonly live: boolean;
  readonly confirmed: boolean;
}

/** Whether this report says that the change is on the instance's disk. */
export function isConfirmed({ off, revision }: InstanceReport, expectation: Expectation): boolean {
  if (expectation.kind === 'disable') return off.includes(expectation.markId);
  return revision >= expectation.revision && !expectation.named.some((id) => off.includes(id));
}

/** What each store that answered tells of the instances; a store that is not in it did not answer. */
export type Reports = ReadonlyMap<Store['name'], readonly SeenInstance[]>;

/** Asks every store once, all at the same time, for at most `limitMs`. Never rejects for one that is away. */
export async function readReports(
  holders: Pick<Holders, 'record' | 'copy'>,
  limitMs: number = TIMEOUTS_MS.instances,
): Promise<Reports> {
  const asked = storesOf(holders).map(async (store) => {
    return [store.name, await withDeadline(store.instances(), limitMs, store.name)] as const;
  });
  const answers = await Promise.allSettled(asked);
  return new Map(answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])));
}

export function allOf(reports: Reports): SeenInstance[] {
  return [...reports.values()].flat();
}

/**
 * One line per instance, by name; what it told any store, it has told. One that was not seen for `staleAfterMs`
 * serves no model any more, and is left out.
 */
export function judged(
  seen: readonly SeenInstance[],
  expectation: Expectation | null,
  staleAfterMs: number,
): Instance[] {
  const byName = new Map<string, SeenInstance[]>();
  for (const one of seen) {
    if (one.seenAgoMs > staleAfterMs) continue;
    const reports = byName.get(one.report.instance) ?? [];
    byName.set(one.report.instance, [...reports, one]);
  }
  return [...byName.values()].map((reports) => oneInstance(reports, expectation)).sort(byInstance);
}

function oneInstance(reports: readonly SeenInstance[], expectation: Expectation | null): Instance {
  const freshest = reports.reduce((a, b) => (b.seenAgoMs < a.seenAgoMs ? b : a));
  const { instance, host, pid, url, revision, changeId, model, off } = freshest.report;
  return {
    ...{ instance, host, pid, url, revision, changeId, model, off },
    seenAgoMs: freshest.seenAgoMs,
    live: freshest.seenAgoMs <= LIVE_MS,
    confirmed: expectation !== null && reports.some(({ report }) => isConfirmed(report, expectation)),
  };
}

function byInstance(a: Instance, b: Instance): number {
  return a.instance < b.instance ? -1 : 1;
}
