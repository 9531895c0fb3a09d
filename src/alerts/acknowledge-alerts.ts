import type { Config } from '../config.js';
import { acknowledgeByName } from '../guard/acknowledge.js';
import type { Episode } from '../guard/guard-store.js';
import { openGuardStore } from '../guard/open-guard-store.js';
import { openOutbox } from './open-outbox.js';

const MOST_MESSAGES = 1000;

/** Marks what was found as seen, and takes out what was still to be told of it: escalation, and reminders. */
export async function acknowledgeAlerts(
  config: Config,
  rule: string | null,
  by: string | undefined,
  nowMs: number,
): Promise<readonly Episode[]> {
  const store = await openGuardStore(config);
  const outbox = await openOutbox(config);
  try {
    const seen = await acknowledgeByName(store, rule, by, nowMs);
    const waiting = await outbox.list(MOST_MESSAGES);
    const ids = waiting
      .map(({ alert }) => alert.id)
      .filter((id) => seen.some((episode) => id.includes(episode.id)));
    await outbox.drop([...new Set(ids)]);
    return seen;
  } finally {
    await outbox.close();
    await store.close();
  }
}
