import type { Config } from '../config.js';
import type { Episode } from '../guard/guard-store.js';
import { openGuardStore } from '../guard/open-guard-store.js';
import { openOutbox } from './open-outbox.js';
import type { OutboxEntry } from './outbox.js';

export interface FoundAlerts {
  readonly episodes: readonly Episode[];
  readonly messages: readonly OutboxEntry[];
}

const DAY_MS = 24 * 3_600_000;

/** What was found lately, and the messages about it. Rejects with UNAVAILABLE when the database does not answer. */
export async function readAlerts(config: Config, limit: number, nowMs: number): Promise<FoundAlerts> {
  const store = await openGuardStore(config);
  const outbox = await openOutbox(config);
  try {
    return { episodes: await store.episodes(nowMs - DAY_MS), messages: await outbox.list(limit) };
  } finally {
    await outbox.close();
    await store.close();
  }
}
