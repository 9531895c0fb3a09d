import type { Config } from '../config.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Runtime } from '../runtime.js';
import { sendHeartbeat } from './heartbeat.js';
import { openSurvey } from './open-survey.js';
import type { OwnAttempts } from './own-attempts.js';
import { isShared } from './scope.js';
import type { TickSources } from './tick.js';

/** A lead ends by itself so long after the last tick: another guard takes over at its next one. */
const LEASES = 1.4;
const LEAST_LEASE_MS = 5000;

/** What a guard works with, open. */
export interface OpenGuard extends TickSources {
  close(): Promise<void>;
}

/** What a guard shares with the server that it is in. */
export interface GuardedServer {
  readonly ledger: Ledger;
  readonly own: OwnAttempts;
}

/** Opens a guard of its own, or beside the ledger of a server. */
export async function openGuard(
  { holders, instance, place }: Runtime,
  config: Config,
  server: GuardedServer | null = null,
): Promise<OpenGuard> {
  const sources = await openSurvey(holders, config, server?.ledger ?? null);
  const { heartbeatUrl } = config.alertChannels;
  return {
    ...sources,
    own: server?.own ?? null,
    holder: instance,
    leaseMs: Math.max(LEAST_LEASE_MS, LEASES * config.guard.intervalMs),
    act: { staleAfterMs: config.staleAfterMs, place, writeToken: config.tokens.write },
    isShared: isShared(config),
    beat: heartbeatUrl === null ? null : () => sendHeartbeat(heartbeatUrl),
    async close() {
      // Whoever comes next need not wait for the lead to end.
      await sources.guardStore.resign(instance).catch(() => {});
      await sources.close();
    },
  };
}
