import { AtmrError } from '../../src/errors.js';
import { newAuditEntry } from '../../src/flag/audit.js';
import { type Disk, marksOnly } from '../../src/flag/disk.js';
import type { Flag } from '../../src/flag/flag.js';
import type { Holders } from '../../src/flag/holders.js';
import { EMPTY_STATE, join, type Mark, type State } from '../../src/flag/state.js';
import type {
  AuditEntry,
  CommitCommand,
  CommitResult,
  CopyStore,
  RecordStore,
} from '../../src/flag/store.js';

/** How a store fares: `deaf` does what it is asked and its reply is lost. */
export type Weather = 'fair' | 'away' | 'deaf';

/** A record and a copy as the protocol describes them, in memory: what a store does is done at once, or not at all. */
export interface Stores {
  readonly audit: AuditEntry[];
  record: State;
  copy: State;
  readonly weather: { record: Weather; copy: Weather };
}

export function emptyStores(): Stores {
  return { audit: [], record: EMPTY_STATE, copy: EMPTY_STATE, weather: { record: 'fair', copy: 'fair' } };
}

/** A clock that stands still but for whoever waits for a store that does not answer. */
interface Turnable {
  nowMs: number;
}

const GIVEN_UP_MS = 6000;

/**
 * One machine's holders of `stores`. `turn` is awaited before each operation of a store: there another machine comes in between.
 * Whoever is not answered has waited for longer than anybody tries.
 */
export function machineOn(
  stores: Stores,
  name: string,
  turn: () => Promise<void>,
  clock: Turnable,
  hasCopy: boolean,
): Holders {
  const asked = async <T>(store: 'record' | 'copy', work: () => T): Promise<T> => {
    await turn();
    const weather = stores.weather[store];
    const done = weather === 'away' ? null : work();
    if (weather === 'fair') return done as T;
    clock.nowMs += GIVEN_UP_MS;
    throw new AtmrError('UNAVAILABLE', `${store} did not answer.`);
  };
  const quiet = {
    ...{ report: async () => {}, forget: async () => {}, instances: async () => [], close: async () => {} },
    ...{ watch: async () => async () => {}, health: async () => ({ version: '1', latencyMs: 0 }) },
  };
  const record: RecordStore = {
    ...quiet,
    name: hasCopy ? 'postgres' : 'sqlite',
    read: () => asked('record', () => ({ ...stores.record, head: stores.audit.at(-1)?.hash ?? null })),
    commit: (command) => asked('record', () => committed(stores, command)),
    end: (endings) =>
      asked('record', () => {
        stores.record = withEndings(stores.record, endings);
      }),
    history: (limit) => asked('record', () => stores.audit.toReversed().slice(0, limit)),
    change: (id) => asked('record', () => stores.audit.find(({ changeId }) => changeId === id) ?? null),
  };
  const copy: CopyStore = {
    ...quiet,
    name: 'redis',
    read: () => asked('copy', () => stores.copy),
    merge: (state) =>
      asked('copy', () => {
        stores.copy = merged(stores.copy, state);
        return stores.copy;
      }),
  };
  return {
    ...{ key: 'k', host: name, record, copy: hasCopy ? copy : null, disk: memoryDisk(), timeZone: 'UTC' },
    clock: { nowMs: () => clock.nowMs, monotonicMs: () => clock.nowMs },
  };
}

function committed(stores: Stores, command: CommitCommand): CommitResult {
  const { audit, record } = stores;
  const done = audit.find(({ changeId }) => changeId === command.changeId);
  if (done !== undefined) return { kind: 'committed', revision: done.revision };
  const revision = record.flag?.revision ?? 0;
  if (command.mark !== null && Object.hasOwn(record.marks, command.mark.id))
    return { kind: 'committed', revision };
  const head = audit.at(-1)?.hash ?? null;
  if (revision !== command.expected || head !== command.previousHash) {
    return { kind: 'conflict', winner: audit.at(-1) ?? null };
  }
  const entry: AuditEntry = { ...newAuditEntry(command), before: audit.at(-1)?.after ?? null };
  const endings = command.hasCopy ? [] : command.named.map((id) => [id, entry.revision] as const);
  const marked = withEndings(record, Object.fromEntries(endings));
  const clears = new Set([...(record.flag?.clears ?? []), ...command.named]);
  const flag: Flag = { ...entry.after, clears: [...clears].filter((id) => !Object.hasOwn(marked.ended, id)) };
  const { mark } = command;
  stores.record = {
    ...marked,
    flag,
    marks: mark === null ? marked.marks : { ...marked.marks, [mark.id]: mark },
  };
  audit.push(entry);
  return { kind: 'committed', revision: entry.revision };
}

/** The record names only marks that it has, and the first ending counts. */
function withEndings(state: State, endings: Readonly<Record<string, number>>): State {
  const known = Object.entries(endings).filter(([id]) => Object.hasOwn(state.marks, id));
  return { ...state, ended: { ...Object.fromEntries(known), ...state.ended } };
}

/** With a flag that is not older come the endings that it carries; a mark that ended stays away. */
function merged(copy: State, given: State): State {
  const takesFlag = given.flag !== null && given.flag.revision >= (copy.flag?.revision ?? 0);
  const flag = takesFlag ? given.flag : copy.flag;
  const carried = takesFlag
    ? (given.flag?.clears ?? []).map((id) => [id, given.flag!.revision] as const)
    : [];
  const ended = { ...Object.fromEntries(carried), ...given.ended, ...copy.ended };
  const marks = Object.entries({ ...given.marks, ...copy.marks }).filter(([id]) => !Object.hasOwn(ended, id));
  return { flag, ended, marks: Object.fromEntries(marks) };
}

function memoryDisk(): Disk {
  let saved = EMPTY_STATE;
  const journal = new Map<string, Mark>();
  return {
    load: async () => join(saved, marksOnly([...journal.values()])),
    save: async (state) => {
      saved = join(saved, state);
    },
    journal: async () => [...journal.values()],
    foreignJournal: async () => [],
    addMark: async (mark) => void journal.set(mark.id, mark),
    dropMarks: async (ids) => ids.forEach((id) => void journal.delete(id)),
    watchJournal: () => () => {},
    peers: { read: async () => [], remember: async () => {} },
  };
}
