import type { Config } from '../config.js';
import type { Holders } from '../flag/holders.js';
import type { Ledger } from '../ledger/ledger.js';
import { openLedgerDatabase } from '../ledger/open-database.js';
import { sqlLedger } from '../ledger/sql-ledger.js';
import { openDayReader } from './day-reader.js';
import { guardStoreIn } from './open-guard-store.js';
import type { SurveySources } from './survey.js';

/** What a survey looks at, open. */
export interface OpenSurvey extends SurveySources {
  close(): Promise<void>;
}

/** Opens the guard's own store and, unless one is given, the ledger in the same database. Nothing is asked yet. */
export async function openSurvey(
  holders: Holders,
  config: Config,
  given: Ledger | null = null,
): Promise<OpenSurvey> {
  const database = await openLedgerDatabase(config);
  const ledger = given ?? sqlLedger(database);
  const guardStore = await guardStoreIn(database, config);
  return {
    ...{ holders, ledger, guardStore, days: openDayReader(ledger) },
    ...{ plan: config.rollout, settings: config.guard, modelsFolder: config.modelsFolder },
    ...{ staleAfterMs: config.staleAfterMs, timeZone: config.timeZone, own: null },
    close: () => database.close(),
  };
}

/** Opens a survey for one piece of work, and closes it however that ends. */
export async function withSurvey<T>(
  holders: Holders,
  config: Config,
  work: (sources: SurveySources) => Promise<T>,
): Promise<T> {
  const sources = await openSurvey(holders, config);
  try {
    return await work(sources);
  } finally {
    await sources.close();
  }
}
