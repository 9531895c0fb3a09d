import type { ScoredRow } from '../../src/analysis/scored-row.js';
import type { Ledger, PredictionRow } from '../../src/ledger/ledger.js';
import type { Manifest } from '../../src/model/manifest.js';

/** Writes scored rows to a ledger as serving would have: each predicted an hour ahead, and settled at `settledMs`. */
export async function recordScored(
  ledger: Ledger,
  rows: readonly ScoredRow[],
  manifest: Manifest,
  settledMs: number,
): Promise<void> {
  await ledger.record(rows.map((row) => predictionOf(row, manifest)));
  const outcomes = rows.map(({ bookingId, actualMinutes }) => {
    return { bookingId, actualDelayMinutes: actualMinutes, actualPickupMs: null, origin: 'file' };
  });
  await ledger.settle(outcomes, settledMs);
}

function predictionOf(
  row: ScoredRow,
  { name: modelName, version: modelVersion, features }: Manifest,
): PredictionRow {
  const { bookingId, driverId, modelMinutes, heuristicMinutes, lowerMinutes, upperMinutes } = row;
  const values = features.map(({ name }, i) => [
    name,
    Number.isNaN(row.features[i]) ? null : row.features[i]!,
  ]);
  return {
    requestId: `request ${bookingId}`,
    createdMs: row.atMs! - 3_600_000,
    scheduledMs: row.atMs,
    variant: 'model',
    source: 'model',
    reason: null,
    revision: 1,
    percentage: 100,
    predictedMinutes: modelMinutes,
    confidence: row.confidence,
    attempt: 'answered',
    predictionTimeMs: 1,
    weatherFactor: row.weatherFactor,
    weatherReason: null,
    outOfRange: row.outOfRange.length,
    features: Object.fromEntries(values),
    simulated: true,
    instance: 'test',
    answer: null,
    ...{
      bookingId,
      driverId,
      modelMinutes,
      heuristicMinutes,
      lowerMinutes,
      upperMinutes,
      modelName,
      modelVersion,
    },
  };
}
