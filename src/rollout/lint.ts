import type { GateName } from './gate-spec.js';
import type { PlanStep, RolloutPlan } from './plan.js';

/** What is odd about a plan. An `error` would make it useless or unsafe; a `warning` may be meant. */
export interface LintFinding {
  readonly level: 'error' | 'warning';
  /** Where in the configuration. */
  readonly path: string;
  readonly text: string;
}

const FULL = 100;
const HOUR_MS = 3_600_000;
/** Day sequences need as many days before they say anything. */
const DAYS_OF_A_VERDICT = 5;

/** Checks a plan that its schema let pass. Pure. */
export function lintPlan(plan: RolloutPlan): LintFinding[] {
  return [
    ...orderOf(plan),
    ...plan.steps.flatMap(stepFindings),
    ...recoveryFindings(plan),
    ...calendarOf(plan),
  ];
}

function orderOf({ steps }: RolloutPlan): LintFinding[] {
  const findings = steps.flatMap((step, i): LintFinding[] => {
    const before = steps[i - 1];
    if (before === undefined || step.percentage > before.percentage) return [];
    const text = `${step.percentage} % is not above the ${before.percentage} % before it; each step gives more traffic`;
    return [{ level: 'error', path: pathOf(i), text }];
  });
  const last = steps.at(-1)?.percentage ?? 0;
  if (last === FULL) return findings;
  const text = `the plan ends at ${last} %; add a step of 100 unless that is meant`;
  return [...findings, { level: 'warning', path: pathOf(steps.length - 1), text }];
}

function stepFindings(
  { gates, minimumMs, minimumSettled, approvals }: PlanStep,
  i: number,
  steps: readonly PlanStep[],
) {
  const path = pathOf(i);
  const isLast = i === steps.length - 1;
  const findings: LintFinding[] = [];
  const names = gates.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) findings.push({ level: 'error', path, text: `${twice} is listed twice` });
  if (isLast) return findings;
  if (gates.length === 0) {
    findings.push({ level: 'error', path, text: 'no gates: traffic would rise on time alone' });
  }
  for (const name of ['failure_rate', 'improvement'] as const satisfies readonly GateName[]) {
    if (names.includes(name) || gates.length === 0) continue;
    findings.push({
      level: 'warning',
      path,
      text: `without ${name} a model that fails or helps nobody may go on`,
    });
  }
  if (names.includes('stable') && i === 0) {
    findings.push({
      level: 'error',
      path,
      text: 'stable compares with the steps before; the first has none',
    });
  }
  const days = minimumMs / (24 * HOUR_MS);
  if (days < DAYS_OF_A_VERDICT && names.some((name) => OF_DAYS.includes(name))) {
    const text = `${days} days are less than the ${DAYS_OF_A_VERDICT} that gates of MAE and improvement need`;
    findings.push({ level: 'warning', path, text: `${text}: it will take longer` });
  }
  if (minimumSettled === 0)
    findings.push({ level: 'warning', path, text: 'no settled booking is asked for' });
  if (approvals === 0)
    findings.push({ level: 'warning', path, text: 'the guard raises traffic here without a person' });
  return findings;
}

const OF_DAYS: readonly GateName[] = ['mae', 'improvement', 'improvement_target', 'stable', 'roi'];

function recoveryFindings({ recovery, steps }: RolloutPlan): LintFinding[] {
  const first = steps[0]?.percentage ?? FULL;
  if (recovery.percentage < first) return [];
  const text = `${recovery.percentage} % is not below the first step's ${first} %; after a rollback it comes first`;
  return [{ level: 'error', path: 'rollout.recovery', text }];
}

function calendarOf({ window, freezes, steps }: RolloutPlan): LintFinding[] {
  const findings: LintFinding[] = [];
  if (window === null) {
    findings.push({
      level: 'warning',
      path: 'rollout.anyTime',
      text: 'traffic may rise at night and on weekends',
    });
  }
  const frozen = freezes.find(({ from, to }) => Date.parse(to) - Date.parse(from) > 60 * 24 * HOUR_MS);
  if (frozen !== undefined) {
    findings.push({
      level: 'warning',
      path: 'rollout.freeze',
      text: `${frozen.from}..${frozen.to} is over two months`,
    });
  }
  const weeks = steps.reduce((total, { minimumMs }) => total + minimumMs, 0) / (7 * 24 * HOUR_MS);
  if (weeks > 26)
    findings.push({
      level: 'warning',
      path: 'rollout.steps',
      text: `it takes ${Math.round(weeks)} weeks at least`,
    });
  return findings;
}

function pathOf(index: number): string {
  return `rollout.steps.${index}`;
}
