import type { PredictionRow } from '../../src/ledger/ledger.js';
import type { DayWindow } from '../../src/ledger/rollout-reads.js';
import type { DayFigures } from '../../src/rollout/day-figures.js';
import { bearing, type Settled } from './oracle.js';

/** What a ledger should tell of windows, from nothing but what was put into it. */
export interface Filled {
  readonly rows: readonly PredictionRow[];
  readonly settled: readonly Settled[];
}

interface Scored {
  readonly row: PredictionRow;
  readonly scheduledMs: number;
  readonly model: number;
  readonly actual: number;
}

const isOf = (row: PredictionRow, version: string | null) => version === null || row.modelVersion === version;

export function expectedDay(
  filled: Filled,
  { dayNumber, fromMs, untilMs }: DayWindow,
  version: string | null,
): DayFigures {
  const asked = filled.rows.filter(
    (row) =>
      isOf(row, version) &&
      row.modelMinutes !== null &&
      row.scheduledMs !== null &&
      row.scheduledMs >= fromMs &&
      row.scheduledMs < untilMs,
  );
  const scored = scoredIn(filled, fromMs, untilMs, version);
  const total = (of: (one: Scored & { readonly e: number; readonly h: number }) => number) => {
    let sum = 0;
    for (const one of scored) {
      const e = Math.abs(one.model - one.actual);
      sum += of({ ...one, e, h: Math.abs(one.row.heuristicMinutes - one.actual) });
    }
    return sum;
  };
  return {
    dayNumber,
    asked: new Set(asked.map((row) => row.bookingId)).size,
    settled: scored.length,
    e: total(({ e }) => e),
    h: total(({ h }) => h),
    ee: total(({ e }) => e * e),
    hh: total(({ h }) => h * h),
    eh: total(({ e, h }) => e * h),
    actual: total(({ actual }) => actual),
    actualSquares: total(({ actual }) => actual * actual),
    foreseen: total(({ row, model, actual }) =>
      Number(actual > 5 && model > 5 && !(row.heuristicMinutes > 5)),
    ),
    simulated: new Set(asked.filter((row) => row.simulated).map((row) => row.bookingId)).size,
  };
}

export function expectedMisses(
  filled: Filled,
  fromMs: number,
  untilMs: number,
  limit: number,
  version: string | null,
): readonly boolean[] {
  return scoredIn(filled, fromMs, untilMs, version)
    .toSorted((a, b) => a.scheduledMs - b.scheduledMs || byId(a.row, b.row))
    .slice(-limit)
    .map(({ model, actual }) => model - actual > 5 || actual - model > 5);
}

export function expectedAttempts(
  rows: readonly PredictionRow[],
  fromMs: number,
  limit: number,
  version: string | null,
): readonly boolean[] {
  return rows
    .filter((row) => row.createdMs >= fromMs && isOf(row, version))
    .filter(({ attempt }) => attempt !== 'none' && attempt !== 'ineligible')
    .toSorted((a, b) => a.createdMs - b.createdMs || byId(a, b))
    .slice(-limit)
    .map(({ attempt }) => attempt !== 'answered');
}

export function expectedAssignments(rows: readonly PredictionRow[], fromMs: number, revisionFrom: number) {
  const seen = new Map<string, Set<string>>();
  for (const row of rows) {
    if (row.createdMs < fromMs || row.reason !== 'SPLIT') continue;
    if (row.revision === null || row.revision < revisionFrom) continue;
    seen.set(row.bookingId, (seen.get(row.bookingId) ?? new Set()).add(row.variant));
  }
  const all = [...seen.values()];
  const only = (variant: string) => all.filter((variants) => variants.size === 1 && variants.has(variant));
  return {
    model: only('model').length,
    control: only('control').length,
    both: all.filter((variants) => variants.size === 2).length,
  };
}

function scoredIn(
  { rows, settled }: Filled,
  fromMs: number,
  untilMs: number,
  version: string | null,
): readonly Scored[] {
  return settled.flatMap((one) => {
    const ofBooking = rows.filter(({ bookingId }) => bookingId === one.outcome.bookingId);
    const row = bearing(ofBooking, one);
    const { actualDelayMinutes: actual } = one.outcome;
    if (row === undefined || !isOf(row, version) || Math.abs(actual) > 180) return [];
    const { scheduledMs, modelMinutes: model } = row;
    const inside = scheduledMs !== null && scheduledMs >= fromMs && scheduledMs < untilMs;
    return inside && model !== null ? [{ row, scheduledMs, model, actual }] : [];
  });
}

function byId(a: PredictionRow, b: PredictionRow): number {
  return a.requestId < b.requestId ? -1 : 1;
}
