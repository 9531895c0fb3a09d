import * as v from 'valibot';
import { type AccuracyColumn, accuracyOf, type ScoredPrediction } from './accuracy.js';
import { type KnownOutcome, putOutcomes, scoredPredictions } from './outcome-rows.js';
import { newestScheduled } from './read-scheduled.js';
import { chunks, type Dialect, type Work } from './statement.js';
import { ACCURACY_SUMS, type Additions, addAt, writeAdditions } from './sums.js';

/**
 * Finds for each outcome the prediction that bears its score, stores both, and moves the sums from what counted
 * `before` (outcomes as they are stored now) to what counts after. It depends on the rows alone, not on the order in
 * which they came.
 */
export function* score(
  dialect: Dialect,
  before: readonly KnownOutcome[],
  after: readonly KnownOutcome[],
): Work<readonly KnownOutcome[]> {
  const bearing = yield* bearingPredictions(dialect, after);
  const requestIds = [...before.map(({ requestId }) => requestId), ...bearing.values()].filter(
    (id): id is string => typeof id === 'string',
  );
  const predictions = yield* scoredPredictions(dialect, requestIds);
  const known = new Map(before.map((outcome) => [outcome.bookingId, outcome]));
  const scored = after.map((outcome) => withStanding(outcome, bearing.get(outcome.bookingId), predictions));
  const changed = scored.filter((outcome) => !isSame(known.get(outcome.bookingId), outcome));
  const additions: Additions<AccuracyColumn> = new Map();
  for (const outcome of changed) {
    const old = known.get(outcome.bookingId);
    if (old !== undefined) addAt(additions, old.settledMs, contribution(old, predictions), -1);
    addAt(additions, outcome.settledMs, contribution(outcome, predictions));
  }
  yield* putOutcomes(dialect, changed);
  yield* writeAdditions(dialect, ACCURACY_SUMS, additions);
  return scored;
}

/**
 * The last prediction before the pickup; where its time is not known, before the scheduled time and the delay; where
 * neither is, before the outcome was known. `null` where all came later; no entry where there is none at all.
 */
function* bearingPredictions({ schema: at }: Dialect, outcomes: readonly KnownOutcome[]) {
  const bearing = new Map<string, string | null>();
  for (const some of chunks(outcomes)) {
    const rows = yield* ended(at, some);
    for (const { booking_id, request_id, predicted } of rows) {
      if (predicted) bearing.set(booking_id, request_id);
    }
  }
  return bearing;
}

const schema = v.object({
  booking_id: v.string(),
  request_id: v.nullable(v.string()),
  predicted: v.union([v.boolean(), v.number()]),
});

function* ended(
  at: string,
  outcomes: readonly KnownOutcome[],
): Work<readonly v.InferOutput<typeof schema>[]> {
  const tuple = (i: number) =>
    `(CAST($${4 * i + 1} AS text), CAST($${4 * i + 2} AS bigint), CAST($${4 * i + 3} AS bigint), CAST($${4 * i + 4} AS bigint))`;
  const newest = 'ORDER BY p.created_ms DESC, p.request_id DESC';
  const sql = `
    WITH known (booking_id, pickup_ms, delay_ms, known_ms) AS (VALUES ${outcomes.map((_, i) => tuple(i)).join(', ')}),
    -- Each end is found once, not once for each prediction that is compared with it.
    ended AS MATERIALIZED (
      SELECT k.booking_id, coalesce(k.pickup_ms, k.delay_ms + ${newestScheduled(at, 'k.booking_id')}, k.known_ms) AS end_ms FROM known k
    )
    SELECT e.booking_id,
      (SELECT p.request_id FROM ${at}prediction p
       WHERE p.booking_id = e.booking_id AND p.created_ms < e.end_ms ${newest} LIMIT 1) AS request_id,
      EXISTS (SELECT 1 FROM ${at}prediction p WHERE p.booking_id = e.booking_id) AS predicted
    FROM ended e`;
  const values = outcomes.flatMap(({ bookingId, pickupMs, actualMinutes, knownMs }) => [
    bookingId,
    pickupMs,
    Math.round(actualMinutes * 60_000),
    knownMs,
  ]);
  return (yield { sql, values }).map((row) => v.parse(schema, row));
}

function withStanding(
  outcome: KnownOutcome,
  requestId: string | null | undefined,
  predictions: ReadonlyMap<string, ScoredPrediction>,
): KnownOutcome {
  const scored = predictions.get(requestId ?? '');
  if (requestId === undefined || requestId === null || scored === undefined) {
    const standing = requestId === undefined ? 'unpredicted' : 'unscored';
    return { ...outcome, standing, requestId: null, errorMinutes: null };
  }
  const errorMinutes = Math.abs(scored.predictedMinutes - outcome.actualMinutes);
  return { ...outcome, standing: 'scored', requestId, errorMinutes };
}

function isSame(a: KnownOutcome | undefined, b: KnownOutcome): boolean {
  return (
    a !== undefined &&
    a.standing === b.standing &&
    a.requestId === b.requestId &&
    a.actualMinutes === b.actualMinutes &&
    a.pickupMs === b.pickupMs &&
    a.settledMs === b.settledMs
  );
}

function contribution(outcome: KnownOutcome, predictions: ReadonlyMap<string, ScoredPrediction>) {
  const scored = predictions.get(outcome.requestId ?? '') ?? null;
  return accuracyOf(outcome.standing, scored, outcome.actualMinutes);
}
