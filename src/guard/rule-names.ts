/** The rules of the guard by name, worst first; what each looks at is in the table of rules. */
export const RULE_NAMES = [
  'failure_rate',
  'improvement',
  'prediction_time',
  'mae',
  'miss_rate',
  'assignment',
  'both_arms',
  'drift',
  'crash',
  'uptime',
  'silence',
  'outcomes',
  'weather',
  'ineligible',
] as const;
export type RuleName = (typeof RULE_NAMES)[number];
