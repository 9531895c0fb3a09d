import * as v from 'valibot';
import type { PredictionRow } from './ledger.js';
import { outcomesOf } from './outcome-rows.js';
import { PREDICTION_COLUMNS, predictionValues } from './prediction-rows.js';
import { score } from './score-bearing.js';
import { spansAt, TOTAL_MS } from './spans.js';
import { chunks, type Dialect, lock, tuples, type Work } from './statement.js';
import { checkPrediction, storableRow } from './storable.js';
import { type Additions, addToSpan, TRAFFIC_SUMS, writeAdditions } from './sums.js';
import { countTime, type TimeCounts, writeTimeCounts } from './time-counts.js';
import { totalsSince } from './totals.js';
import { type TrafficColumn, trafficOf } from './traffic.js';

/** Writes the answers that are new, with all that they change in the sums. */
export function* recordPredictions(dialect: Dialect, rows: readonly PredictionRow[]): Work<void> {
  for (const row of rows) checkPrediction(row);
  yield* lock(dialect.lockShared);
  const added = yield* insert(dialect, rows.map(storableRow));
  if (added.length === 0) return;
  const bookingIds = added.map(({ bookingId }) => bookingId);
  // An outcome that was here first is settled by the answer that comes after it.
  const outcomes = yield* outcomesOf(dialect, bookingIds, dialect.forUpdate);
  if (outcomes.length > 0) yield* score(dialect, outcomes, outcomes);
  yield* addTraffic(dialect, added);
}

/** In one statement: a row has some thirty values, and to prepare thousands takes longer than to write them. */
const ROWS = 50;

function* insert({ schema: at }: Dialect, rows: readonly PredictionRow[]): Work<readonly PredictionRow[]> {
  const byId = new Map(rows.toReversed().map((row) => [row.requestId, row]));
  const added: PredictionRow[] = [];
  for (const ids of chunks([...byId.keys()].sort(), ROWS)) {
    const sql = `INSERT INTO ${at}prediction (${PREDICTION_COLUMNS.join(', ')})
                 VALUES ${tuples(ids.length, PREDICTION_COLUMNS.length)}
                 ON CONFLICT (request_id) DO NOTHING RETURNING request_id`;
    const values = ids.flatMap((id) => predictionValues(byId.get(id)!));
    const inserted = (yield { sql, values }).map((row) => v.parse(insertedSchema, row).request_id);
    added.push(...inserted.map((id) => byId.get(id)!));
  }
  return added;
}

const insertedSchema = v.object({ request_id: v.string() });

function* addTraffic(dialect: Dialect, rows: readonly PredictionRow[]): Work<void> {
  const sinceMs = (yield* totalsSince(dialect)) ?? Number.NEGATIVE_INFINITY;
  const additions: Additions<TrafficColumn> = new Map();
  const times: TimeCounts = new Map();
  for (const row of rows) {
    const part = trafficOf(row);
    const total = row.createdMs >= sinceMs ? [{ spanMs: TOTAL_MS, startMs: 0 }] : [];
    for (const span of [...spansAt(row.createdMs), ...total]) {
      addToSpan(additions, span, part);
      if (row.predictionTimeMs !== null) {
        countTime(times, span, row.predictionTimeMs);
      }
    }
  }
  yield* writeAdditions(dialect, TRAFFIC_SUMS, additions);
  yield* writeTimeCounts(dialect, times);
}
