import type { LedgerDatabase } from '../ledger/ledger-database.js';
import { wholeMs } from '../ledger/spans.js';
import { checkId, storable } from '../ledger/storable.js';
import type { Outbox } from './outbox.js';
import { claimEntries, markFailed, markSent } from './outbox-claims.js';
import { addEntries, dropEntries, pruneEntries, readEntries } from './outbox-entries.js';
import { entriesOf, readableEntriesOf } from './outbox-rows.js';

/** Alerts of the flag `key` that are to arrive, in the database of the ledger. */
export function sqlOutbox({ dialect, read, write }: LedgerDatabase, key: string): Outbox {
  return {
    async add(entries) {
      for (const { id } of entries) checkId('id', id);
      return entries.length === 0 ? [] : await write(() => addEntries(dialect, key, entries));
    },
    async claim(holder, limit, forMs) {
      const rows = await write(() => claimEntries(dialect, key, storable(holder), limit, forMs));
      return readableEntriesOf(rows).toSorted((a, b) => a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1));
    },
    sent: (id, holder) => write(() => markSent(dialect, key, storable(id), storable(holder))),
    failed: (id, holder, error, againInMs) =>
      write(() => markFailed(dialect, key, storable(id), storable(holder), error, againInMs)),
    async list(limit) {
      return entriesOf(await read(() => readEntries(dialect, key, limit)));
    },
    async drop(alertIds) {
      if (alertIds.length > 0) await write(() => dropEntries(dialect, key, alertIds));
    },
    prune: (beforeMs) => write(() => pruneEntries(dialect, key, wholeMs(beforeMs))),
  };
}
