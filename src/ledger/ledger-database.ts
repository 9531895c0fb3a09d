import type { Dialect, Work } from './statement.js';

/** A database that a ledger is kept in. A work is begun anew when its transaction is. */
export interface LedgerDatabase {
  readonly dialect: Dialect;
  read<T>(work: () => Work<T>): Promise<T>;
  /** In one durable transaction. */
  write<T>(work: () => Work<T>): Promise<T>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
