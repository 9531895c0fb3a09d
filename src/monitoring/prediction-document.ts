import type { Anomaly, StoredPrediction } from '../ledger/ledger.js';

/** A stored answer as it is listed, with its outcome where it is known. */
export function storedPredictionDocument({ row, actualDelayMinutes, settledMs }: StoredPrediction) {
  return {
    booking_id: row.bookingId,
    request_id: row.requestId,
    created_at: isoTime(row.createdMs),
    scheduled_time: row.scheduledMs === null ? null : isoTime(row.scheduledMs),
    ...{ variant: row.variant, source: row.source, reason: row.reason },
    ...{ revision: row.revision, percentage: row.percentage },
    predicted_minutes: row.predictedMinutes,
    model_minutes: row.modelMinutes,
    heuristic_minutes: row.heuristicMinutes,
    lower_minutes: row.lowerMinutes,
    upper_minutes: row.upperMinutes,
    confidence: row.confidence,
    attempt: row.attempt,
    prediction_time_ms: row.predictionTimeMs,
    weather: {
      factor: row.weatherFactor,
      is_default: row.weatherReason !== null,
      reason: row.weatherReason,
    },
    out_of_range: row.outOfRange,
    ...{ model_name: row.modelName, model_version: row.modelVersion, simulated: row.simulated },
    instance: row.instance,
    actual_delay_minutes: actualDelayMinutes,
    error_minutes: actualDelayMinutes === null ? null : row.predictedMinutes - actualDelayMinutes,
    settled_at: settledMs === null ? null : isoTime(settledMs),
  };
}

/** A booking that was predicted far off. */
export function anomalyDocument(anomaly: Anomaly) {
  return {
    booking_id: anomaly.bookingId,
    predicted: anomaly.predictedMinutes,
    actual: anomaly.actualMinutes,
    error: anomaly.errorMinutes,
    confidence: anomaly.confidence,
    created_at: isoTime(anomaly.createdMs),
  };
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
