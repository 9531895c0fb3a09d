import * as v from 'valibot';
import { printable } from '../booking/columns.js';
import { parseDurationMs } from '../environment.js';
import { type GateSpec, parseGate } from './gate-spec.js';
import { type AllowedWindow, DEFAULT_PLAN, type Freeze, type PlanStep, type RolloutPlan } from './plan.js';

/** The section `rollout` of the configuration file. What it leaves out is as in the default plan. */
const text = v.string('expected a text');
const percentageExpected = 'expected a share from 0.01 to 100 with at most two decimals';
const percentage = v.pipe(
  v.number(percentageExpected),
  v.minValue(0.01, percentageExpected),
  v.maxValue(100, percentageExpected),
  v.check((value) => Math.round(value * 100) / 100 === value, percentageExpected),
);
const wholeExpected = 'expected a whole number of 0 or more';
const whole = v.pipe(v.number(wholeExpected), v.integer(wholeExpected), v.minValue(0, wholeExpected));
const MOST_APPROVALS = 100;
const approvalsExpected = `expected a whole number from 0 to ${MOST_APPROVALS}`;
const approvals = v.pipe(
  v.number(approvalsExpected),
  v.integer(approvalsExpected),
  v.minValue(0, approvalsExpected),
  v.maxValue(MOST_APPROVALS, approvalsExpected),
);
/** Beyond the dates that there are, no time at which a step ends could be told. */
const MOST_MS = 366 * 86_400_000;
const duration = v.pipe(
  text,
  v.check(
    (value) => (parseDurationMs(value) ?? Number.POSITIVE_INFINITY) <= MOST_MS,
    'expected a time such as 7d or 12h, at most 366d',
  ),
);
const gate = v.pipe(
  text,
  v.check(
    (value) => typeof parseGate(value) !== 'string',
    ({ input }) => String(parseGate(printable(input))),
  ),
);
const stepEntries = {
  minimumTime: v.optional(duration),
  minimumSettled: v.optional(whole),
  gates: v.optional(v.array(gate, 'expected a list of gates such as mae or mae < 2.2')),
  approvals: v.optional(approvals),
};
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAYS = /^(mon|tue|wed|thu|fri|sat|sun)(?:-(mon|tue|wed|thu|fri|sat|sun))?$/;
const HOURS = /^(\d{1,2})-(\d{1,2})$/;
const DATES = /^(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?$/;

export const rolloutSchema = v.strictObject({
  steps: v.optional(
    v.pipe(
      v.array(v.strictObject({ percentage, ...stepEntries }), 'expected a list of steps'),
      v.minLength(1, 'expected at least one step'),
    ),
  ),
  recovery: v.optional(v.strictObject({ percentage: v.optional(percentage), ...stepEntries })),
  bake: v.optional(duration),
  window: v.optional(
    v.strictObject({
      days: v.optional(v.pipe(text, v.regex(DAYS, 'expected weekdays such as mon-fri'))),
      hours: v.optional(
        v.pipe(
          text,
          v.check((value) => hoursOf(value) !== null, 'expected hours such as 8-17'),
        ),
      ),
    }),
  ),
  /** Raise the traffic at any time. */
  anyTime: v.optional(v.boolean('expected true or false')),
  freeze: v.optional(
    v.array(
      v.pipe(
        text,
        v.check(
          (value) => freezeOf(value) !== null,
          'expected a date such as 2026-12-24, or 2026-12-24..2027-01-02',
        ),
      ),
      'expected a list of dates',
    ),
  ),
  requireTarget: v.optional(v.boolean('expected true or false')),
});
export type RolloutSection = v.InferOutput<typeof rolloutSchema>;
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
    bakeMs: bake === undefined ? DEFAULT_PLAN.bakeMs : (parseDurationMs(bake) ?? DEFAULT_PLAN.bakeMs),
    window: anyTime === true ? null : windowOf(window),
    freezes: (freeze ?? []).flatMap((dates) => freezeOf(dates) ?? []),
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
    minimumMs:
      section.minimumTime === undefined
        ? like.minimumMs
        : (parseDurationMs(section.minimumTime) ?? like.minimumMs),
    minimumSettled: section.minimumSettled ?? like.minimumSettled,
    approvals: section.approvals ?? like.approvals,
    gates:
      section.gates?.map(parseGate).filter((one): one is GateSpec => typeof one !== 'string') ?? like.gates,
  };
}

function windowOf(section: RolloutSection['window']): AllowedWindow | null {
  const usual = DEFAULT_PLAN.window;
  if (section === undefined || usual === null) return usual;
  const hours = section.hours === undefined ? null : hoursOf(section.hours);
  return {
    weekdays: section.days === undefined ? usual.weekdays : weekdaysOf(section.days),
    fromHour: hours?.[0] ?? usual.fromHour,
    untilHour: hours?.[1] ?? usual.untilHour,
  };
}

/** `mon-fri`, also over the end of the week. */
function weekdaysOf(days: string): number[] {
  const [, first = 'mon', last = first] = DAYS.exec(days) ?? [];
  const from = WEEKDAYS.indexOf(first);
  const count = ((WEEKDAYS.indexOf(last) - from + WEEKDAYS.length) % WEEKDAYS.length) + 1;
  return Array.from({ length: count }, (_, i) => (from + i) % WEEKDAYS.length);
}

function hoursOf(hours: string): readonly [number, number] | null {
  const [, from = '', until = ''] = HOURS.exec(hours) ?? [];
  const [first, last] = [Number(from), Number(until)];
  return from !== '' && first < last && last <= 24 ? [first, last] : null;
}

function freezeOf(dates: string): Freeze | null {
  const [, from = '', to = from] = DATES.exec(dates) ?? [];
  return isDate(from) && isDate(to) && from <= to ? { from, to } : null;
}

/** `Date.parse` takes 30 February for 2 March. */
function isDate(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}
