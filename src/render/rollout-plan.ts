import { gateText } from '../rollout/gate-spec.js';
import type { LintFinding } from '../rollout/lint.js';
import type { PlanStep, RolloutPlan } from '../rollout/plan.js';
import { t } from '../wording/t.js';
import { saidValue } from '../wording/values-said.js';
import { counted } from './number.js';
import { wrapped } from './wrapped.js';

const DAY_MS = 86_400_000;
const WIDTH = 80;
const INDENT = ' '.repeat(10);
const weekdays = () => [t`Mon`, t`Tue`, t`Wed`, t`Thu`, t`Fri`, t`Sat`, t`Sun`];

/** The plan with what was found about it. */
export function planDocument(plan: RolloutPlan, findings: readonly LintFinding[]) {
  return { valid: findings.every(({ level }) => level !== 'error'), findings, plan };
}

/** The same for people. */
export function planText(plan: RolloutPlan, findings: readonly LintFinding[]): string {
  const { steps, recovery, bakeMs, window, freezes, requireTarget } = plan;
  return [
    ...steps.flatMap((step, i) => stepLines(t`step ${i + 1}`, step)),
    ...stepLines(t`recovery`, recovery),
    t`bake      ${daysText(bakeMs)} at the last step`,
    t`window    ${windowText(window)}`,
    ...(freezes.length === 0
      ? []
      : [t`freeze    ${freezes.map(({ from, to }) => (from === to ? from : `${from}..${to}`)).join(', ')}`]),
    t`targets   ${requireTarget ? t`R² and the improvement’s target have to be proven` : t`stop only when proven missed`}`,
    '',
    ...findings.flatMap(({ level, path, text }) =>
      wrapped(t`${saidValue(level)}: ${path}: ${text}`, WIDTH, '  ', ''),
    ),
    findings.length === 0 ? t`The plan is sound.` : t`${findings.length} found.`,
  ].join('\n');
}

function stepLines(
  name: string,
  { percentage, minimumMs, minimumSettled, approvals, gates }: PlanStep,
): string[] {
  const rules = gates.length === 0 ? t`no gates` : gates.map(gateText).join(', ');
  const people =
    approvals === 0 ? t`no approval` : approvals === 1 ? t`1 approval` : t`${approvals} approvals`;
  const needs = t`${String(percentage).padStart(3)} %  ${daysText(minimumMs)}, ${minimumSettled} bookings, ${people}`;
  const head = `${name.padEnd(9)} ${needs}`;
  return [head, ...wrapped(rules, WIDTH, INDENT)];
}

function daysText(ms: number): string {
  const days = ms / DAY_MS;
  return counted(Number(days.toFixed(2)), t`day`);
}

function windowText(window: RolloutPlan['window']): string {
  if (window === null) return t`traffic may rise at any time`;
  const days = window.weekdays.map((day) => weekdays()[day]).join(' ');
  return `${days}, ${window.fromHour}–${window.untilHour} h`;
}
