import type { Accuracy, ArmScores, Traffic, WindowMetrics } from '../ledger/ledger.js';

/** What the two kinds of windows mean, told beside every figure that has one. */
export const WINDOWS = {
  accuracy: 'settlement time: bookings whose outcome became known in the window',
  traffic: 'request time: bookings that were asked about in the window',
} as const;

/** The scores of one arm, as documents show them: minutes, and rates as fractions; `null` when no booking tells. */
export function scoresDocument({ count, mae, rmse, r2, bias, accuracyRate, missRate }: ArmScores) {
  return { count, mae, rmse, r2, bias, accuracy_rate: accuracyRate, miss_rate: missRate };
}

/**
 * The metrics of a window. At the top, the scores of the model on every settled booking that both arms scored, shadow
 * included; below, those of each arm and of what was shown.
 */
export function metricsDocument({ fromMs, untilMs, traffic, accuracy }: WindowMetrics) {
  return {
    ...{ from: isoTime(fromMs), until: isoTime(untilMs) },
    ...scoresDocument(accuracy.model),
    avg_confidence: traffic.avgConfidence,
    avg_prediction_time_ms: traffic.avgPredictionTimeMs,
    prediction_time_ms: traffic.predictionTimeMs,
    ...accuracyDocument(accuracy),
    traffic: trafficDocument(traffic),
  };
}

function accuracyDocument(accuracy: Accuracy) {
  const { settled, improvement, late, latePredicted, covered, withInterval } = accuracy;
  return {
    settled,
    model: scoresDocument(accuracy.model),
    heuristic: scoresDocument(accuracy.heuristic),
    served: scoresDocument(accuracy.served),
    served_by_model: scoresDocument(accuracy.servedByModel),
    improvement,
    late,
    late_recall: shareOf(latePredicted, late),
    interval_coverage: shareOf(covered, withInterval),
  };
}

/** Counts by request time, and the rates that are made of them. */
export function trafficDocument(traffic: Traffic) {
  const { requests, bySource, attempts, failures, ineligible, weatherDefaults } = traffic;
  return {
    requests,
    model_variant: traffic.modelVariant,
    by_source: bySource,
    ...{ attempts, failures, failure_rate: shareOf(failures, attempts) },
    fallback_rate: shareOf(bySource.fallback, requests),
    ...{ ineligible, ineligible_rate: shareOf(ineligible, requests) },
    ...{ weather_defaults: weatherDefaults, weather_default_rate: shareOf(weatherDefaults, requests) },
    ...{ out_of_range: traffic.outOfRange, simulated: traffic.simulated },
  };
}

/** A share of nothing is not known. */
function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
