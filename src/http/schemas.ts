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

const answer = (description: string, error: string, code: string) => {
  return { ...ERROR, description, examples: [{ error, code }] };
};

/** What any route may answer instead. */
export const ERRORS = {
  400: answer('The request does not fit.', 'body/percentage must be number.', 'BAD_INPUT'),
  401: answer(
    'A token is missing or wrong.',
    'A token is missing: send ATMR_ML_TOKEN as `Authorization: Bearer …`.',
    'UNAUTHORIZED',
  ),
  403: answer(
    'From here, or with this token, it is not allowed.',
    'This token does not allow it; ATMR_ML_TOKEN does.',
    'FORBIDDEN',
  ),
  429: answer(
    'Too many requests; see Retry-After.',
    'Rate limit exceeded, retry in 1 minute.',
    'RATE_LIMITED',
  ),
  500: answer(
    'A bug, or a configuration that does not work.',
    'This is a bug in atmr-ml; please report it with what its log says of request c860edf2-0000-4000-8000-000000000000.',
    'BUG',
  ),
  503: answer(
    'A store does not answer, or the control plane API is off.',
    'Postgres at db:5432/atmr did not answer: connect ECONNREFUSED 10.0.0.5:5432.',
    'UNAVAILABLE',
  ),
} as const;

/** What a route that takes a body may answer besides. */
export const TOO_LARGE = answer('The body is too large.', 'Request body is too large.', 'TOO_LARGE');
export const WRONG_TYPE = answer(
  'The body is not said to be JSON.',
  'The body is not said to be JSON. Send it with the header content-type: application/json.',
  'UNSUPPORTED_MEDIA_TYPE',
);

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
  description: 'How it goes, of the last 60 minutes.',
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
  description: 'Every live instance and every store has it.',
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
  409: answer(
    'Somebody else changed the flag first.',
    'flag ml-delay-prediction is at revision 7, not 6: ana set 25 % at 10:42 (“week 2”). Run `atmr-ml status` and try again.',
    'CONFLICT',
  ),
  504: answer(
    'A store did not say whether it took the change; the text names the change.',
    'postgres did not say whether it took the change. `atmr-ml history --change 1b95ca42-27a2-4b8d-ba3e-68d30ae583c2` tells later.',
    'OUTCOME_UNKNOWN',
  ),
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
  description: 'One row a local day, oldest first.',
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

export const ACKNOWLEDGED = {
  ...object,
  description: 'Those that it was for; empty when there was nothing.',
  properties: { acknowledged: list },
} as const;

export const HISTORY = {
  ...object,
  description: 'The newest changes.',
  properties: { changes: { ...list, description: 'The rows of `atmr-ml history --json`.' } },
} as const;

export const WEATHER = {
  ...object,
  description: 'How often it was live, and why not.',
  properties: {
    configured: { type: 'boolean', description: 'Whether OPENWEATHER_API_KEY is set where this runs.' },
    last_hour: { ...object, description: 'Over all instances.' },
    this_instance: { ...object, description: 'Since it started.' },
    quota: object,
  },
} as const;

export const DRIFT = {
  ...object,
  description: 'How far each column has moved.',
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
  description: 'The document of `atmr-ml checklist before --json`.',
  properties: { list: { type: 'string' }, items: list, at: time },
} as const;
