import type { Words } from '../../wording/words.js';
import type { StatusAnswer } from '../documents.js';
import type { Tone } from '../panel.js';

/** The guard signs what it does with this name. */
const GUARD = 'guard';

/** Whether it was the guard that forced it off: nobody planned that. */
export function isGuards({ marks }: Pick<StatusAnswer, 'marks'>): boolean {
  return marks.some(({ by }) => by === GUARD);
}

export function toneOf(status: StatusAnswer | null): Tone {
  if (status === null) return 'muted';
  const { health } = status;
  if (status.regressed || isGuards(status) || health.status === 'failing' || status.state === 'unknown')
    return 'bad';
  if (health.status === 'degraded') return 'warn';
  return health.status === 'healthy' ? 'good' : 'muted';
}

/** How the model is, and what was found, in the reader's language. */
export function healthText({ health }: StatusAnswer, words: Words): string {
  const found = health.findings.map((finding) => findingText(finding, words)).join('; ');
  return `${words.health[health.status]}${found === '' ? '' : `${words.colon}${found}`}`;
}

/** The rule of the guard that says the same of each finding. */
const RULES = {
  failureRate: 'failure_rate',
  mae: 'mae',
  missRate: 'miss_rate',
  predictionTimeMs: 'prediction_time',
  weatherDefaultRate: 'weather',
} as const;

function findingText(
  { name, value, text }: StatusAnswer['health']['findings'][number],
  words: Words,
): string {
  if (name === 'ledger') return words.ledgerAway;
  const rule = Object.entries(RULES).find(([finding]) => finding === name)?.[1];
  return rule === undefined || value === null ? text : words.alerts.evidence[rule].measured(value);
}
