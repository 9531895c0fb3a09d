/** JSON schemas of what the routes about predictions answer; like those of `schemas.ts`, they describe only. */
const number = { type: 'number' } as const;
const count = { type: 'integer' } as const;
const nullableNumber = { type: ['number', 'null'] } as const;
const nullableText = { type: ['string', 'null'] } as const;
const time = { type: 'string', format: 'date-time', description: 'ISO 8601, UTC.' } as const;
const share = {
  type: ['number', 'null'],
  description: 'A fraction; null when there is nothing to share.',
} as const;
const object = { type: 'object', additionalProperties: true } as const;
const nullableObject = { type: ['object', 'null'], additionalProperties: true } as const;

const WEATHER = {
  ...object,
  properties: {
    factor: { ...number, description: '0.5 (ordinary, or unknown) to 1 (worst).' },
    is_default: { type: 'boolean' },
    reason: { ...nullableText, description: 'Why the weather is not known.' },
  },
} as const;

export const PREDICTION = {
  ...object,
  description: 'How late the ride will be, who says so, and why.',
  required: ['booking_id', 'request_id', 'variant', 'source', 'reason', 'predicted_minutes'],
  properties: {
    booking_id: { type: 'string' },
    request_id: { type: 'string' },
    variant: { enum: ['model', 'control'] },
    source: { enum: ['model', 'heuristic', 'fallback'] },
    reason: nullableText,
    detail: nullableText,
    predicted_minutes: number,
    model_minutes: nullableNumber,
    heuristic_minutes: number,
    interval: { ...nullableObject, properties: { lower: number, upper: number, level: number } },
    confidence: { ...nullableNumber, description: 'The probability of being off by no more than 3 minutes.' },
    risk_level: { enum: ['low', 'medium', 'high'] },
    contributing_factors: {
      ...nullableObject,
      properties: { base: number, factors: { type: 'array', items: object }, rest: number },
    },
    weather: WEATHER,
    out_of_range: { type: 'array', items: object },
    simulated: { type: 'boolean' },
    model_version: { type: 'string' },
    latency_ms: number,
    created_at: time,
  },
} as const;

const SCORES = {
  ...object,
  properties: {
    count,
    mae: nullableNumber,
    rmse: nullableNumber,
    r2: nullableNumber,
    bias: nullableNumber,
    accuracy_rate: { ...share, description: 'Off by less than 3 minutes.' },
    miss_rate: { ...share, description: 'Off by more than 5 minutes.' },
  },
} as const;

const TRAFFIC = {
  ...object,
  properties: {
    ...{ requests: count, model_variant: count },
    by_source: object,
    ...{ attempts: count, failures: count, failure_rate: share, fallback_rate: share },
    ...{ ineligible: count, weather_defaults: count, out_of_range: count, simulated: count },
  },
} as const;

const PERIOD = {
  ...SCORES.properties,
  ...{ from: time, until: time, settled: count },
  avg_confidence: nullableNumber,
  avg_prediction_time_ms: nullableNumber,
  prediction_time_ms: { ...nullableObject, properties: { p50: number, p95: number, p99: number } },
  ...{ model: SCORES, heuristic: SCORES, served: SCORES, served_by_model: SCORES },
  improvement: { ...nullableNumber, description: 'MAE(model) / MAE(heuristic) − 1 on the same bookings.' },
  late_recall: share,
  interval_coverage: share,
  traffic: TRAFFIC,
} as const;

export const METRICS = {
  ...object,
  description: 'Of the period.',
  properties: { period_hours: count, ...PERIOD, windows: object },
} as const;

export const DAYS = {
  ...object,
  description: 'One row a day.',
  properties: {
    days: {
      type: 'array',
      items: { ...object, properties: { date: { type: 'string', format: 'date' }, ...PERIOD } },
    },
    timezone: { type: 'string' },
    windows: object,
  },
} as const;

export const SUMMARY = {
  ...object,
  description: 'At a glance.',
  properties: {
    total_predictions: { ...count, description: 'Over all instances since `total_since`.' },
    total_since: nullableText,
    metrics_24h: METRICS,
    metrics_7d: METRICS,
    metrics_7d_before: METRICS,
    feature_flags: object,
    anomalies_count: count,
    windows: object,
    timestamp: time,
  },
} as const;

export const PREDICTIONS = {
  ...object,
  description: 'One page.',
  properties: { count, predictions: { type: 'array', items: object }, cursor: nullableText },
} as const;

export const ANOMALIES = {
  ...object,
  description: 'The worst first.',
  properties: {
    threshold_mae: number,
    count: { ...count, description: 'All there are, also beyond `limit`.' },
    anomalies: {
      type: 'array',
      items: {
        ...object,
        properties: {
          booking_id: { type: 'string' },
          ...{ predicted: number, actual: number, error: number, confidence: nullableNumber },
          created_at: time,
        },
      },
    },
  },
} as const;
