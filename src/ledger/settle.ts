import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import type { Outcome, Settlement } from './ledger.js';
import { type KnownOutcome, outcomesOf } from './outcome-rows.js';
import { score } from './score-bearing.js';
import { chunks, type Dialect, lock, tuples, type Work } from './statement.js';
import { checkId, storable } from './storable.js';

export const NOTHING_SETTLED: Settlement = { settled: 0, corrected: 0, unchanged: 0, unpredicted: 0 };

/** Takes outcomes in, in their order: new ones, corrections, which are audited, and those known already. */
export function* settleOutcomes(
  dialect: Dialect,
  outcomes: readonly Outcome[],
  nowMs: number,
): Work<Settlement> {
  yield* lock(dialect.lockAlone);
  const before = yield* outcomesOf(
    dialect,
    outcomes.map(({ bookingId }) => storable(bookingId)),
  );
  const known = new Map(before.map((outcome) => [outcome.bookingId, outcome]));
  const { changed, corrections, ...counts } = takeIn(known, outcomes, nowMs);
  const stored = before.filter(({ bookingId }) => changed.has(bookingId));
  for (const outcome of yield* score(dialect, stored, [...changed.values()])) {
    known.set(outcome.bookingId, outcome);
  }
  yield* audit(dialect, corrections, nowMs);
  const isUnpredicted = ({ bookingId }: Outcome) =>
    known.get(storable(bookingId))?.standing === 'unpredicted';
  return { ...counts, unpredicted: outcomes.filter(isUnpredicted).length };
}

/** Refuses with BAD_INPUT what cannot be an outcome. */
export function checkOutcome({ bookingId, actualDelayMinutes }: Outcome): void {
  checkId('bookingId', bookingId);
  // A year: beyond, the pickup's time would be none.
  if (Math.abs(actualDelayMinutes) <= LONGEST_DELAY_MINUTES) return;
  throw new AtmrError('BAD_INPUT', t`actualDelayMinutes is ${actualDelayMinutes}; expected minutes.`);
}

const LONGEST_DELAY_MINUTES = 366 * 24 * 60;

interface Correction {
  readonly from: KnownOutcome;
  readonly to: Outcome;
}

/** What the outcomes change of what is known. */
function takeIn(known: ReadonlyMap<string, KnownOutcome>, outcomes: readonly Outcome[], nowMs: number) {
  const changed = new Map<string, KnownOutcome>();
  const corrections: Correction[] = [];
  let settled = 0;
  let unchanged = 0;
  for (const outcome of outcomes) {
    const id = storable(outcome.bookingId);
    const current = changed.get(id) ?? known.get(id);
    if (current !== undefined && isKnown(current, outcome)) unchanged += 1;
    else {
      if (current === undefined) settled += 1;
      else corrections.push({ from: current, to: outcome });
      changed.set(id, taken(outcome, current, nowMs));
    }
  }
  return { changed, corrections, settled, unchanged, corrected: corrections.length };
}

/** A pickup's time that is left out takes none back. */
function isKnown(current: KnownOutcome, { actualDelayMinutes, actualPickupMs }: Outcome): boolean {
  const samePickup = actualPickupMs === null || wholeMs(actualPickupMs) === current.pickupMs;
  return samePickup && actualDelayMinutes === current.actualMinutes;
}

function taken(outcome: Outcome, current: KnownOutcome | undefined, nowMs: number): KnownOutcome {
  return {
    bookingId: storable(outcome.bookingId),
    actualMinutes: outcome.actualDelayMinutes,
    pickupMs: wholeMs(outcome.actualPickupMs),
    origin: storable(outcome.origin),
    knownMs: current?.knownMs ?? nowMs,
    settledMs: nowMs,
    standing: 'unpredicted',
    requestId: null,
    errorMinutes: null,
  };
}

function wholeMs(ms: number | null): number | null {
  const rounded = ms === null ? null : Math.round(ms);
  return Number.isSafeInteger(rounded) ? rounded : null;
}

const AUDIT_COLUMNS = [
  'booking_id',
  'at_ms',
  'origin',
  'actual_minutes',
  'pickup_ms',
  'old_origin',
  'old_actual_minutes',
  'old_pickup_ms',
  'old_settled_ms',
] as const;

function* audit({ schema: at }: Dialect, corrections: readonly Correction[], nowMs: number): Work<void> {
  for (const some of chunks(corrections)) {
    const sql = `INSERT INTO ${at}outcome_correction (${AUDIT_COLUMNS.join(', ')})
                 VALUES ${tuples(some.length, AUDIT_COLUMNS.length)}`;
    const values = some.flatMap(({ from, to }) => [
      from.bookingId,
      nowMs,
      storable(to.origin),
      to.actualDelayMinutes,
      wholeMs(to.actualPickupMs),
      from.origin,
      from.actualMinutes,
      from.pickupMs,
      from.settledMs,
    ]);
    yield { sql, values };
  }
}
