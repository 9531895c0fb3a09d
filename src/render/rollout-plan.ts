import { gateText } from '../rollout/gate-spec.js';
import type { LintFinding } from '../rollout/lint.js';
import type { PlanStep, RolloutPlan } from '../rollout/plan.js';
import { wrapped } from './wrapped.js';

const DAY_MS = 86_400_000;
const WIDTH = 80;
const INDENT = ' '.repeat(10);
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The plan with what was found about it. */
export function planDocument(plan: RolloutPlan, findings: readonly LintFinding[]) {
  return { valid: findings.every(({ level }) => level !== 'error'), findings, plan };
}

/** The same for people. */
export function planText(plan: RolloutPlan, findings: readonly LintFinding[]): string {
  const { steps, recovery, bakeMs, window, freezes, requireTarget } = plan;
  return [
    ...steps.flatMap((step, i) => stepLines(`step ${i + 1}`, step)),
    ...stepLines('recovery', recovery),
    `bake      ${daysText(bakeMs)} at the last step`,
    `window    ${windowText(window)}`,
    ...(freezes.length === 0
      ? []
      : [`freeze    ${freezes.map(({ from, to }) => (from === to ? from : `${from}..${to}`)).join(', ')}`]),
    `targets   ${requireTarget ? 'R² and the improvement’s target have to be proven' : 'stop only when proven missed'}`,
    '',
    ...findings.flatMap(({ level, path, text }) => wrapped(`${level}: ${path}: ${text}`, WIDTH, '  ', '')),
    findings.length === 0 ? 'The plan is sound.' : `${findings.length} found.`,
  ].join('\n');
}

function stepLines(
  name: string,
  { percentage, minimumMs, minimumSettled, approvals, gates }: PlanStep,
): string[] {
  const rules = gates.length === 0 ? 'no gates' : gates.map(gateText).join(', ');
  const people = approvals === 0 ? 'no approval' : approvals === 1 ? '1 approval' : `${approvals} approvals`;
  const head = `${name.padEnd(9)} ${String(percentage).padStart(3)} %  ${daysText(minimumMs)}, ${minimumSettled} bookings, ${people}`;
  return [head, ...wrapped(rules, WIDTH, INDENT)];
}

function daysText(ms: number): string {
  const days = ms / DAY_MS;
  return days === 1 ? '1 day' : `${Number(days.toFixed(2))} days`;
}

function windowText(window: RolloutPlan['window']): string {
  if (window === null) return 'traffic may rise at any time';
  const days = window.weekdays.map((day) => WEEKDAYS[day]).join(' ');
  return `${days}, ${window.fromHour}–${window.untilHour} h`;
}
