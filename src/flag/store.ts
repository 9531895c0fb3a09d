import type { Flag, FlagAction, ModelReference } from './flag.js';
import type { Mark, State } from './state.js';

/**
 * The two kinds of store. The **record** (Postgres, else SQLite, else Redis alone) is the only place where a
 * revision is made; a **copy** (Redis beside Postgres) only merges. Every operation is atomic in its store.
 * A store that does not answer rejects with UNAVAILABLE; whether a commit happened is then unknown.
 */
export interface Store {
  readonly name: 'sqlite' | 'redis' | 'postgres';
  /** One snapshot, from the primary. */
  read(): Promise<State>;
  report(report: InstanceReport): Promise<void>;
  /** Removes an instance that stopped cleanly. */
  forget(instance: string): Promise<void>;
  instances(): Promise<readonly SeenInstance[]>;
  /** Calls `onChange` whenever the store hints at a change; never carries data. Returns how to stop. */
  watch(onChange: () => void): Promise<() => Promise<void>>;
  /** Version, round trip and whatever a person wants to know of the store's health. */
  health(): Promise<StoreHealth>;
  close(): Promise<void>;
}

export interface RecordStore extends Store {
  read(): Promise<RecordState>;
  commit(command: CommitCommand): Promise<CommitResult>;
  /** Sets the ending revision of the named marks where none is set. */
  end(endings: Readonly<Record<string, number>>): Promise<void>;
  /** Newest first. */
  history(limit: number): Promise<readonly AuditEntry[]>;
  /** Find a write by its change id: the answer to an unknown outcome. */
  change(changeId: string): Promise<AuditEntry | null>;
}

/** What the record holds, and the hash of its newest audit row: what the next row is chained to. */
export interface RecordState extends State {
  readonly head: string | null;
}

export interface CopyStore extends Store {
  /** Joins `state` into the store and returns what the store then holds. */
  merge(state: State): Promise<State>;
}

export interface CommitCommand {
  readonly key: string;
  readonly changeId: string;
  readonly kind: FlagAction;
  /** The revision the writer read; 0 when it read no flag. */
  readonly expected: number;
  /** The highest revision the writer knows of anywhere; matters only after the record lost data. */
  readonly floor: number;
  /** Marks the writer saw and means to end. */
  readonly named: readonly string[];
  /** The flag as it shall be, but for what the record decides: revision, changeId, clears. */
  readonly content: Omit<Flag, 'revision' | 'changeId' | 'clears'>;
  /** The forced-off mark, for `disable`. */
  readonly mark: Mark | null;
  /** True when a copy stands beside the record: then `named` is ended only once the copy has it. */
  readonly hasCopy: boolean;
  /** `head` of the read that gave `expected`; another one is a conflict. `history --verify` checks the chain. */
  readonly previousHash: string | null;
}

export type CommitResult =
  | { readonly kind: 'committed'; readonly revision: number }
  | { readonly kind: 'conflict'; readonly winner: AuditEntry | null };

/** One audit row: never changed, never removed, chained by hashes. */
export interface AuditEntry {
  readonly revision: number;
  readonly changeId: string;
  readonly at: string;
  readonly by: string;
  readonly action: FlagAction;
  readonly reason: string;
  /** The marks this change meant to end. */
  readonly named: readonly string[];
  readonly before: AuditedFlag | null;
  readonly after: AuditedFlag;
  readonly previousHash: string | null;
  readonly hash: string;
}

/** The flag without `clears`, which is the stores' own bookkeeping and changes between writes. */
export type AuditedFlag = Omit<Flag, 'clears'>;

export interface InstanceReport {
  readonly instance: string;
  readonly host: string;
  readonly pid: number;
  readonly url: string | null;
  readonly revision: number;
  readonly changeId: string | null;
  /** What the instance runs; `null` for one that runs no model. */
  readonly model: ModelReference | null;
  /** Active mark ids that are already on the instance's disk. */
  readonly off: readonly string[];
  readonly at: string;
}

export interface SeenInstance {
  readonly report: InstanceReport;
  /** By the store's clock, in milliseconds. */
  readonly seenAgoMs: number;
}

export interface StoreHealth {
  readonly version: string;
  readonly latencyMs: number;
}
