import type { BookingDatabase } from '../booking/booking-database.js';
import type { Ledger } from '../ledger/ledger.js';
import { type NoNews, postgresOutcomes } from './outcome-source.js';
import { NOTHING_SETTLED, type Settled, settleInto } from './settle-into.js';

export interface SyncRequest {
  /** How far behind what was read last to read again: for commits that come late, and corrections. */
  readonly lookBackMs: number;
  readonly dryRun: boolean;
}

/** The document of `outcomes sync`. Without `dryRun` the counts of `Settlement`, else `null` for each. */
export interface SyncDocument extends Settled {
  readonly source: string;
  readonly at: string;
  /** Pickups since then were read, or all of them. */
  readonly since: string | null;
  /** The latest pickup known, from which the next run looks back. */
  readonly watermark: string | null;
  /** Rows read. */
  readonly read: number;
  /** Those of them that say what happened. */
  readonly outcomes: number;
  readonly excluded: Readonly<Partial<Record<NoNews, number>>>;
  readonly dryRun: boolean;
}

const BATCH = 1000;

/**
 * Settles what the database says about pickups since the last run. Safe to repeat and to interrupt: what is known
 * already changes nothing, and the mark moves only after everything before it is settled.
 */
export async function syncOutcomes(
  database: BookingDatabase,
  ledger: Ledger,
  { lookBackMs, dryRun }: SyncRequest,
  nowMs: number,
): Promise<SyncDocument> {
  const before = await ledger.watermark(database.name);
  const sinceMs = before === null ? null : Date.parse(before) - lookBackMs;
  const settle = settleInto(ledger, nowMs, BATCH);
  const excluded: Partial<Record<NoNews, number>> = {};
  let read = 0;
  let outcomes = 0;
  let latestMs = before === null ? Number.NEGATIVE_INFINITY : Date.parse(before);
  for await (const news of postgresOutcomes(database, sinceMs, nowMs)) {
    read += 1;
    if (typeof news === 'string') {
      excluded[news] = (excluded[news] ?? 0) + 1;
      continue;
    }
    outcomes += 1;
    // A clock that ran ahead must not hide the pickups until then.
    latestMs = Math.max(latestMs, Math.min(news.actualPickupMs ?? latestMs, nowMs));
    if (!dryRun) await settle.add(news);
  }
  const settled = dryRun ? NOTHING_SETTLED : await settle.finish();
  const watermark = Number.isFinite(latestMs) ? new Date(latestMs).toISOString() : null;
  if (!dryRun && watermark !== null && watermark !== before) {
    await ledger.setWatermark(database.name, watermark);
  }
  return {
    source: database.name,
    at: new Date(nowMs).toISOString(),
    since: sinceMs === null ? null : new Date(sinceMs).toISOString(),
    watermark: dryRun ? before : watermark,
    read,
    outcomes,
    ...settled,
    excluded,
    dryRun,
  };
}
