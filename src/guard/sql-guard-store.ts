import type { LedgerDatabase } from '../ledger/ledger-database.js';
import { wholeMs } from '../ledger/spans.js';
import { storable } from '../ledger/storable.js';
import { episodesOf } from './episode-rows.js';
import { acknowledgeEpisodes, putEpisodes, readEpisodes } from './episodes.js';
import type { GuardStore } from './guard-store.js';
import { giveLeadBack, readClock, readLeader, takeLead } from './lease.js';
import { markMinute, readMinutes } from './uptime.js';

/** What guards of the flag `key` remember, in the database of the ledger. */
export function sqlGuardStore(
  { dialect, read, write, close }: LedgerDatabase,
  key: string,
  where: string,
): GuardStore {
  return {
    where,
    lead: (holder, forMs) => write(() => takeLead(dialect, key, storable(holder), forMs)),
    resign: (holder) => write(() => giveLeadBack(dialect, key, storable(holder))),
    leader: () => read(() => readLeader(dialect, key)),
    async episodes(sinceMs) {
      return episodesOf(await read(() => readEpisodes(dialect, key, wholeMs(sinceMs))), where);
    },
    async put(episodes) {
      if (episodes.length > 0) await write(() => putEpisodes(dialect, key, episodes));
    },
    async acknowledge(ids, by) {
      if (ids.length > 0) await write(() => acknowledgeEpisodes(dialect, key, ids, storable(by)));
    },
    nowMs: () => read(() => readClock(dialect)),
    markMinute: (atMs) => write(() => markMinute(dialect, key, atMs)),
    minutes: (fromMs, untilMs) => read(() => readMinutes(dialect, key, wholeMs(fromMs), wholeMs(untilMs))),
    close,
  };
}
