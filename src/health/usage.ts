import type { Ledger, Traffic } from '../ledger/ledger.js';
import type { Observed } from './health.js';

/** What was asked and answered: in all since the last reset, and lately. */
export interface Usage extends Observed {
  readonly totals: Traffic;
  /** When the counting began; `null` when nothing was counted yet. */
  readonly since: string | null;
}

const HOUR_MS = 3_600_000;

/** What the ledger counted; `null` when it does not answer. */
export async function readUsage(
  ledger: Pick<Ledger, 'totals' | 'metrics'>,
  nowMs: number,
): Promise<Usage | null> {
  try {
    const [totals, hour, day] = await Promise.all([
      ledger.totals(),
      ledger.metrics(nowMs - HOUR_MS, nowMs),
      ledger.metrics(nowMs - 24 * HOUR_MS, nowMs),
    ]);
    const since = totals.sinceMs === null ? null : new Date(totals.sinceMs).toISOString();
    return { totals: totals.traffic, since, hour, requestsIn24h: day.traffic.requests };
  } catch {
    return null;
  }
}
