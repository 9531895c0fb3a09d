/**
 * JSON schemas of what several routes answer. They describe; the answers are serialised as they are, so that no
 * schema turns an unknown (`null`) into a 0 or drops a field.
 */
export const ERROR = {
  ...{ type: 'object', required: ['error'], additionalProperties: true },
  properties: {
    error: { type: 'string', description: 'The fact, what was expected, and the remedy.' },
    code: { type: 'string', description: 'For programs; the text may change.' },
  },
} as const;

const answer = (description: string) => ({ ...ERROR, description });

/** What any route may answer instead. */
export const ERRORS = {
  400: answer('The request does not fit.'),
  401: answer('A token is missing or wrong.'),
  403: answer('From here, or with this token, it is not allowed.'),
  429: answer('Too many requests; see Retry-After.'),
  500: answer('A bug, or a configuration that does not work.'),
  503: answer('A store does not answer, or the control plane API is off.'),
} as const;

const nullableNumber = { type: ['number', 'null'] } as const;
const object = { type: 'object', additionalProperties: true } as const;

export const STATUS = {
  ...object,
  description: 'The document of `atmr-ml status --json`.',
  required: ['config', 'stats', 'health', 'flag', 'instances', 'state', 'warnings'],
  properties: {
    config: {
      ...object,
      properties: {
        ML_ENABLED: { type: 'boolean' },
        ML_TRAFFIC_PERCENTAGE: { type: 'number' },
        FALLBACK_ON_ERROR: { type: 'boolean' },
      },
    },
    stats: {
      ...object,
      description: 'Totals over all instances since `since`; rates are fractions, null without traffic.',
      properties: {
        total_requests: nullableNumber,
        ml_requests: nullableNumber,
        ml_successes: nullableNumber,
        ml_failures: nullableNumber,
        ml_success_rate: nullableNumber,
        fallback_requests: nullableNumber,
        ml_usage_rate: nullableNumber,
      },
    },
    health: {
      ...object,
      properties: {
        status: { enum: ['off', 'idle', 'collecting', 'degraded', 'failing', 'healthy'] },
        success_rate: nullableNumber,
        error_rate: nullableNumber,
      },
    },
    flag: { type: ['object', 'null'], additionalProperties: true },
    instances: { type: 'array', items: object },
    state: { enum: ['unknown', 'never written', 'off', 'on', 'forced off'] },
    warnings: { type: 'array', items: object },
  },
} as const;

export const HEALTH = {
  ...object,
  properties: {
    status: { enum: ['off', 'idle', 'collecting', 'degraded', 'failing', 'healthy'] },
    healthy: { type: 'boolean' },
    ml_enabled: { type: 'boolean' },
    ml_traffic: { type: 'number', description: 'Percent.' },
    success_rate: nullableNumber,
    total_requests: nullableNumber,
    alerts: { type: 'array', items: object },
  },
} as const;

const CHANGE = {
  ...object,
  required: ['success', 'message', 'status'],
  properties: {
    success: { type: 'boolean' },
    message: { type: 'string' },
    confirmed: { type: 'boolean', description: 'Every live instance, and every store, has it.' },
    change: { ...object, description: 'The document of `atmr-ml activate --json`.' },
    status: STATUS,
  },
} as const;

/** What a change of the flag answers. */
export const CHANGED = {
  200: CHANGE,
  202: { ...CHANGE, description: 'Recorded, but a store or a live instance has not confirmed it yet.' },
  ...ERRORS,
  409: answer('Somebody else changed the flag first.'),
  504: answer('A store did not say whether it took the change; the text names the change.'),
} as const;

const time = { type: 'string', format: 'date-time' } as const;
const list = { type: 'array', items: object } as const;

export const ROLLOUT = {
  ...object,
  description: 'The document of `atmr-ml rollout status --json`.',
  required: ['decision', 'safeToAdvance', 'phase', 'traffic', 'reasons', 'gates', 'at'],
  properties: {
    decision: { enum: ['advance', 'hold', 'rollback', 'wait'] },
    safeToAdvance: { type: 'boolean' },
    phase: { type: 'string' },
    ...{ step: nullableNumber, steps: nullableNumber },
    percentage: { ...nullableNumber, description: 'Of the step.' },
    traffic: { type: 'number', description: 'Percent, now.' },
    ...{ reasons: list, gates: list, findings: list, at: time },
  },
} as const;

export const IMPROVEMENT = {
  ...object,
  properties: {
    days: {
      type: 'array',
      items: {
        ...object,
        properties: {
          date: { type: 'string', format: 'date' },
          settled: { type: 'integer' },
          ...{ model_mae: nullableNumber, heuristic_mae: nullableNumber },
          improvement: {
            ...nullableNumber,
            description: 'Of all days so far: MAE(model)/MAE(heuristic) − 1.',
          },
          ...{ lower: nullableNumber, upper: nullableNumber },
          reason: { type: ['string', 'null'], description: 'Why there is none yet.' },
        },
      },
    },
    step_date: { type: ['string', 'null'] },
  },
} as const;

export const ALERTS = {
  ...object,
  description: 'The document of `atmr-ml alerts list --json`.',
  properties: { contacts: list, escalation: list, episodes: list, messages: list },
} as const;

export const ACKNOWLEDGED = { ...object, properties: { acknowledged: list } } as const;

export const HISTORY = {
  ...object,
  properties: { changes: { ...list, description: 'The rows of `atmr-ml history --json`.' } },
} as const;

export const WEATHER = {
  ...object,
  properties: {
    configured: { type: 'boolean', description: 'Whether OPENWEATHER_API_KEY is set where this runs.' },
    last_hour: { ...object, description: 'Over all instances.' },
    this_instance: { ...object, description: 'Since it started.' },
    quota: object,
  },
} as const;

export const DRIFT = {
  ...object,
  properties: {
    ...{ from: { type: ['string', 'null'] }, until: { type: ['string', 'null'] } },
    model_version: { type: ['string', 'null'] },
    columns: { ...list, description: 'Most drifted first; empty where the days hold too little.' },
    complete: { type: 'boolean', description: 'Whether all answers of the days were looked at.' },
    at: time,
  },
} as const;

export const ROI = {
  ...object,
  description: 'The document of `atmr-ml roi --source ledger --json`; fractions, and CHF.',
  properties: { percentage: { type: 'number' }, roi: object, gains: list, at: time },
} as const;

export const CHECKLIST = {
  ...object,
  description: 'The document of `atmr-ml checklist --json`.',
  properties: { list: { type: 'string' }, items: list, at: time },
} as const;
