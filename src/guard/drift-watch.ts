import * as v from 'valibot';
import { columnsOf, referenceOf } from '../analysis/analyse.js';
import { type Drift, driftOf } from '../analysis/drift.js';
import { driftDays, heldDrift } from '../analysis/drift-days.js';
import type { ScoredRow } from '../analysis/scored-row.js';
import { rowMaker } from '../error-analysis/ledger-rows.js';
import type { Ledger } from '../ledger/ledger.js';
import type { DayWindow } from '../ledger/rollout-reads.js';
import type { Manifest } from '../model/manifest.js';
import { type Reservoir, reservoir } from '../statistics/reservoir.js';

/** A day's bookings say enough by so many, drawn from all of it: the first would be its morning, the last its evening. */
const MOST_A_DAY = 5000;
const MOST_ROWS = 200_000;

const keptSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ day: v.number(), names: v.array(v.string()) }),
);

/**
 * The inputs that were unlike training's on both of the last two closed days. Looked at once a local day and remembered in
 * the ledger, so that a guard that is started anew each minute does not read two days each time.
 */
export async function readDrift(
  ledger: Pick<Ledger, 'recorded' | 'watermark' | 'setWatermark'>,
  manifest: Manifest,
  closed: readonly DayWindow[],
  timeZone: string,
): Promise<readonly string[]> {
  const [before, last] = [closed.at(-2), closed.at(-1)];
  if (before === undefined || last === undefined) return [];
  const name = `drift of ${manifest.version}`;
  const kept = v.safeParse(keptSchema, await ledger.watermark(name));
  if (kept.success && kept.output.day === last.dayNumber) return kept.output.names;
  const { rows } = await rowsOf(ledger, manifest, before.fromMs, last, timeZone);
  const names = heldDrift(driftDays(rows, columnsOf(manifest, false), referenceOf(manifest, null)));
  // Only spares the next look: who may not write looks again.
  await ledger.setWatermark(name, JSON.stringify({ day: last.dayNumber, names })).catch(() => {});
  return names;
}

/**
 * How far each input, and the prediction, of these closed days is from what the model learned from; without any where they
 * hold too little.
 */
export async function measureDrift(
  ledger: Pick<Ledger, 'recorded'>,
  manifest: Manifest,
  closed: readonly DayWindow[],
  timeZone: string,
): Promise<MeasuredDrift> {
  const [first, last] = [closed[0], closed.at(-1)];
  if (first === undefined || last === undefined) return { columns: [], complete: true };
  const { rows, complete } = await rowsOf(ledger, manifest, first.fromMs, last, timeZone);
  return { columns: driftOf(rows, columnsOf(manifest, false), referenceOf(manifest, null)), complete };
}

export interface MeasuredDrift {
  readonly columns: readonly Drift[];
  /** Whether all answers of the days were looked at: of very many it is the first. */
  readonly complete: boolean;
}

async function rowsOf(
  ledger: Pick<Ledger, 'recorded'>,
  manifest: Manifest,
  fromMs: number,
  last: DayWindow,
  timeZone: string,
): Promise<{ rows: ScoredRow[]; complete: boolean }> {
  const rowOf = rowMaker({ manifest, timeZone });
  const byDay = new Map<number, Reservoir<ScoredRow>>();
  let read = 0;
  for await (const stored of ledger.recorded(fromMs, last.untilMs)) {
    if (++read > MOST_ROWS) break;
    if (stored.row.modelVersion !== manifest.version || stored.row.modelMinutes === null) continue;
    const row = rowOf(stored);
    if (row.day === null || row.day > last.dayNumber) continue;
    // By its own number: another look at the same day draws the same.
    const sameDay = byDay.get(row.day) ?? reservoir<ScoredRow>(MOST_A_DAY, row.day);
    byDay.set(row.day, sameDay);
    sameDay.add(row);
  }
  const rows = [...byDay.values()].flatMap((sameDay) => sameDay.items());
  return { rows, complete: read <= MOST_ROWS };
}
