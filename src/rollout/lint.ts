import { DAILY_TUNING } from '../statistics/asymptotic-sequence.js';
import { t } from '../wording/t.js';
import { TUNING } from './day-sequences.js';
import type { GateName } from './gate-spec.js';
import { gatesOf, type PlanStep, type RolloutPlan } from './plan.js';
import { FEWEST_DAYS } from './stable.js';

/** What is odd about a plan. An `error` would make it useless or unsafe; a `warning` may be meant. */
export interface LintFinding {
  readonly level: 'error' | 'warning';
  /** Where in the configuration. */
  readonly path: string;
  readonly text: string;
}

const FULL = 100;
const HOUR_MS = 3_600_000;
/** So many days these need before they say anything. */
const DAYS_NEEDED: Readonly<Partial<Record<GateName, number>>> = {
  mae: TUNING.startAt,
  improvement: TUNING.startAt,
  improvement_target: TUNING.startAt,
  roi: TUNING.startAt,
  r2: DAILY_TUNING.startAt,
  stable: FEWEST_DAYS,
};

/** Checks a plan that its schema let pass. Pure. */
export function lintPlan(plan: RolloutPlan): LintFinding[] {
  return [
    ...orderOf(plan),
    ...plan.steps.flatMap((step, i) => stepFindings(plan, step, i)),
    ...recoveryFindings(plan),
    ...calendarOf(plan),
  ];
}

function orderOf({ steps }: RolloutPlan): LintFinding[] {
  const findings = steps.flatMap((step, i): LintFinding[] => {
    const before = steps[i - 1];
    if (before === undefined || step.percentage > before.percentage) return [];
    const text = t`${step.percentage} % is not above the ${before.percentage} % before it; each step gives more traffic`;
    return [{ level: 'error', path: pathOf(i), text }];
  });
  const last = steps.at(-1)?.percentage ?? 0;
  if (last === FULL) return findings;
  const text = t`the plan ends at ${last} %; add a step of 100 unless that is meant`;
  return [...findings, { level: 'warning', path: pathOf(steps.length - 1), text }];
}

function stepFindings(plan: RolloutPlan, step: PlanStep, i: number): LintFinding[] {
  const { gates, minimumSettled, approvals } = step;
  const path = pathOf(i);
  const isLast = i === plan.steps.length - 1;
  const findings: LintFinding[] = [];
  const names = gates.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) findings.push({ level: 'error', path, text: t`${twice} is listed twice` });
  if (isLast) return findings;
  if (gates.length === 0) {
    findings.push({ level: 'error', path, text: t`no gates: traffic would rise on time alone` });
  }
  for (const name of ['failure_rate', 'improvement'] as const satisfies readonly GateName[]) {
    if (names.includes(name) || gates.length === 0) continue;
    findings.push({
      level: 'warning',
      path,
      text: t`without ${name} a model that fails or helps nobody may go on`,
    });
  }
  if (names.includes('stable') && i === 0) {
    findings.push({
      level: 'error',
      path,
      text: t`stable compares with the steps before; the first has none`,
    });
  }
  findings.push(...tooShort(plan, step, i));
  if (minimumSettled === 0)
    findings.push({ level: 'warning', path, text: t`no settled booking is asked for` });
  if (approvals === 0)
    findings.push({ level: 'warning', path, text: t`the guard raises traffic here without a person` });
  return findings;
}

/** Names the gate that takes longest. */
function tooShort(plan: RolloutPlan, { minimumMs }: PlanStep, i: number): LintFinding[] {
  const days = minimumMs / (24 * HOUR_MS);
  const [longest] = gatesOf(plan, i + 1)
    .filter(({ required }) => required)
    .map(({ name }) => ({ name, needed: DAYS_NEEDED[name] ?? 0 }))
    .sort((a, b) => b.needed - a.needed);
  if (longest === undefined || days >= longest.needed) return [];
  const text = t`${Number(days.toFixed(2))} days are less than the ${longest.needed} that ${longest.name} needs: it will take longer`;
  return [{ level: 'warning', path: pathOf(i), text }];
}

function recoveryFindings({ recovery, steps }: RolloutPlan): LintFinding[] {
  const first = steps[0]?.percentage ?? FULL;
  const findings: LintFinding[] = [];
  const path = 'rollout.recovery';
  if (recovery.percentage >= first) {
    const text = t`${recovery.percentage} % is not below the first step's ${first} %; after a rollback it comes first`;
    findings.push({ level: 'error', path, text });
  }
  if (recovery.gates.some(({ name }) => name === 'stable')) {
    const text = t`stable compares with the steps before; after a rollback there are none`;
    findings.push({ level: 'error', path, text });
  }
  return findings;
}

function calendarOf({ window, freezes, steps }: RolloutPlan): LintFinding[] {
  const findings: LintFinding[] = [];
  if (window === null) {
    findings.push({
      level: 'warning',
      path: 'rollout.anyTime',
      text: t`traffic may rise at night and on weekends`,
    });
  }
  const frozen = freezes.find(({ from, to }) => Date.parse(to) - Date.parse(from) > 60 * 24 * HOUR_MS);
  if (frozen !== undefined) {
    findings.push({
      level: 'warning',
      path: 'rollout.freeze',
      text: t`${frozen.from}..${frozen.to} is over two months`,
    });
  }
  const weeks = steps.reduce((total, { minimumMs }) => total + minimumMs, 0) / (7 * 24 * HOUR_MS);
  if (weeks > 26)
    findings.push({
      level: 'warning',
      path: 'rollout.steps',
      text: t`it takes ${Math.round(weeks)} weeks at least`,
    });
  return findings;
}

function pathOf(index: number): string {
  return `rollout.steps.${index}`;
}
