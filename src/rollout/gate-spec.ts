import { THRESHOLDS } from '../health/thresholds.js';
import type { Target } from '../statistics/gate.js';
import { t } from '../wording/t.js';

/** What a number has to be for a step to be left. */
export interface GateSpec extends Target {
  readonly name: GateName;
  /** Whether it has to pass; without, it only must not fail. */
  readonly required: boolean;
}

export type GateName =
  | 'failure_rate'
  | 'mae'
  | 'improvement'
  | 'improvement_target'
  | 'r2'
  | 'prediction_time_p95'
  | 'crashes'
  | 'stable'
  | 'roi'
  | 'real_model';

const below = (name: GateName, value: number): GateSpec => {
  return { name, direction: 'below', value, required: true };
};
const above = (name: GateName, value: number): GateSpec => {
  return { name, direction: 'above', value, required: true };
};

/** The gates there are and what they ask for, rates as fractions. */
export const GATE_DEFAULTS = {
  /** Model failures / model attempts since the step began, shadow included. */
  failure_rate: below('failure_rate', THRESHOLDS.failureRate.warnAbove),
  /** Minutes. */
  mae: below('mae', THRESHOLDS.mae.warnAbove),
  /** MAE(model) / MAE(heuristic) − 1: better at all. */
  improvement: below('improvement', 0),
  improvement_target: below('improvement_target', THRESHOLDS.improvement.shownAbove),
  r2: above('r2', THRESHOLDS.r2.shownBelow),
  /** Milliseconds. */
  prediction_time_p95: below('prediction_time_p95', THRESHOLDS.predictionTimeMs.shownAbove),
  /** Heartbeats that were lost without a stop. */
  crashes: below('crashes', 1),
  /** The rise in MAE against the steps before, as a fraction. */
  stable: below('stable', 0.15),
  /** The return at the step's share; 2 is 200 %. */
  roi: above('roi', 2),
  /** Past 50 % only a model that learned from real bookings: 1 for one that did. */
  real_model: above('real_model', 0),
} as const satisfies Record<GateName, GateSpec>;

/** Those that a plan may name; the others come by themselves. */
export const PLAN_GATES: readonly GateName[] = [
  'failure_rate',
  'mae',
  'improvement',
  'improvement_target',
  'r2',
  'prediction_time_p95',
  'crashes',
  'stable',
  'roi',
];

/** At most six decimals, of a percentage four: what was read can be written and read again. */
const SENTENCE = /^([a-z][a-z0-9_]*)(?:\s*([<>])\s*([-−]?\d{1,9}(?:\.\d{1,4}|\.\d{5,6}(?!\s*%))?)\s*(%?))?$/;

/** A gate as a plan writes it: `mae`, `mae < 2.2`, `roi > 300 %`. A text for what is none. */
export function parseGate(text: string): GateSpec | string {
  const [, word = '', sign, number = '', percent] = SENTENCE.exec(text.trim()) ?? [];
  const name = PLAN_GATES.find((candidate) => candidate === word);
  if (name === undefined) return t`"${text}" is no gate; expected ${PLAN_GATES.join(', ')}`;
  const usual = GATE_DEFAULTS[name];
  if (sign === undefined) return usual;
  const direction = sign === '<' ? 'below' : 'above';
  if (direction !== usual.direction) {
    return t`"${text}" asks for the wrong side; expected ${name} ${usual.direction === 'below' ? '<' : '>'} …`;
  }
  // A quotient by 100 is not always the number that the same digits as a fraction are; and there is no −0.
  const value = Number(`${number.replace('−', '-')}${percent === '%' ? 'e-2' : ''}`) || 0;
  if (percent !== '%' && FRACTIONS.includes(name) && Math.abs(value) > 1) {
    return t`"${text}" has no unit; expected ${name} ${sign} ${number} %, or a fraction up to 1`;
  }
  if (name === 'prediction_time_p95' && value !== usual.value) {
    return t`"${text}" cannot be decided: predictions are counted above ${usual.value} ms; expected ${name}`;
  }
  return { ...usual, value };
}

/** The sentence that {@link parseGate} reads. */
export function gateText({ name, direction, value }: GateSpec): string {
  const isShare = FRACTIONS.includes(name);
  const shown = isShare ? `${Number((value * 100).toFixed(4))} %` : value;
  return `${name} ${direction === 'below' ? '<' : '>'} ${shown}`;
}

const FRACTIONS: readonly GateName[] = ['failure_rate', 'improvement', 'improvement_target', 'stable', 'roi'];
