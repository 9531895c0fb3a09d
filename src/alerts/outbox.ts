import type { Alert } from './alert.js';

/** Where alerts go. */
export const CHANNEL_NAMES = ['email', 'slack', 'sentry', 'webhook', 'log'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** One alert on its way to one place. */
export interface OutboxEntry {
  /** Alert, channel and address: the same message to the same place is there once. */
  readonly id: string;
  readonly channel: ChannelName;
  /** An address of its own, for e-mail; `null` for the channel's usual one. */
  readonly to: string | null;
  readonly alert: Alert;
  readonly createdMs: number;
  /** Not to be sent before. */
  readonly notBeforeMs: number;
  readonly attempts: number;
  readonly sentMs: number | null;
  /** When it was given up; `null` while it may still arrive. */
  readonly gaveUpMs: number | null;
  /** Why the last attempt failed; without secrets. */
  readonly lastError: string | null;
}

export type NewEntry = Pick<OutboxEntry, 'id' | 'channel' | 'to' | 'alert' | 'createdMs' | 'notBeforeMs'>;

/** Alerts that are to arrive, in the database of the ledger, for one flag. All but `close` reject with UNAVAILABLE without it. */
export interface Outbox {
  /** Adds those whose id is not there yet, all or none. Returns the ids that were new. */
  add(entries: readonly NewEntry[]): Promise<readonly string[]>;
  /**
   * Takes entries that are due (`notBeforeMs` and the next try are over, by the database's clock), oldest first, for `forMs`:
   * until then nobody else gets them. A claim that ends with its holder is given to the next.
   */
  claim(holder: string, limit: number, forMs: number): Promise<readonly OutboxEntry[]>;
  /** It arrived. Nothing happens where the claim went to another holder. */
  sent(id: string, holder: string): Promise<void>;
  /** It did not: again in `againInMs`, or never where that is `null`. */
  failed(id: string, holder: string, error: string, againInMs: number | null): Promise<void>;
  /** Newest first. */
  list(limit: number): Promise<readonly OutboxEntry[]>;
  /** Entries of these alerts that were not sent yet are given up for good: somebody has seen to it. */
  drop(alertIds: readonly string[]): Promise<void>;
  /** Removes what was sent or given up before. */
  prune(beforeMs: number): Promise<void>;
}
