import type { PredictionRow } from './ledger.js';

/** Writes answers to a ledger behind the caller's back: a bounded queue, batches, and a spool on disk when the ledger is away. */
export interface Recorder {
  /** Never waits and never throws. */
  add(row: PredictionRow): void;
  /**
   * Resolves when the row is durable, in the ledger or in the spool; for an answer that may only be given when it
   * will not be forgotten.
   */
  addDurably(row: PredictionRow): Promise<void>;
  /** The answer of a row that is not in the ledger yet. */
  pendingAnswerOf(requestId: string): string | null;
  state(): RecorderState;
  /** Writes what is queued, to the ledger or the spool, and stops. */
  stop(): Promise<void>;
}

export interface RecorderState {
  readonly queued: number;
  readonly spooled: number;
  /** Rows that neither the ledger nor the disk took. */
  readonly lost: number;
  /** Lines of spools that a crash or somebody else left unreadable; they are skipped. */
  readonly corrupt: number;
  /** Why the ledger does not take rows now; `null` when it does. */
  readonly fault: string | null;
}
