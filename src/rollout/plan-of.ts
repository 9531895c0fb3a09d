import { parseDurationMs } from '../environment.js';
import { type GateSpec, parseGate } from './gate-spec.js';
import {
  type AllowedWindow,
  DEFAULT_PLAN,
  type Freeze,
  type PlanStep,
  type RolloutPlan,
  WORKING_HOURS,
} from './plan.js';
import type { RolloutSection } from './plan-schema.js';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const DAYS = /^(mon|tue|wed|thu|fri|sat|sun)(?:-(mon|tue|wed|thu|fri|sat|sun))?$/;
const HOURS = /^(\d{1,2})-(\d{1,2})$/;
const DATES = /^(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?$/;

type StepSection = Omit<NonNullable<RolloutSection['recovery']>, 'percentage'>;

/** The plan that a section means. */
export function planOf(section: RolloutSection | undefined): RolloutPlan {
  if (section === undefined) return DEFAULT_PLAN;
  const { steps, recovery, bake, window, anyTime, freeze, requireTarget } = section;
  return {
    steps:
      steps?.map((step, i) => stepFrom(step, step.percentage, likeOf(i, steps.length))) ?? DEFAULT_PLAN.steps,
    recovery: stepFrom(
      recovery ?? {},
      recovery?.percentage ?? DEFAULT_PLAN.recovery.percentage,
      DEFAULT_PLAN.recovery,
    ),
    bakeMs: msOf(bake, DEFAULT_PLAN.bakeMs),
    window: anyTime === true ? null : windowOf(window),
    freezes: freeze?.flatMap((dates) => freezeOf(dates) ?? []) ?? DEFAULT_PLAN.freezes,
    requireTarget: requireTarget ?? DEFAULT_PLAN.requireTarget,
  };
}

/** What a step leaves out: as the first, the last or a middle one of the default plan has it. */
function likeOf(index: number, count: number): PlanStep {
  const { steps } = DEFAULT_PLAN;
  if (index === count - 1 && count > 1) return steps.at(-1)!;
  return steps[Math.min(index, 2)]!;
}

function stepFrom(section: StepSection, share: number, like: PlanStep): PlanStep {
  return {
    percentage: share,
    minimumMs: msOf(section.minimumTime, like.minimumMs),
    minimumSettled: section.minimumSettled ?? like.minimumSettled,
    approvals: section.approvals ?? like.approvals,
    gates:
      section.gates?.map(parseGate).filter((one): one is GateSpec => typeof one !== 'string') ?? like.gates,
  };
}

function msOf(time: string | undefined, usual: number): number {
  return parseDurationMs(time ?? '') ?? usual;
}

function windowOf({ days, hours }: NonNullable<RolloutSection['window']> = {}): AllowedWindow {
  const usual = WORKING_HOURS;
  const [fromHour, untilHour] = hoursOf(hours ?? '') ?? [usual.fromHour, usual.untilHour];
  return { weekdays: days === undefined ? usual.weekdays : weekdaysOf(days), fromHour, untilHour };
}

/** `mon-fri`, also over the end of the week. */
function weekdaysOf(days: string): number[] {
  const [, first = 'mon', last = first] = DAYS.exec(days) ?? [];
  const from = WEEKDAYS.indexOf(first);
  const count = ((WEEKDAYS.indexOf(last) - from + WEEKDAYS.length) % WEEKDAYS.length) + 1;
  return Array.from({ length: count }, (_, i) => (from + i) % WEEKDAYS.length);
}

/** `8-17`; `null` for anything else. */
export function hoursOf(hours: string): readonly [number, number] | null {
  const [, from, until] = HOURS.exec(hours) ?? [];
  const [first, last] = [Number(from), Number(until)];
  return first < last && last <= 24 ? [first, last] : null;
}

/** A date or two with `..` between them; `null` for anything else. */
export function freezeOf(dates: string): Freeze | null {
  const [, from = '', to = from] = DATES.exec(dates) ?? [];
  return isDate(from) && isDate(to) && from <= to ? { from, to } : null;
}

/** `Date.parse` takes 30 February for 2 March. */
function isDate(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}
