import { messageOf } from '../errors.js';
import type { Flag } from './flag.js';
import { type Holders, storesOf } from './holders.js';
import { allOf, type Instance, judged, readReports } from './instances.js';
import { isBelow } from './observation.js';
import { activeMarks, EMPTY_STATE, join, lacks, type Mark, type State } from './state.js';
import type { Store } from './store.js';
import { sightingsOf } from './sync.js';

/** Everything that is known about the flag now. */
export interface Status {
  /** `unknown`: the record does not answer, and nobody who does knows a flag. */
  readonly state: 'unknown' | 'never written' | 'off' | 'on' | 'forced off';
  /** The record's; without an answer of it, the newest that is known. */
  readonly flag: Flag | null;
  /** Somebody has seen more than the record holds: it lost data, and the readers answer control. */
  readonly regressed: boolean;
  /** The forced offs that hold. */
  readonly marks: readonly Mark[];
  /** Forced offs in this machine's journal that were made for another record. They hold nothing here. */
  readonly foreignMarks: readonly Mark[];
  /** When the state was entered: the earliest mark that holds, else the last write. */
  readonly since: Mark | Pick<Flag, 'updatedAt' | 'updatedBy' | 'reason'> | null;
  readonly stores: readonly StoreStatus[];
  readonly instances: readonly Instance[];
}

export interface StoreStatus {
  readonly name: Store['name'];
  readonly answers: boolean;
  readonly version: string | null;
  readonly latencyMs: number | null;
  readonly revision: number | null;
  /** A copy that lacked something of the record when it was looked at. */
  readonly behind: boolean;
  /** Why it does not answer. */
  readonly fault: string | null;
}

/** Looks at every store and this machine's disk; never rejects because one of them is away. */
export async function readStatus(holders: Holders, staleAfterMs: number): Promise<Status> {
  // Before the record, so that what is newer there is no regression.
  const [known, reports] = await Promise.all([
    holders.disk.load().catch(() => EMPTY_STATE),
    readReports(holders),
  ]);
  const [record, ...copies] = await Promise.all(storesOf(holders).map(lookAt));
  const looks = record === undefined ? [] : [record, ...copies.map((copy) => comparedWith(record, copy))];
  const joined = looks.reduce((state, look) => join(state, look.state ?? state), known);
  const marks = activeMarks(joined).sort(byTime);
  const recorded = record?.state ?? null;
  const flag = recorded === null ? joined.flag : recorded.flag;
  const seen = sightingsOf([known], allOf(reports)).filter(({ revision }) => revision > 0);
  return {
    state: stateOf(flag, marks, recorded !== null),
    flag,
    regressed: recorded !== null && seen.some((sighting) => isBelow(recorded.flag, sighting)),
    marks,
    foreignMarks: await holders.disk.foreignJournal().catch(() => []),
    since: marks[0] ?? flag,
    stores: looks.map((look) => look.status),
    instances: judged(allOf(reports), null, staleAfterMs),
  };
}

/** For people, who ask since when; which mark holds is decided by no time. */
function byTime(a: Mark, b: Mark): number {
  return Date.parse(a.at) - Date.parse(b.at);
}

interface Look {
  readonly status: StoreStatus;
  readonly state: State | null;
}

/** A copy is there to hold what the record says. */
function comparedWith(record: Look, copy: Look): Look {
  const behind = record.state !== null && copy.state !== null && lacks(copy.state, record.state);
  return { ...copy, status: { ...copy.status, behind } };
}

async function lookAt(store: Store): Promise<Look> {
  const { name } = store;
  try {
    const state = await store.read();
    // On an open connection: opening it is not the round trip.
    const { version, latencyMs } = await store.health();
    const revision = state.flag?.revision ?? null;
    const answered = { answers: true, version, latencyMs, revision, behind: false, fault: null };
    return { state, status: { name, ...answered } };
  } catch (thrown) {
    const nothing = { answers: false, version: null, latencyMs: null, revision: null, behind: false };
    return { state: null, status: { name, ...nothing, fault: messageOf(thrown) } };
  }
}

/** Whether the store that decides answered. */
export function recordAnswers({ stores: [record] }: Pick<Status, 'stores'>): boolean {
  return record?.answers ?? false;
}

function stateOf(flag: Flag | null, marks: readonly Mark[], isRead: boolean): Status['state'] {
  if (marks.length > 0) return 'forced off';
  if (flag === null) return isRead ? 'never written' : 'unknown';
  return flag.enabled && flag.percentage > 0 ? 'on' : 'off';
}
