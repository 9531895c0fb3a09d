import { sketchCountAbove, sketchQuantile } from './latency-sketch.js';
import type { PredictionRow, Traffic } from './ledger.js';

/** What is summed of answers: whole numbers, so that adding and taking away never drifts. */
export const TRAFFIC_COLUMNS = [
  'requests',
  'model_variant',
  'source_model',
  'source_heuristic',
  'source_fallback',
  'attempts',
  'failures',
  'ineligible',
  'weather_defaults',
  'out_of_range',
  'simulated',
  'confidence_count',
  /** Millionths. */
  'confidence_sum',
  'time_count',
  /** Microseconds. */
  'time_sum',
] as const;

export type TrafficColumn = (typeof TRAFFIC_COLUMNS)[number];

const MILLION = 1_000_000;
/** A clock that stood still for a day; beyond, a sum could overflow. */
const LONGEST_MS = 86_400_000;
/** A prediction that takes longer is slow. */
const SLOW_ABOVE_MS = 1000;

/** What one answer adds. */
export function trafficOf(row: PredictionRow): Record<TrafficColumn, number> {
  const { attempt, confidence, predictionTimeMs } = row;
  const failed = attempt === 'failed' || attempt === 'late' || attempt === 'not_finite';
  return {
    requests: 1,
    model_variant: Number(row.variant === 'model'),
    source_model: Number(row.source === 'model'),
    source_heuristic: Number(row.source === 'heuristic'),
    source_fallback: Number(row.source === 'fallback'),
    attempts: Number(failed || attempt === 'answered'),
    failures: Number(failed),
    ineligible: Number(attempt === 'ineligible'),
    weather_defaults: Number(row.weatherReason !== null),
    out_of_range: Number(row.outOfRange > 0),
    simulated: Number(row.simulated),
    confidence_count: Number(confidence !== null),
    confidence_sum: Math.round(Math.min(1, Math.max(0, confidence ?? 0)) * MILLION),
    time_count: Number(predictionTimeMs !== null),
    time_sum: Math.round(Math.min(LONGEST_MS, Math.max(0, predictionTimeMs ?? 0)) * 1000),
  };
}

/** The sums of many answers, and the counts of their prediction times by bucket. */
export function trafficFrom(
  sums: Readonly<Record<TrafficColumn, bigint>>,
  times: ReadonlyMap<number, number>,
): Traffic {
  const count = (column: TrafficColumn) => Number(sums[column]);
  const mean = (sum: TrafficColumn, of: TrafficColumn, scale: number) =>
    count(of) === 0 ? null : count(sum) / scale / count(of);
  const quantile = (share: number) => sketchQuantile(times, share);
  const [p50, p95, p99] = [quantile(0.5), quantile(0.95), quantile(0.99)];
  return {
    requests: count('requests'),
    modelVariant: count('model_variant'),
    bySource: {
      model: count('source_model'),
      heuristic: count('source_heuristic'),
      fallback: count('source_fallback'),
    },
    attempts: count('attempts'),
    failures: count('failures'),
    ineligible: count('ineligible'),
    weatherDefaults: count('weather_defaults'),
    outOfRange: count('out_of_range'),
    simulated: count('simulated'),
    avgConfidence: mean('confidence_sum', 'confidence_count', MILLION),
    avgPredictionTimeMs: mean('time_sum', 'time_count', 1000),
    predictionTimeMs: p50 === null || p95 === null || p99 === null ? null : { p50, p95, p99 },
    timed: count('time_count'),
    slow: sketchCountAbove(times, SLOW_ABOVE_MS),
  };
}
